"""Reminds of records that wait for a person: the owner first, then others, each step once.

After 30, 60 and 90 days the owner is written to, after 120 the members who are named in the
register, after 150 the office gets a count. One step a night: whoever is asked has a day at least.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from foundation import letters
from foundation.links import absolute
from foundation.one_by_one import each, in_turn
from membership import post
from membership.models import Person
from records import recipients, reviews
from records.models import Register, Review

OWNER_DAYS = (30, 60, 90)
NAMED_DAYS, OFFICE_DAYS = 120, 150
OWNER_STEPS = len(OWNER_DAYS)
NAMED_STEP, OFFICE_STEP = OWNER_STEPS + 1, OWNER_STEPS + 2


@dataclass(frozen=True)
class Told:
    """How many letters went to whom."""

    owners: int
    named: int
    office: int


def remind(*, on: dt.date, at: dt.datetime) -> Told:
    """Take each review that is due for it one step further. Twice a day is once."""
    # The last step first, so that nobody is passed over in one night.
    office, named, owners = in_turn(
        lambda: _tell_the_office(on=on, at=at),
        lambda: sum(each(_registers(_for_named(on)), lambda one: _tell_named(one, on=on, at=at))),
        lambda: sum(each(_registers(_for_owners(on)), lambda one: _tell_owner(one, on=on, at=at))),
    )
    return Told(owners=owners, named=named, office=office)


def _for_owners(on: dt.date) -> QuerySet[Review]:
    due = Q()
    for sent, days in enumerate(OWNER_DAYS):
        due |= Q(reminders__lte=sent, queued_on__lte=_before(on, days))
    return reviews.OPEN.filter(due)


def _for_named(on: dt.date) -> QuerySet[Review]:
    return reviews.OPEN.filter(reminders=OWNER_STEPS, queued_on__lte=_before(on, NAMED_DAYS))


def _for_office(on: dt.date) -> QuerySet[Review]:
    return reviews.OPEN.filter(reminders=NAMED_STEP, queued_on__lte=_before(on, OFFICE_DAYS))


def _before(on: dt.date, days: int) -> dt.date:
    return on - dt.timedelta(days=days)


def _registers(found: QuerySet[Review]) -> list[Register]:
    theirs = found.order_by().values(recipients.REGISTER_OF_REVIEW)
    return list(Register.objects.filter(pk__in=theirs).order_by("pk"))


def _in(register: Register, found: QuerySet[Review]) -> list[Review]:
    """The reviews of one register's records, under lock."""
    its = found.filter(**{recipients.REGISTER_OF_REVIEW: register})
    return list(its.order_by("pk").select_for_update(of=("self",)))


@transaction.atomic
def _tell_owner(register: Register, *, on: dt.date, at: dt.datetime) -> int:
    found = _in(register, _for_owners(on))
    steps = Counter(_step(review, on) for review in found)
    for step in steps:
        reviews.reminded([one.pk for one in found if _step(one, on) == step], step)
    context = {
        "waiting": len(found),
        "lines": [{"days": OWNER_DAYS[step - 1], "count": steps[step]} for step in sorted(steps)],
        "named_days": NAMED_DAYS,
        "office_days": OFFICE_DAYS,
    }
    people = recipients.owner(register) if found else ()
    return _write(people, "records_reminder", register, context, on=on, at=at)


def _step(review: Review, on: dt.date) -> int:
    """How many of the owner's reminders are due by now; late ones are not made up for."""
    waited = (on - review.queued_on).days
    return sum(waited >= days for days in OWNER_DAYS)


@transaction.atomic
def _tell_named(register: Register, *, on: dt.date, at: dt.datetime) -> int:
    found = _in(register, _for_named(on))
    reviews.reminded([review.pk for review in found], NAMED_STEP)
    people = recipients.named(register) if found else ()
    context = {"waiting": len(found), "days": NAMED_DAYS}
    return _write(people, "records_reminder_named", register, context, on=on, at=at)


@transaction.atomic
def _tell_the_office(*, on: dt.date, at: dt.datetime) -> int:
    """How many wait in how many registers; the office learns neither whose nor which."""
    due = _for_office(on).select_for_update(of=("self",))
    found = list(due.values_list("pk", recipients.REGISTER_OF_REVIEW))
    if not found:
        return 0
    reviews.reminded([pk for pk, _register in found], OFFICE_STEP)
    letters.to_office(
        "office_records_waiting",
        key=f"records waiting {on}",
        at=at,
        waiting=len(found),
        registers=len({register for _pk, register in found}),
        days=OFFICE_DAYS,
        url=absolute(reverse("admin:records_schedulerun_changelist")),
    )
    return 1


def _write(
    people: Iterable[Person],
    kind: str,
    register: Register,
    context: dict[str, Any],
    *,
    on: dt.date,
    at: dt.datetime,
) -> int:
    """One letter to each; how many."""
    url = absolute(reverse("records:register"))
    written = [
        post.tell(
            to,
            kind,
            key=f"{kind} {register.key} {to.key} {on}",
            at=at,
            to=to,
            register=register,
            register_url=url,
            **context,
        )
        for to in people
    ]
    return len(written)
