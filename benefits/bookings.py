"""Books places at events: the only writer of bookings, together with the steps beside it.

Each step locks the event first, then the booking, then the payer: nobody waits in a ring, and no
place is given twice. `cancelling.py` ends bookings, `waiting.py` offers what was freed.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from benefits import booking_letters, places
from benefits.models import Booking, Event
from benefits.pricing import Price
from foundation import history
from foundation.dates import in_words
from membership.models import Person, User
from payments import invoicing
from payments.invoicing import Asked
from payments.lines import Item
from payments.models import Account, Invoice

HOLD = dt.timedelta(days=settings.EVENT_HOLD_DAYS)
State = Booking.State


class CannotBook(Exception):
    """Nothing was booked; the text says why and what to do."""


class NotOpen(CannotBook):
    def __init__(self) -> None:
        super().__init__("This event cannot be booked now. Its page says when it can.")


class BookedAlready(CannotBook):
    """`booking` is the one that there is."""

    def __init__(self, booking: Booking) -> None:
        super().__init__("You have booked this event already.")
        self.booking = booking


class OfferEnded(CannotBook):
    def __init__(self) -> None:
        super().__init__(
            "This place is no longer held for you. You can join the waiting list again."
        )


@dataclass(frozen=True)
class Wish:
    """Who wants to come to what, and what they need; `by` is None for a guest without a login."""

    event_id: int
    person: Person
    dietary_needs: str = ""
    access_needs: str = ""
    by: User | None = None


@transaction.atomic
def book(wish: Wish, *, at: dt.datetime) -> Booking:
    """A place that is held until it is paid, or a turn in the waiting list where there is none.

    Whoever waits already comes first. Raises NotOpen and BookedAlready.
    """
    event = places.locked(wish.event_id)
    if not event.is_open(at):
        raise NotOpen
    if known := places.own_live(wish.person, event):
        raise BookedAlready(known)
    price = places.price_for(wish.person, event, on=timezone.localdate(at))
    booking = Booking(
        event=event,
        person=wish.person,
        state=State.WAITING,
        dietary_needs=wish.dietary_needs,
        access_needs=wish.access_needs,
        asked_at=at,
    )
    _at_price(booking, price)
    number = None if event.bookings.waiting().exists() else places.free_number(event)
    if number is None:
        return _queue(booking, by=wish.by, at=at)
    booking.place_number = number
    return _hold(booking, by=wish.by, at=at)


@transaction.atomic
def accept(booking_id: int, *, by: User | None, at: dt.datetime) -> Booking:
    """Take a place that was offered, at the price of today. Raises OfferEnded."""
    booking = locked(booking_id)
    if booking.state != State.OFFERED or not booking.is_held(at):
        raise OfferEnded
    price = places.price_for(booking.person, booking.event, on=timezone.localdate(at))
    _at_price(booking, price)
    return _hold(booking, by=by, at=at)


def send_link(booking: Booking, *, at: dt.datetime) -> None:
    """The way to their booking, for who asks again; one letter a day at most."""
    booking_letters.write("event_link", booking, about=f"{timezone.localdate(at)}", at=at)


def locked(booking_id: int) -> Booking:
    """A booking under its event's lock, with what a step needs."""
    event = places.locked(Booking.objects.values_list("event", flat=True).get(pk=booking_id))
    booking = Booking.objects.whole().get(pk=booking_id)
    booking.event = event
    return booking


def _at_price(booking: Booking, price: Price) -> None:
    booking.price, booking.pence, booking.why = price.which, price.pence, price.why
    booking.difference_pence = price.difference_pence


def _queue(booking: Booking, *, by: User | None, at: dt.datetime) -> Booking:
    booking.save()
    _note(booking, "joined a waiting list", by=by, at=at)
    booking_letters.write("event_waiting", booking, at=at)
    return booking


def _hold(booking: Booking, *, by: User | None, at: dt.datetime) -> Booking:
    """The place is theirs until it is paid, or until the time for that is over."""
    booking.state = State.BOOKED
    booking.held_until = until(booking.event, at, lasts=HOLD)
    booking.invoice = _invoice(booking, at=at)
    booking.save()
    _note(booking, "booked an event", by=by, at=at)
    if booking.is_confirmed:
        confirm(booking, at=at)
    else:
        booking_letters.write("event_held", booking, at=at)
    return booking


def confirm(booking: Booking, *, at: dt.datetime) -> None:
    """Tell somebody whose place is paid; the letter alone is new, the invoice says the rest."""
    booking.told_at = at
    booking.save(update_fields=["told_at"])
    _note(booking, "place confirmed", by=None, at=at)
    booking_letters.confirmed(booking, at=at)


def until(event: Event, at: dt.datetime, *, lasts: dt.timedelta) -> dt.datetime:
    """Until when a place is held; never longer than until the event begins."""
    return max(min(at + lasts, event.starts_at), at)


def _invoice(booking: Booking, *, at: dt.datetime) -> Invoice:
    """A new invoice for the place, under its payer's lock."""
    payer = invoicing.account_of(booking.person)
    account = Account.objects.select_for_update(of=("self",)).get(pk=payer.pk)
    text = title_of(booking.event)
    item = Item(f"{text}\n{booking.get_price_display()}", booking.pence)
    due_on = timezone.localdate(booking.held_until or at)
    return invoicing.issue(account, Asked(Invoice.Kind.EVENT, text, (item,), due_on), at=at)


def title_of(event: Event) -> str:
    """An event as invoices and PayPal name it."""
    return f"{event.title}, {in_words(event.day)}"


def _note(booking: Booking, verb: str, *, by: User | None, at: dt.datetime) -> None:
    key = booking.reader.history_key
    history.record(key, verb, at=at, by=by, text=title_of(booking.event))
