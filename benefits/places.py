"""Places at events: which number is free, how many are left, and who is judged to be a member."""

import datetime as dt

from benefits.models import Booking, Event
from benefits.pricing import Facts, Price, price_of
from benefits.terms import Terms
from membership import standing
from membership.models import Person


def free_number(event: Event) -> int | None:
    """The lowest number that nobody holds; None where the event is full.

    Call it under the event's lock: nobody else takes a place meanwhile.
    """
    taken = set(event.bookings.holding().values_list("place_number", flat=True))
    last = event.places if event.places is not None else len(taken) + 1
    return next((number for number in range(1, last + 1) if number not in taken), None)


def locked(event_id: int) -> Event:
    """The event, and nobody else takes or frees a place of it until this transaction ends."""
    return Event.objects.select_for_update(of=("self",)).get(pk=event_id)


def facts_of(person: Person | None, event: Event, *, on: dt.date) -> Facts:
    """What is known on a day about somebody's membership on the event's. Up to six queries."""
    if person is None:
        return Facts(event.day, event.member_pence, event.other_pence)
    reader = person.merged_into or person
    now, then = standing.of(reader, on), standing.of(reader, event.day)
    return Facts(
        event_on=event.day,
        member_pence=event.member_pence,
        other_pence=event.other_pence,
        today=now.state,
        on_the_day=then.state,
        until=then.until or now.until,
    )


def price_for(person: Person | None, event: Event, *, on: dt.date) -> Price:
    """What somebody pays who books on a day; without a person, what a guest pays."""
    return price_of(facts_of(person, event, on=on))


def terms_of(event: Event) -> Terms:
    return Terms(event.day, event.full_refund_days, event.half_refund_days)


def own_live(person: Person, event: Event) -> Booking | None:
    """The booking of an event that somebody has, or their turn in its waiting list."""
    live = Booking.objects.of(person).filter(event=event, state__in=LIVE)
    return live.whole().first()


LIVE = (Booking.State.WAITING, Booking.State.OFFERED, Booking.State.BOOKED)
