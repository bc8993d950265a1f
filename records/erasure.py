"""What goes when somebody asks to be erased, what stays, why and until when; and doing it.

Read from the policy: a period that the law sets stands against erasure until it is over, what
names nobody stays, everything else goes at once (UK GDPR Article 17(1) and 17(3)(b)).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation import history, letters
from membership import standing
from membership.models import Application, Person, User
from records import closing, keeping, naming
from records.belongings import Somebody, model_of, somebody, tables_of
from records.clocks import with_clock
from records.models import ClientRecord
from records.policy import Rule, Table, Verb
from records.published import THEN, details


class NotYet(Exception):
    """Something has to end first; the words say what to do."""


@dataclass(frozen=True)
class Item:
    """One kind of detail of one person, and what erasure does to it."""

    title: str
    details: str
    rows: int
    goes: bool
    what: str
    kept: str
    why: str
    law: str
    until: dt.date | None


def plan(person: Person, *, on: dt.date) -> list[Item]:
    """Everything that is kept about somebody: what would go today, what would stay and why."""
    return list(_items(somebody(person), on))


@transaction.atomic
def erase(person: Person, *, by: User | None, at: dt.datetime) -> list[Item]:
    """Do the plan. Raises NotYet while a membership, an application or a register is open."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    on = timezone.localdate(at)
    refuse_while_tied(person, on=on)
    who = somebody(person)
    for one in who.people:
        naming.end_all_of(one, by=by, at=at)
        closing.close_empty_of(one, at=at)
    done, going = plan(person, on=on), list(_going(who, on))
    letters.stop(who.emails, at=at, why="the person was erased")
    _say_goodbye(person, done)
    _sign_out(who)
    _forget_office_notes(who)
    for table, rule, rows in going:
        keeping.apply(rule, model_of(table)._default_manager.filter(pk__in=rows))
    history.record(person.history_key, "erased on request", at=at, by=by)
    return done


def refuse_while_tied(person: Person, *, on: dt.date) -> None:
    """Raise NotYet, saying what has to end before anything can go."""
    if person.user is not None and person.user.is_staff:
        raise NotYet("You work for the office. Somebody else must take your staff rights first.")
    if standing.of(person, on).state in ("active", "grace", "suspended"):
        raise NotYet("You are a member. Leave the society first, on your profile.")
    if Application.objects.open().filter(person=person).exists():
        raise NotYet("You have an open application. Withdraw it, or delete your draft, first.")
    if ClientRecord.objects.owned_by(person).exists():
        raise NotYet(
            "Your register of client records is not empty. Hand it over or export it, and close "
            "it first: those records are yours to keep for as long as the law asks."
        )


def _items(who: Somebody, on: dt.date) -> Iterator[Item]:
    for table, rows in tables_of(who):
        for rule in table.rules:
            picked = rows.filter(**rule.when).distinct()
            going, until = _split(table, rule, picked, on)
            staying = picked.count() - len(going)
            if going:
                yield _item(table, rule, len(going), goes=True, until=None)
            if staying:
                yield _item(table, rule, staying, goes=False, until=until)


def _going(who: Somebody, on: dt.date) -> Iterator[tuple[Table, Rule, list[int]]]:
    """What goes, worked out before anything does: a row that is gone leads nowhere."""
    found = [
        (table, rule, _split(table, rule, rows.filter(**rule.when).distinct(), on)[0])
        for table, rows in tables_of(who)
        for rule in table.rules
    ]
    yield from (each for each in found if each[2])


def _split(
    table: Table, rule: Rule, rows: QuerySet, on: dt.date
) -> tuple[list[int], dt.date | None]:
    """The keys of the rows that go today, and the last day on which one of the others may."""
    if rule.verb is Verb.KEEP:
        return [], None
    if not rule.period.is_duty:
        return list(rows.values_list("pk", flat=True)), None
    dated = with_clock(rows, rule.clock, whose=table.whose).values_list("pk", "clock_on")
    ends = {pk: rule.period.ends(start) if start else None for pk, start in dated}
    going = [pk for pk, end in ends.items() if end is not None and end <= on]
    return going, max((end for end in ends.values() if end and end > on), default=None)


def _item(table: Table, rule: Rule, rows: int, *, goes: bool, until: dt.date | None) -> Item:
    return Item(
        title=table.title,
        details=details(table, rule),
        rows=rows,
        goes=goes,
        what=THEN[rule.verb],
        kept=rule.period.words,
        why=rule.period.why,
        law=rule.period.law,
        until=until,
    )


def _say_goodbye(person: Person, done: list[Item]) -> None:
    """The last letter: what went, what stays and why. It is itself forgotten a day later."""
    context = {
        "person": person,
        "going": [item for item in done if item.goes],
        "staying": [item for item in done if not item.goes],
    }
    letters.queue("erased", key=f"erased:{person.key}", to=person.email, context=context)


def _sign_out(who: Somebody) -> None:
    """End every session of theirs: what it holds goes with it."""
    logins = {str(each.user_id) for each in who.people if each.user_id}
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") in logins:
            session.delete()


def _forget_office_notes(who: Somebody) -> None:
    """The office's log of its pages names what it changed: the names go, that it did stays."""
    for table, rows in tables_of(who):
        keys = [str(key) for key in rows.values_list("pk", flat=True)]
        app, name = table.model.lower().split(".")
        LogEntry.objects.filter(
            content_type__app_label=app, content_type__model=name, object_id__in=keys
        ).update(object_repr=keeping.REMOVED, change_message="")
