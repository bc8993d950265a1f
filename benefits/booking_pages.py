"""What a booking's page says: how it stands, what to do next, and what may be done."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from benefits import cancelling, event_cards
from benefits.models import Booking
from foundation.dates import in_words
from foundation.look import Status, Tone
from foundation.pence import pounds
from payments import payer_links
from payments.models import CreditNote, Invoice, Receipt, Refund
from payments.on_its_way import is_transfer_awaited
from payments.words import Words, words_of

State = Booking.State


@dataclass(frozen=True)
class Link:
    words: str
    url: str


@dataclass(frozen=True)
class BookingPage:
    """For templates/benefits/events/booking.html."""

    booking: Booking
    status: Status
    to_pay: Invoice | None
    is_on_its_way: bool
    being_checked: Words | None
    last_attempt: Words | None
    may_cancel: bool
    is_to_come: bool
    link: str
    cpd: str
    has_certificate: bool
    papers: tuple[Link, ...]
    refunds: tuple[str, ...]


def of(booking: Booking, *, at: dt.datetime) -> BookingPage:
    invoice = booking.to_pay if booking.state == State.BOOKED else None
    attempt = invoice.attempts.order_by("-started_at", "-pk").first() if invoice else None
    words = words_of(attempt) if attempt else None
    checking = attempt is not None and attempt.is_being_taken
    is_awaited = invoice is not None and is_transfer_awaited(invoice, on=timezone.localdate(at))
    in_line = _in_line(booking)
    is_let_in = booking.is_confirmed and at < booking.event.ends_at
    return BookingPage(
        booking=booking,
        status=_status(booking, at=at, in_line=in_line, checking=checking),
        to_pay=invoice,
        is_on_its_way=is_awaited,
        being_checked=words if checking else None,
        last_attempt=None if checking else words,
        may_cancel=booking.is_live and at < booking.event.starts_at and not checking,
        is_to_come=booking.has_place and at < booking.event.ends_at,
        link=booking.event.online_link if is_let_in else "",
        cpd=event_cards.cpd_of(booking.event),
        has_certificate=bool(booking.attended),
        papers=_papers(booking),
        refunds=_refunds(booking),
    )


def _in_line(booking: Booking) -> int:
    """Their turn in the waiting list; the first is 1, and 0 is for who does not wait."""
    if booking.state != State.WAITING:
        return 0
    queue = list(booking.event.bookings.waiting().values_list("pk", flat=True))
    return queue.index(booking.pk) + 1


def _status(booking: Booking, *, at: dt.datetime, in_line: int, checking: bool) -> Status:
    match booking.state:
        case State.WAITING:
            words = f"You are number {in_line} on the waiting list."
            return Status(
                words, Tone.WAIT, "We write to you as soon as a place comes free for you."
            )
        case State.OFFERED:
            until = _moment(booking.held_until)
            words = f"A place is held for you until {until}."
            return Status(words, Tone.ACT, "Take it below, or it goes to the next on the list.")
        case State.LAPSED:
            words = "This booking has ended: the place was not taken or paid in time."
            return Status(words, Tone.STOP)
        case State.CANCELLED:
            return Status("This booking is cancelled.", Tone.STOP, _refunded(booking))
    return _booked(booking, at=at, checking=checking)


def _booked(booking: Booking, *, at: dt.datetime, checking: bool) -> Status:
    if checking:
        return Status("We are confirming your payment.", Tone.WAIT)
    if booking.is_confirmed and booking.to_pay is None:
        if booking.attended:
            return Status("You came to this event.", Tone.GOOD)
        if at >= booking.event.ends_at:
            return Status("You booked this event. It is over.", Tone.PLAIN)
        return Status("Your place is confirmed.", Tone.GOOD)
    invoice = booking.to_pay
    if invoice is not None and invoice.transfer_sent_on:
        return _after_transfer(invoice, at=at)
    if invoice is not None and invoice == booking.difference_invoice:
        words = f"The difference to the full price is due: {pounds(invoice.rest_pence)}."
        return Status(words, Tone.ACT, f"Please pay it by {in_words(invoice.due_on)}.")
    words = "Your place is held, and not paid yet."
    return Status(words, Tone.ACT, f"Please pay by {_moment(booking.held_until)}.")


def _after_transfer(invoice: Invoice, *, at: dt.datetime) -> Status:
    day = in_words(invoice.transfer_sent_on) if invoice.transfer_sent_on else ""
    if is_transfer_awaited(invoice, on=timezone.localdate(at)):
        words = f"You told us of it on {day}. We e-mail you once it has arrived. Do not pay again."
        return Status("We are waiting for your bank transfer.", Tone.WAIT, words)
    words = f"You told us of it on {day}. Check the reference and the amount with your bank."
    return Status("We have not found your bank transfer yet.", Tone.ACT, words)


def _refunded(booking: Booking) -> str:
    if booking.event.is_cancelled:
        return booking.event.cancel_reason
    if not booking.refund_pence:
        return ""
    back = f"{pounds(booking.refund_pence)} goes back to you."
    if Refund.objects.filter(attempt__invoice__in=_invoices(booking)).exists():
        return f"{back} It goes the way it came, through PayPal, usually within a few days."
    return f"{back} It came by bank transfer: e-mail us the account that it came from."


def _moment(at: dt.datetime | None) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{in_words(local.date())}, {local:%H:%M}"


def _invoices(booking: Booking) -> list[Invoice]:
    both = (booking.invoice, booking.difference_invoice)
    return [invoice for invoice in both if invoice is not None]


def _papers(booking: Booking) -> tuple[Link, ...]:
    """By signed links: whoever has the booking's page may read them."""
    invoices = _invoices(booking)
    found = [("Invoice", "invoice", one.number) for one in invoices if one.total_pence]
    receipts = Receipt.objects.filter(invoice__in=invoices).order_by("pk")
    found += [("Receipt", "receipt", one.number) for one in receipts]
    notes = CreditNote.objects.filter(invoice__in=invoices).order_by("pk")
    found += [("Credit note", "credit_note", one.number) for one in notes]
    return tuple(
        Link(f"{name} {number}", payer_links.path_of(kind, number)) for name, kind, number in found
    )


def _refunds(booking: Booking) -> tuple[str, ...]:
    found = Refund.objects.filter(attempt__invoice__in=_invoices(booking)).order_by("pk")
    return tuple(
        f"{pounds(one.amount_pence)} through PayPal: {one.get_state_display().lower()}"
        for one in found
    )


def decision_of(booking: Booking, *, at: dt.datetime) -> cancelling.Decision:
    """What goes back if they cancel now, for the page before they confirm."""
    return cancelling.by_terms(booking, at=at)
