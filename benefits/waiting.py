"""Waiting lists: places that were freed are offered in order, and offers end."""

import datetime as dt

from django.conf import settings
from django.db import transaction

from benefits import booking_letters, bookings, places
from benefits.models import Booking, Event
from foundation import history
from foundation.one_by_one import each

OFFER = dt.timedelta(days=settings.EVENT_OFFER_DAYS)
State = Booking.State


def offer_everywhere(*, at: dt.datetime) -> int:
    """Offer what is free at every event that somebody waits for; how many places."""
    waited_for = Event.objects.filter(bookings__state=State.WAITING).distinct().order_by("pk")
    keys = list(waited_for.values_list("pk", flat=True))
    return sum(each(keys, lambda event_id: offer(event_id, at=at)))


@transaction.atomic
def offer(event_id: int, *, at: dt.datetime) -> int:
    """Offer free places to those who have waited longest; after booking has closed, tell the rest
    that none came free. How many were offered.
    """
    event = places.locked(event_id)
    if at >= event.closes_at:
        _end(event, at=at)
        return 0
    offered = 0
    if event.state != Event.State.PUBLISHED:
        return 0
    for booking in event.bookings.waiting().whole():
        number = places.free_number(event)
        if number is None:
            break
        booking.state, booking.place_number = State.OFFERED, number
        booking.held_until = bookings.until(event, at, lasts=OFFER)
        booking.save()
        booking_letters.write("event_offered", booking, about=f"{at:%Y%m%d%H%M}", at=at)
        offered += 1
    return offered


@transaction.atomic
def end_offer(booking_id: int, *, at: dt.datetime) -> bool:
    """An offer that nobody took goes to the next; False where it was taken meanwhile."""
    booking = bookings.locked(booking_id)
    if booking.state != State.OFFERED or booking.is_held(at):
        return False
    give_up(booking, at=at)
    booking_letters.write("event_offer_ended", booking, at=at)
    offer(booking.event_id, at=at)
    return True


def give_up(booking: Booking, *, at: dt.datetime) -> None:
    """The place is free again: nobody took it in time. Call it under the event's lock."""
    booking.state, booking.place_number = State.LAPSED, None
    booking.ended_at = at
    booking.save()
    key = booking.reader.history_key
    words = bookings.title_of(booking.event)
    history.record(key, "place not taken in time", at=at, by=None, text=words)


def _end(event: Event, *, at: dt.datetime) -> None:
    """Booking is closed: whoever waits still is told."""
    for booking in event.bookings.waiting().whole():
        booking.state, booking.ended_at = State.LAPSED, at
        booking.save()
        booking_letters.write("event_none_free", booking, at=at)
