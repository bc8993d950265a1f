"""What goes when somebody asks to be erased, what stays, why and until when; and doing it.

Read from the policy: a period that the law sets stands against erasure until it is over, what
names nobody stays, everything else goes at once (UK GDPR Article 17(1) and 17(3)(b)).
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation import history, letters
from membership import standing
from membership.models import Application, Person, User
from records import closing, keeping, naming, others, traces
from records.belongings import Somebody, known_by, model_of, somebody, tables_of
from records.clocks import with_clock
from records.models import ClientRecord
from records.policy import Rule, Table, Verb, in_force
from records.published import THEN, details

ERASED = "erased on request"


class NotYet(Exception):
    """Something has to end first; the words say what to do, `step` where: leave, apply, close."""

    def __init__(self, words: str, step: str = "") -> None:
        super().__init__(words)
        self.step = step


@dataclass(frozen=True)
class Item:
    """One kind of detail of one person, and what erasure does to it."""

    group: str
    title: str
    details: str
    rows: int
    goes: bool
    what: str
    kept: str
    why: str
    law: str
    until: dt.date | None
    goes_on: dt.date | None  # when it would go by itself, where that can be said


def plan(person: Person, *, on: dt.date) -> list[Item]:
    """Everything that is kept about somebody: what would go today, what would stay and why."""
    return plan_of(somebody(person), on=on)


def plan_of(who: Somebody, *, on: dt.date) -> list[Item]:
    """The same for whoever it is, with a person or by an address alone."""
    return [*_items(who, on), *_named_by_others(who)]


@transaction.atomic
def erase(person: Person, *, by: User | None, at: dt.datetime) -> list[Item]:
    """Do the plan. Raises NotYet while a membership, an application or a register is open."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    refuse_while_tied(person, on=timezone.localdate(at))
    for one in somebody(person).people:
        naming.end_all_of(one, by=by, at=at)
        closing.close_empty_of(one, at=at)
    done = _erase(somebody(person), to=person.email, given_name=person.given_name, at=at)
    history.record(person.history_key, ERASED, at=at, by=by)
    return done


@transaction.atomic
def erase_address(address: str, *, at: dt.datetime) -> list[Item]:
    """The same for a referee, a purchaser or a guest, who has shown that an address is theirs."""
    who = known_by(address)
    done = _erase(who, to=address, given_name="", at=at)
    for person in who.people:
        history.record(person.history_key, ERASED, at=at, by=None)
    return done


def refuse_while_tied(person: Person, *, on: dt.date) -> None:
    """Raise NotYet, saying what has to end before anything can go."""
    if person.user is not None and person.user.is_staff:
        raise NotYet("You work for the office. Somebody else must take your staff rights first.")
    if standing.of(person, on).state in ("active", "grace", "suspended"):
        raise NotYet("You are a member. Leave the society first.", step="leave")
    if Application.objects.open().filter(person=person).exists():
        raise NotYet(
            "You have an open application. Withdraw it, or delete your draft, first.", step="apply"
        )
    if ClientRecord.objects.owned_by(person).exists():
        raise NotYet(
            "Your register of client records is not empty. Hand it over or export it, and close "
            "it first: those records are yours to keep for as long as the law asks.",
            step="close",
        )


def _erase(who: Somebody, *, to: str, given_name: str, at: dt.datetime) -> list[Item]:
    on = timezone.localdate(at)
    done, going = plan_of(who, on=on), list(_going(who, on))
    rows = [(table, keys) for table, _rule, keys in going]
    found = traces.needles(who, rows)
    traces.forget(found, who, at=at)
    traces.drop_files([(table, keys) for table, rule, keys in going if rule.verb is Verb.DELETE])
    for table, rule, keys in going:
        keeping.apply(rule, model_of(table)._default_manager.filter(pk__in=keys))
    _say_goodbye(to, given_name, done, at=at)
    return done


def _items(who: Somebody, on: dt.date) -> Iterator[Item]:
    for table, rows in tables_of(who):
        for rule in table.rules:
            picked = rows.filter(**rule.when).distinct()
            going, until, alone = _split(table, rule, picked, on)
            staying = picked.count() - len(going)
            if going:
                yield _item(who, table, rule, len(going), goes=True, goes_on=alone)
            if staying:
                yield _item(who, table, rule, staying, goes=False, until=until, goes_on=alone)


def _named_by_others(who: Somebody) -> Iterator[Item]:
    """What others wrote in their own matters stays theirs, whoever is named in it."""
    for table in in_force().tables:
        rows = others.rows_of_others(table, who) if table.named_in else None
        for rule in table.rules if rows is not None else ():
            count = rows.filter(**rule.when).count() if rows is not None else 0
            if count:
                item = _item(who, table, rule, count, goes=False)
                yield replace(item, title=f"{table.title} of other people that name you")


def _going(who: Somebody, on: dt.date) -> Iterator[tuple[Table, Rule, list[Any]]]:
    """What goes, worked out before anything does: a row that is gone leads nowhere."""
    found = [
        (table, rule, _split(table, rule, rows.filter(**rule.when).distinct(), on)[0])
        for table, rows in tables_of(who)
        for rule in table.rules
    ]
    yield from (each for each in found if each[2])


def _split(
    table: Table, rule: Rule, rows: QuerySet, on: dt.date
) -> tuple[list[Any], dt.date | None, dt.date | None]:
    """The keys of the rows that go today, until when the others stay, when all go by themselves."""
    if rule.verb is Verb.KEEP:
        return [], None, None
    ends = _ends(table, rule, rows)
    alone = max(filter(None, ends.values()), default=None) if all(ends.values()) else None
    if not rule.period.is_duty:
        return list(ends), None, alone
    going = [pk for pk, end in ends.items() if end is not None and end <= on]
    until = max((end for end in ends.values() if end and end > on), default=None)
    return going, until, alone


def _ends(table: Table, rule: Rule, rows: QuerySet) -> dict[Any, dt.date | None]:
    """When the time of each row is over; nothing while what it hangs on still runs."""
    if not rule.clock:
        return dict.fromkeys(rows.values_list("pk", flat=True))
    dated = with_clock(rows, rule.clock, whose=table.whose).values_list("pk", "clock_on")
    return {pk: rule.period.ends(start) if start else None for pk, start in dated}


def _item(
    who: Somebody,
    table: Table,
    rule: Rule,
    rows: int,
    *,
    goes: bool,
    until: dt.date | None = None,
    goes_on: dt.date | None = None,
) -> Item:
    other = table.other_side if table.other_side and not who.people else None
    return Item(
        group=other.group if other else table.group,
        title=other.title if other else table.title,
        details=details(table, rule),
        rows=rows,
        goes=goes,
        what=THEN[rule.verb],
        kept=rule.period.words,
        why=rule.period.why,
        law=rule.period.law,
        until=until,
        goes_on=goes_on,
    )


def _say_goodbye(to: str, given_name: str, done: list[Item], *, at: dt.datetime) -> None:
    """The last letter: what went, what stays and why. It is itself forgotten a day later."""
    context = {
        "given_name": given_name,
        "going": [item for item in done if item.goes],
        "staying": [item for item in done if not item.goes],
    }
    letters.queue("erased", key=f"erased:{uuid.uuid4()}", to=to, context=context, at=at)
