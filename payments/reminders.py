"""Letters before a membership ends: what another year costs, and how to pay; each step once.

Here and not in membership, because only this room knows that a payment is on its way.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters, links
from foundation.one_by_one import each
from membership import courses, lifecycle, post, standing
from membership.models import FeeDue, Person
from membership.types import MembershipType
from payments import invoicing
from payments.models import Invoice
from payments.on_its_way import is_on_its_way

Used = Callable[[Person, dt.date], Sequence[str]]
STEPS = (0, 7, 30, 60)


def step_of(*, ends_on: dt.date, on: dt.date) -> int | None:
    """Which of the letters, in days before the end, is due on a day; None for none.

    A night that was missed is made up for by the newest letter alone, within grace.
    """
    left = (ends_on - on).days
    if left < -settings.GRACE_DAYS:
        return None
    return next((step for step in STEPS if left <= step), None)


def nothing(_person: Person, _on: dt.date) -> Sequence[str]:
    """Says nothing of what a member used."""
    return ()


def remind_renewals(*, at: dt.datetime, used: Used = nothing) -> int:
    """The nightly sweep; how many letters were written. Each is a transaction; twice is once.

    `used` says what a member used; rooms that this one does not know answer it.
    """
    on = standing.money_day(timezone.localdate(at))
    return sum(each(_near(on), lambda fee: _remind(fee, on=on, at=at, used=used)))


def _near(on: dt.date) -> QuerySet[FeeDue]:
    """Renewals still to be paid by people who are neither suspended nor gone."""
    renewals = FeeDue.objects.outstanding().filter(
        purpose=FeeDue.Purpose.RENEWAL,
        pence__gt=0,
        person__membership__suspended_at=None,
        person__membership__resigned_on=None,
        person__died_on=None,
    )
    near = renewals.annotate(last_day=Max("person__fees__ends_on")).filter(
        last_day__lte=on + dt.timedelta(days=max(STEPS)),
        last_day__gte=on - dt.timedelta(days=settings.GRACE_DAYS),
    )
    return near.select_related("person").order_by("pk")


@transaction.atomic
def _remind(fee: FeeDue, *, on: dt.date, at: dt.datetime, used: Used) -> bool:
    """Once more under the payer's lock: the money may just have come."""
    invoice = invoicing.lock(invoicing.raise_for(fee, at=at).pk)
    ends_on = lifecycle.last_covered(fee.person)
    step = step_of(ends_on=ends_on, on=on) if ends_on else None
    is_open = FeeDue.objects.outstanding().filter(pk=fee.pk).exists() and invoice.is_payable
    if step is None or not is_open or is_on_its_way(invoice, on=timezone.localdate(at)):
        return False
    key = f"renewal_due:{fee.pk}:{step}"
    if letters.is_queued(key):
        return False
    _write(fee, invoice, key=key, ends_on=ends_on, at=at, used=used(fee.person, on))
    return True


def _course_ended_on(fee: FeeDue, at: dt.datetime) -> dt.date | None:
    """Whoever renews as a Student after their course reads that another type may fit."""
    if fee.type != MembershipType.STUDENT:
        return None
    return courses.ended_on(fee.person, timezone.localdate(at))


def _write(
    fee: FeeDue,
    invoice: Invoice,
    *,
    key: str,
    ends_on: dt.date | None,
    at: dt.datetime,
    used: Sequence[str],
) -> None:
    post.tell(
        fee.person,
        "renewal_due",
        key=key,
        at=at,
        fee=fee,
        invoice=invoice,
        ends_on=ends_on,
        used=used,
        course_ended_on=_course_ended_on(fee, at),
        is_over=ends_on is not None and ends_on < timezone.localdate(at),
        reference=invoice.account.payment_reference,
        profile_url=links.absolute(reverse("website:profile")),
    )
    history.record(fee.person.history_key, "reminded of the renewal", at=at, by=None)
