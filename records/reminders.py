"""Reminds of records that wait for a person: the owner first, then others, each step once.

After 30, 60 and 90 days the owner is written to, after 120 the members who are named in the
register, after 150 the office gets a count. One step a night: whoever is asked has a day at least.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from foundation import letters
from foundation.links import absolute
from membership.models import Person
from records import recipients, reviews
from records.models import Review

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
    office = _tell_the_office(on=on, at=at)
    named = sum(_tell_named(owner, on=on, at=at) for owner in _owners(_for_named(on)))
    owners = sum(_tell_owner(owner, on=on, at=at) for owner in _owners(_for_owners(on)))
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


def _owners(found: QuerySet[Review]) -> list[int]:
    return sorted(found.order_by().values_list(recipients.OF_REVIEW, flat=True).distinct())


def _of(owner: int, found: QuerySet[Review]) -> list[Review]:
    """The reviews of one owner's records, under lock."""
    theirs = found.filter(**{recipients.OF_REVIEW: owner})
    return list(theirs.order_by("pk").select_for_update(of=("self",)))


@transaction.atomic
def _tell_owner(owner: int, *, on: dt.date, at: dt.datetime) -> int:
    found = _of(owner, _for_owners(on))
    steps = Counter(_step(review, on) for review in found)
    for review in found:
        reviews.reminded(review, _step(review, on))
    lines = [{"days": OWNER_DAYS[step - 1], "count": steps[step]} for step in sorted(steps)]
    return sum(
        _write("records_reminder", person, on=on, at=at, lines=lines, waiting=len(found))
        for person in recipients.who_can_be_written_to([owner] if found else [])
    )


def _step(review: Review, on: dt.date) -> int:
    """How many of the owner's reminders are due by now; late ones are not made up for."""
    waited = (on - review.queued_on).days
    return sum(waited >= days for days in OWNER_DAYS)


@transaction.atomic
def _tell_named(owner: int, *, on: dt.date, at: dt.datetime) -> int:
    found = _of(owner, _for_named(on))
    for review in found:
        reviews.reminded(review, NAMED_STEP)
    people = recipients.named(Person.objects.get(pk=owner)) if found else ()
    return sum(
        _write("records_reminder_named", one, on=on, at=at, days=NAMED_DAYS, waiting=len(found))
        for one in people
    )


@transaction.atomic
def _tell_the_office(*, on: dt.date, at: dt.datetime) -> int:
    """How many wait in how many registers; the office learns neither whose nor which."""
    found = list(
        _for_office(on).select_for_update(of=("self",)).values_list("pk", recipients.OF_REVIEW)
    )
    if not found:
        return 0
    reviews.reminded_all([pk for pk, _owner in found], OFFICE_STEP)
    context = {
        "waiting": len(found),
        "registers": len({owner for _pk, owner in found}),
        "days": OFFICE_DAYS,
        "url": absolute(reverse("admin:records_schedulerun_changelist")),
    }
    to, key = settings.SOCIETY["email"], f"records waiting {on}"
    letters.queue("office_records_waiting", key=key, to=to, context=context, at=at)
    return 1


def _write(kind: str, to: Person, *, on: dt.date, at: dt.datetime, **context: object) -> int:
    letters.queue(
        kind,
        key=f"{kind} {to.key} {on}",
        to=to.email,
        context={"to": to, "register_url": absolute(reverse("records:register")), **context},
        at=at,
        subject_key=to.history_key,
    )
    return 1
