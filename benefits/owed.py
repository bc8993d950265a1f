"""What somebody has to pay for events, or to answer: the card on their profile."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from benefits.models import Booking
from foundation.dates import in_words
from foundation.look import Tone
from foundation.pence import pounds
from payments.models import Invoice
from payments.on_its_way import is_transfer_awaited

DO_NOT_PAY_AGAIN = "We e-mail you a receipt once it shows on our statement. Do not pay again."


@dataclass(frozen=True)
class Owed:
    """One sum, for templates/benefits/events/_owed_card.html."""

    title: str
    words: str
    url: str
    tone: Tone
    link_words: str = "Pay, or see the bank details"


def of(bookings: Iterable[Booking], *, at: dt.datetime) -> tuple[Owed, ...]:
    """One for each of these bookings of which something is to be paid, or whose place waits."""
    found = (_of(booking, at=at) for booking in bookings)
    return tuple(one for one in found if one is not None)


def _of(booking: Booking, *, at: dt.datetime) -> Owed | None:
    title, on = booking.event.title, timezone.localdate(at)
    if booking.state == Booking.State.OFFERED and booking.held_until:
        words = f"A place is held for you until {_moment(booking.held_until)}."
        return Owed(title, words, booking.path, Tone.ACT, "Take it, or let it go")
    invoice = booking.to_pay
    if invoice is None:
        return None
    if is_transfer_awaited(invoice, on=on):
        return Owed(title, _on_its_way(invoice), booking.path, Tone.WAIT, "See your booking")
    if invoice == booking.difference_invoice:
        is_over = invoice.due_on < on
        words = f"{_rest(invoice)}, the difference to the full price, "
        words += f"{'overdue since' if is_over else 'by'} {in_words(invoice.due_on)}."
        return Owed(title, words, booking.path, Tone.STOP if is_over else Tone.ACT)
    if not booking.is_live:
        return None
    until = _moment(booking.held_until or at)
    return Owed(
        title, f"{_rest(invoice)} by {until}, or the place is freed.", booking.path, Tone.ACT
    )


def _rest(invoice: Invoice) -> str:
    return f"Still to pay: {pounds(invoice.rest_pence)}"


def _on_its_way(invoice: Invoice) -> str:
    day = in_words(invoice.transfer_sent_on) if invoice.transfer_sent_on else ""
    return f"You told us on {day} that you made a bank transfer. {DO_NOT_PAY_AGAIN}"


def _moment(at: dt.datetime) -> str:
    local = timezone.localtime(at)
    return f"{in_words(local.date())}, {local:%H:%M}"
