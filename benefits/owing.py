"""Reminds of money for events: of a place before it is freed, of a difference around its day.

Each step once, and never while the money is on its way.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from benefits import booking_letters, bookings
from benefits.models import Booking
from foundation import history
from foundation.one_by_one import each
from membership import standing
from payments.on_its_way import is_on_its_way

STEPS = (-14, 0, 7)
STOP = -28
BEFORE_FREED = dt.timedelta(days=1)
REMINDED = {
    "event_unpaid": "reminded of an unpaid place",
    "event_difference_due": "reminded of a difference",
}


def step_of(*, due_on: dt.date, on: dt.date) -> int | None:
    """Which reminder of a difference, in days before its day, is due; None for none.

    A morning that was missed is made up for by the newest alone. Four weeks after the day
    letters stop: from then on the office speaks with whoever owes it.
    """
    left = (due_on - on).days
    if left < STOP:
        return None
    return next((step for step in STEPS if left <= step), None)


def remind_of_differences(*, at: dt.datetime) -> int:
    """The morning's sweep; how many letters were written. Twice is once."""
    on = standing.money_day(timezone.localdate(at))
    owed = Booking.objects.owing_a_difference().filter(
        difference_invoice__due_on__lte=on + dt.timedelta(days=max(STEPS)),
        difference_invoice__due_on__gte=on + dt.timedelta(days=STOP),
    )
    return sum(each(_numbers(owed), lambda pk: _remind_of_difference(pk, on=on, at=at)))


@transaction.atomic
def _remind_of_difference(booking_id: int, *, on: dt.date, at: dt.datetime) -> bool:
    booking = bookings.locked(booking_id)
    invoice = booking.difference_invoice
    today = timezone.localdate(at)
    if invoice is None or not invoice.is_payable or is_on_its_way(invoice, on=today):
        return False
    about = f"{step_of(due_on=invoice.due_on, on=on)}"
    is_over = invoice.due_on < today
    return _write("event_difference_due", booking, about=about, at=at, is_over=is_over)


def remind_of_places(*, at: dt.datetime) -> int:
    """A day before an unpaid place is freed; not within two days of its first letter."""
    today = timezone.localdate(at)
    soon = Booking.objects.unpaid().filter(
        told_at=None,
        held_until__gt=at,
        held_until__lte=at + BEFORE_FREED,
        invoice__issued_on__lte=today - 2 * BEFORE_FREED,
    )
    return sum(each(_numbers(soon), lambda pk: _remind_of_place(pk, at=at)))


@transaction.atomic
def _remind_of_place(booking_id: int, *, at: dt.datetime) -> bool:
    booking = bookings.locked(booking_id)
    invoice = booking.invoice
    if booking.state != Booking.State.BOOKED or invoice is None or not invoice.is_payable:
        return False
    if is_on_its_way(invoice, on=timezone.localdate(at)):
        return False
    return _write("event_unpaid", booking, about=f"{booking.held_until:%Y%m%d%H%M}", at=at)


def _numbers(found: QuerySet[Booking]) -> list[int]:
    return list(found.order_by("pk").values_list("pk", flat=True))


def _write(kind: str, booking: Booking, *, about: str, at: dt.datetime, **more: Any) -> bool:
    """One letter a step; False where it was written before."""
    if booking_letters.is_written(kind, booking, about=about):
        return False
    booking_letters.write(kind, booking, about=about, at=at, **more)
    words = bookings.title_of(booking.event)
    history.record(booking.reader.history_key, REMINDED[kind], at=at, by=None, text=words)
    return True
