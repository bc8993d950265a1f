"""Watches registrations: members hear before theirs runs out, the office once it has.

Clinical areas leave the directory by themselves: they are shown only while the registration that
carries them is current.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters
from foundation.dates import add_months
from foundation.links import absolute
from membership import standing
from membership.models import Registration
from membership.registers import BODIES

STEPS = (7, 30, 60)
CHECK_MONTHS = 12


def due_for_check(on: dt.date) -> QuerySet[Registration]:
    """Members' registrations that ran out, or that nobody has looked up for a year."""
    stale = Q(checked_on__lte=add_months(on, -CHECK_MONTHS)) | Q(expires_on__lt=on)
    found = _watched(on).filter(stale).select_related("person")
    return found.order_by("checked_on", "pk")


def step_of(*, expires_on: dt.date, on: dt.date) -> int | None:
    """Which letter, in days before the end, is due on a day; None for none."""
    left = (expires_on - on).days
    return next((step for step in STEPS if 0 <= left <= step), None)


def watch_registrations(*, at: dt.datetime) -> dict[str, int]:
    """The nightly sweep. Each letter is a transaction of its own; twice is once."""
    on = timezone.localdate(at)
    near = _watched(on).filter(expires_on__lte=on + dt.timedelta(days=max(STEPS)))
    told = [_tell(each, on=on, at=at) for each in near.select_related("person").order_by("pk")]
    return {"members_told": told.count("member"), "office_told": told.count("office")}


def _watched(on: dt.date) -> QuerySet[Registration]:
    """What carries a standing: of active members, and found registered when it was looked up."""
    carrying = (Registration.Status.REGISTERED, Registration.Status.CONDITIONS)
    return Registration.objects.filter(status__in=carrying, person__in=standing.active(on))


@transaction.atomic
def _tell(registration: Registration, *, on: dt.date, at: dt.datetime) -> str:
    """Who was written to: the member before the end, the office after it, or nobody."""
    expires_on = registration.expires_on
    if expires_on is None:
        return ""
    step = step_of(expires_on=expires_on, on=on)
    if expires_on >= on and step is None:
        return ""
    is_over = expires_on < on
    key = f"registration:{registration.pk}:{expires_on}:{'over' if is_over else step}"
    if letters.is_queued(key):
        return ""
    person = registration.person
    letters.queue(
        "office_registration_ended" if is_over else "registration_ends",
        key=key,
        to=settings.SOCIETY["email"] if is_over else person.email,
        subject_key=person.history_key,
        at=at,
        context={
            "person": person,
            "body": _body_of(registration),
            "expires_on": expires_on,
            "url": absolute(reverse("admin:membership_person_change", args=[person.pk])),
        },
    )
    verb = "the registration ran out" if is_over else "told that the registration runs out"
    history.record(person.history_key, verb, at=at, by=None, text=registration.body)
    return "office" if is_over else "member"


def _body_of(registration: Registration) -> str:
    body = BODIES.get(registration.body)
    return body.name if body else registration.body
