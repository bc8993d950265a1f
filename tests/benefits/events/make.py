"""Plain functions that make events and bookings."""

import datetime as dt
import itertools

from benefits.models import Booking, Event
from payments import invoicing
from payments.invoicing import Asked
from payments.lines import Item
from payments.models import Invoice
from tests.factories import A_DAY, A_MOMENT, make_person

_numbers = itertools.count(1)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
IN_60_DAYS = A_MOMENT + 60 * DAY


def make_event(**changes) -> Event:
    """A study day in sixty days, that can be booked: £60.00 for members, £95.00 for others."""
    number = next(_numbers)
    facts = {
        "kind": Event.Kind.STUDY_DAY,
        "title": f"Invented study day {number}",
        "slug": f"study-day-{number}",
        "summary": "A day about an invented topic.",
        "text": "## What it is about\n\nAn invented topic.",
        "starts_at": IN_60_DAYS,
        "place": "Invented Hall, Cardiff",
        "online_link": "https://meet.example.org/secret-room",
        "places": 40,
        "member_pence": 6000,
        "other_pence": 9500,
        "cpd_minutes": 360,
        "state": Event.State.PUBLISHED,
        "published_at": A_MOMENT,
    }
    facts |= changes
    facts.setdefault("ends_at", facts["starts_at"] + 6 * HOUR)
    return Event.objects.create(**facts)


def make_draft(**changes) -> Event:
    return make_event(state=Event.State.DRAFT, published_at=None, **changes)


def make_invoice(person, pence=9500) -> Invoice:
    """An invoice for an event by its row alone."""
    asked = Asked(Invoice.Kind.EVENT, "Invented", (Item("Invented", pence),), A_DAY)
    return invoicing.issue(invoicing.account_of(person), asked, at=A_MOMENT)


def make_booking(event=None, person=None, **changes) -> Booking:
    """A place that is held and not paid yet, by its rows alone."""
    event, person = event or make_event(), person or make_person()
    facts = {
        "event": event,
        "person": person,
        "state": Booking.State.BOOKED,
        "place_number": event.bookings.holding().count() + 1,
        "price": Booking.Price.OTHER,
        "pence": event.other_pence,
        "why": "You are not a member.",
        "asked_at": A_MOMENT,
        "held_until": A_MOMENT + 5 * DAY,
    }
    facts |= changes
    if facts["state"] == Booking.State.BOOKED and "invoice" not in facts:
        facts["invoice"] = make_invoice(person, facts["pence"])
    return Booking.objects.create(**facts)


def make_waiting(event, person=None, at=A_MOMENT) -> Booking:
    """Somebody on the waiting list, by the row alone."""
    return make_booking(
        event,
        person,
        state=Booking.State.WAITING,
        place_number=None,
        held_until=None,
        asked_at=at,
    )
