"""Ends bookings: by whoever booked, by the office, and for everybody when an event is cancelled."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from benefits import booking_letters, bookings, places, terms, waiting
from benefits.models import Booking, Event
from foundation import history
from foundation.one_by_one import each
from foundation.pence import pounds
from membership.models import User
from payments import given_back
from payments.models import Invoice

State = Booking.State


class CannotCancel(Exception):
    """Nothing was cancelled; the text says why."""


class NothingToCancel(CannotCancel):
    def __init__(self) -> None:
        super().__init__("This booking has ended already.")


class TooLate(CannotCancel):
    def __init__(self) -> None:
        super().__init__("The event has begun: this booking can no longer be cancelled.")


class TooMuch(CannotCancel):
    def __init__(self, paid_pence: int) -> None:
        super().__init__(f"{pounds(paid_pence)} was paid: no more than that can be refunded.")


class CameAlready(CannotCancel):
    def __init__(self) -> None:
        super().__init__("They came to the event. Take back the mark of attendance first.")


@dataclass(frozen=True)
class Decision:
    """What goes back, in pence, and why: by the terms, or because the office says so."""

    pence: int
    why: str


def paid_pence_of(booking: Booking) -> int:
    """What was paid for the place, and is not on its way back yet."""
    return booking.invoice.asked_pence if booking.is_confirmed and booking.invoice else 0


def by_terms(booking: Booking, *, at: dt.datetime) -> Decision:
    """What goes back when somebody cancels now; shown before they confirm."""
    paid, on = paid_pence_of(booking), timezone.localdate(at)
    found = terms.refund_of(places.terms_of(booking.event), paid_pence=paid, on=on)
    return Decision(found.pence, found.why)


@transaction.atomic
def by_booker(booking_id: int, *, by: User | None, at: dt.datetime) -> Decision:
    """Whoever booked cancels, and gets back what the terms say.

    Raises CannotCancel, and BeingPaid while PayPal confirms a payment.
    """
    booking = bookings.locked(booking_id)
    _refuse_unless_live(booking)
    if at >= booking.event.starts_at:
        raise TooLate
    decision = by_terms(booking, at=at)
    _end(booking, decision, by=by, at=at)
    booking_letters.write("event_cancelled", booking, at=at, decision=decision)
    waiting.offer(booking.event_id, at=at)
    return decision


@transaction.atomic
def by_office(booking_id: int, decision: Decision, *, by: User, at: dt.datetime) -> Decision:
    """The office cancels for somebody, and may give back more than the terms say, with a reason.

    Raises CannotCancel and BeingPaid.
    """
    booking = bookings.locked(booking_id)
    _refuse_unless_live(booking)
    if booking.attended is not None:
        raise CameAlready
    paid = paid_pence_of(booking)
    if decision.pence > paid:
        raise TooMuch(paid)
    _end(booking, decision, by=by, at=at, reason=decision.why)
    booking_letters.write("event_cancelled", booking, at=at, decision=decision, by_office=True)
    waiting.offer(booking.event_id, at=at)
    return decision


@transaction.atomic
def call_off(event_id: int, *, reason: str, by: User, at: dt.datetime) -> int:
    """Cancel an event: everybody is told, and gets back all that they paid. How many.

    Who is just paying is settled by the sweep. Raises CannotCancel where it is a draft, or over.
    """
    event = places.locked(event_id)
    if event.state != Event.State.PUBLISHED:
        raise CannotCancel("Only an event that is published can be cancelled.")
    if at >= event.starts_at:
        raise CannotCancel("This event has begun already.")
    event.state, event.cancel_reason = Event.State.CANCELLED, reason
    event.cancelled_at, event.cancelled_by = at, by
    event.save()
    live = event.bookings.filter(state__in=places.LIVE).whole()
    ended = 0
    for booking in live.order_by("invoice__account", "pk"):
        booking.event = event
        paid = paid_pence_of(booking)
        decision = Decision(paid, "The event is cancelled: all that you paid is refunded.")
        with suppress(given_back.BeingPaid):
            _end(booking, decision, by=by, at=at)
        booking_letters.write("event_called_off", booking, at=at, decision=decision)
        ended += 1
    return ended


def settle_called_off(*, at: dt.datetime) -> int:
    """Give back what PayPal had not confirmed when an event was cancelled; how many."""
    found = Booking.objects.filter(
        event__state=Event.State.CANCELLED,
        ended_at=F("event__cancelled_at"),
        invoice__total_pence__gt=0,
        invoice__state__in=(*Invoice.PAYABLE, Invoice.State.PAID),
    )
    return sum(each(list(found.values_list("pk", flat=True)), lambda pk: _settle(pk, at=at)))


@transaction.atomic
def _settle(booking_id: int, *, at: dt.datetime) -> bool:
    booking = bookings.locked(booking_id)
    invoice = booking.invoice
    if invoice is None:
        return False
    why = f"{bookings.title_of(booking.event)}: the event is cancelled."
    with suppress(given_back.BeingPaid):
        _ask_no_more(invoice.pk, invoice.total_pence, why=why, by=booking.ended_by, at=at)
        booking.refund_pence = max(booking.refund_pence, invoice.paid_pence)
        booking.save(update_fields=["refund_pence"])
        return True
    return False


def _refuse_unless_live(booking: Booking) -> None:
    if not booking.is_live:
        raise NothingToCancel


def _end(
    booking: Booking, decision: Decision, *, by: User | None, at: dt.datetime, reason: str = ""
) -> None:
    """Free the place, and settle its invoice: withdrawn where unpaid, credited where paid."""
    invoice = booking.invoice
    was_paid = booking.is_confirmed
    booking.state, booking.place_number = State.CANCELLED, None
    booking.ended_at, booking.ended_by = at, by
    booking.refund_pence, booking.refund_reason = decision.pence, reason
    booking.save()
    key, words = booking.reader.history_key, bookings.title_of(booking.event)
    text = f"{words}. {decision.why}" if was_paid else words
    history.record(key, "booking cancelled", at=at, by=by, text=text)
    if invoice is not None:
        why = f"{words}: cancelled. {decision.why}"[:200]
        _ask_no_more(invoice.pk, decision.pence, why=why, by=by, at=at)


def _ask_no_more(
    invoice_id: int, pence: int, *, why: str, by: User | None, at: dt.datetime
) -> None:
    """Withdraw what is unpaid; of what is paid give back so much. Raises BeingPaid."""
    if not given_back.withdraw(invoice_id, reason=why, at=at) and pence:
        given_back.credit(invoice_id, pence=pence, reason=why, by=by, at=at)
