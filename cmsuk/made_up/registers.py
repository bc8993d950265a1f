"""Made-up registers of client records: one that is shared, one whose owner has left, one file."""

import datetime as dt

from django.utils import timezone

from foundation.dates import add_months
from membership.models import Person, User
from records import (
    care,
    digest,
    importing,
    judging,
    naming,
    redating,
    register,
    schedule,
    terms,
)
from records.models import ClientRecord, Register, RetentionRules

Facts = dict[str, str | dt.date | None]
A_FILE = """\
id,as_of,date_of_birth,capacity,category,care_concluded_on,last_contact_on,date_of_death,\
knowledge_date,holds
FILE-0101,,1958-02-11,has,general,2021-03-05,,,,
FILE-0102,,2004-07-20,has,general,2021-07-20,,,,
FILE-0103,,1947-10-30,unknown,mental_health,2012-05-16,2013-01-09,2019-04-02,,
FILE-0104,,1990-12-01,has,general,2019-08-31,,,2020-02-02,legal:2024-05-06/
"""


def keep(owner: Person, *, at: dt.datetime) -> Register:
    """A register with something to keep, to review, on hold, without end, and incomplete."""
    opened = _open(owner, at=at)
    for reference, facts, hold in _client_records(timezone.localdate(at)):
        record = _add(opened, reference, facts, at=at)
        if hold is not None:
            by = login_of(owner)
            register.open_hold(record_id=record.pk, kind="complaint", opened_on=hold, by=by, at=at)
    return opened


def share(one: Register, *, joined: Person, asked: Person, at: dt.datetime) -> None:
    """Name two members: one has joined, the other has not answered yet; and take a file in."""
    _join(one, joined, at=at)
    _ask(one, asked, at=at)
    by = login_of(joined)
    batch = importing.keep(register=one, content=A_FILE.encode(), by=by, at=at)
    seen = judging.digest(importing.shown(batch, on=timezone.localdate(at)))
    importing.take(batch_id=batch.pk, seen=seen, by=by, at=at)


def leave_behind(owner: Person, *, named: Person, since: dt.datetime, at: dt.datetime) -> None:
    """The register of somebody who has left meanwhile: it is offered to whom it names."""
    one = _open(owner, at=since)
    empty, lately = _empty(), add_months(timezone.localdate(at), -12 * 2)
    _add(one, "CASE-17", {**empty, "care_concluded_on": lately}, at=since)
    _add(one, "CASE-18", {**empty, "category": "mental_health"}, at=since)
    _join(one, named, at=since)


def look_after(*, at: dt.datetime) -> None:
    """What the night and the morning after it would do: the weekly letter is among it."""
    on = timezone.localdate(at)
    care.sweep(at=at)
    schedule.run(on=on)
    digest.write(on=on, at=at)


def try_rules(*, at: dt.datetime) -> None:
    """Retention rules that nobody adopted, with what they would move counted."""
    draft = RetentionRules.objects.create(
        version="sample-draft", adult_years=10, death_years=10, mental_health_years=15
    )
    redating.work_off(redating.try_out(draft, at=at), on=timezone.localdate(at), at=at)


def login_of(person: Person) -> User:
    if person.user is None:
        raise ValueError("Made-up members have a login.")
    return person.user


def _open(owner: Person, *, at: dt.datetime) -> Register:
    return terms.open_register(
        owner=owner,
        name=owner.work_organisation,
        version=terms.IN_FORCE,
        by=login_of(owner),
        at=at,
    )


def _add(one: Register, reference: str, facts: Facts, *, at: dt.datetime) -> ClientRecord:
    stated = {"reference": reference, **facts}
    return register.add(register=one, facts=stated, by=login_of(one.owner), at=at)


def _ask(one: Register, person: Person, *, at: dt.datetime) -> int:
    named = naming.name(
        register=one,
        number=person.membership.number,
        email=person.email,
        by=login_of(one.owner),
        at=at,
    )
    return named.pk


def _join(one: Register, person: Person, *, at: dt.datetime) -> None:
    naming.accept(
        named_id=_ask(one, person, at=at), version=terms.IN_FORCE, by=login_of(person), at=at
    )


def _empty() -> Facts:
    return {
        "born_on": dt.date(1970, 5, 4),
        "capacity": "has",
        "category": "general",
        "care_concluded_on": None,
        "last_contact_on": None,
        "died_on": None,
        "known_on": None,
    }


def _client_records(today: dt.date) -> list[tuple[str, Facts, dt.date | None]]:
    empty = _empty()
    long_ago, lately = add_months(today, -12 * 9), add_months(today, -12 * 3)
    return [
        ("FILE-0001", {**empty, "last_contact_on": today - dt.timedelta(days=20)}, None),
        ("FILE-0002", {**empty, "care_concluded_on": lately}, None),
        ("FILE-0003", {**empty, "care_concluded_on": long_ago}, None),
        ("FILE-0004", {**empty, "care_concluded_on": long_ago}, lately),
        ("FILE-0005", {**empty, "care_concluded_on": lately, "capacity": "lacks"}, None),
        ("FILE-0006", {**empty, "care_concluded_on": lately, "category": ""}, None),
        (
            "FILE-0007",
            {**empty, "born_on": dt.date(2010, 2, 3), "care_concluded_on": dt.date(2020, 2, 14)},
            None,
        ),
    ]
