"""Watches registrations: members hear before theirs runs out, the office once it has.

Clinical areas leave the directory by themselves: they are shown only while the registration that
carries them is current.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters
from foundation.dates import add_months, in_words
from foundation.links import absolute
from foundation.one_by_one import each
from membership import standing
from membership.models import Person, Registration, User
from membership.registers import BODIES

STEPS = (7, 30, 60)
CHECK_MONTHS = 12
CARRYING = (Registration.Status.REGISTERED, Registration.Status.CONDITIONS)


@dataclass(frozen=True)
class Ending:
    """Something of a member that ends on a day, and the letters for it.

    `stem` names it in keys; `noun` in the history.
    """

    person: Person
    stem: str
    noun: str
    ends_on: dt.date
    to_member: str
    to_office: str
    context: dict[str, object]


def due_for_check(on: dt.date) -> QuerySet[Registration]:
    """Members' registrations to look up: ran out, unseen for a year, or newly told of."""
    stale = Q(checked_on__lte=add_months(on, -CHECK_MONTHS)) | Q(expires_on__lt=on)
    due = Q(status__in=CARRYING) & stale | Q(told_until__isnull=False)
    found = Registration.objects.filter(due, person__in=standing.active(on))
    return found.select_related("person").order_by(F("checked_on").asc(nulls_first=True), "pk")


def step_of(*, expires_on: dt.date, on: dt.date) -> int | None:
    """Which letter, in days before the end, is due on a day; None for none."""
    left = (expires_on - on).days
    return next((step for step in STEPS if 0 <= left <= step), None)


@transaction.atomic
def tell(*, registration_id: int, until: dt.date, by: User, at: dt.datetime) -> Registration:
    """The member says until when they are registered; the office looks it up.

    What the office saw goes on counting until its own last day. An earlier day than that puts it
    in doubt: the registration is unchecked from now on, and carries no clinical area.
    """
    registration = Registration.objects.select_for_update().get(pk=registration_id)
    if registration.status in CARRYING and registration.expires_on == until:
        return registration
    seen_until = registration.expires_on
    if registration.status in CARRYING and seen_until is not None and until < seen_until:
        registration.status = Registration.Status.UNCHECKED
        registration.checked_on = registration.checked_by = None
        registration.expires_on = until
    registration.told_until, registration.told_at = until, at
    registration.save()
    words = f"{registration.body} until {in_words(until)}"
    history.record(
        registration.person.history_key, "told of a registration", at=at, by=by, text=words
    )
    return registration


def watch_registrations(*, at: dt.datetime) -> dict[str, int]:
    """The nightly sweep. Each letter is a transaction of its own; twice is once."""
    on = timezone.localdate(at)
    near = Registration.objects.filter(
        Q(told_until=None) | Q(told_until__lte=F("expires_on")) | Q(expires_on__lt=on),
        status__in=CARRYING,
        person__in=standing.active(on),
        expires_on__lte=on + dt.timedelta(days=max(STEPS)),
    )
    found = list(near.select_related("person").order_by("pk"))
    told = each(found, lambda one: remind(_ending(one), on=on, at=at))
    return {"members_told": told.count("member"), "office_told": told.count("office")}


@transaction.atomic
def remind(ending: Ending, *, on: dt.date, at: dt.datetime) -> str:
    """Who was written to: the member before the end, the office after it, or nobody."""
    step = step_of(expires_on=ending.ends_on, on=on)
    is_over = ending.ends_on < on
    key = f"{ending.stem}:{ending.ends_on}:{'over' if is_over else step}"
    if (step is None and not is_over) or letters.is_queued(key):
        return ""
    person = ending.person
    letters.queue(
        ending.to_office if is_over else ending.to_member,
        key=key,
        to=settings.SOCIETY["email"] if is_over else person.email,
        subject_key=person.history_key,
        at=at,
        context={
            "person": person,
            "ends_on": ending.ends_on,
            "profile_url": absolute("/profile/"),
            "url": absolute(reverse("admin:membership_watch")),
            **ending.context,
        },
    )
    verb = f"the {ending.noun} ran out" if is_over else f"told that the {ending.noun} runs out"
    history.record(person.history_key, verb, at=at, by=None)
    return "office" if is_over else "member"


def body_of(registration: Registration) -> str:
    body = BODIES.get(registration.body)
    return body.name if body else registration.body


def _ending(registration: Registration) -> Ending:
    return Ending(
        person=registration.person,
        stem=f"registration:{registration.pk}",
        noun="registration",
        ends_on=registration.expires_on or dt.date.max,
        to_member="registration_ends",
        to_office="office_registration_ended",
        context={"body": body_of(registration), "expires_on": registration.expires_on},
    )
