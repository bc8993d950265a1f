"""Many at once on PostgreSQL: no place is sold twice, whoever is quicker."""

import pytest

from benefits import bookings, cancelling
from benefits.bookings import CannotBook, Wish
from benefits.models import Booking
from tests.benefits.events.make import make_event
from tests.benefits.events.steps import again, book, faults, sweep
from tests.factories import A_MOMENT, make_person
from tests.payments.money import receive
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 20
State = Booking.State


def booking_by(person, event):
    return lambda: bookings.book(Wish(event.pk, person), at=A_MOMENT)


def test_twenty_people_and_five_places_make_five_bookings_and_fifteen_who_wait():
    event = make_event(places=5)
    people = [make_person() for _ in range(MANY)]

    made = at_once(booking_by(person, event) for person in people)

    states = [one.state for one in made]
    held = event.bookings.holding().order_by("place_number")
    assert (states.count(State.BOOKED), states.count(State.WAITING)) == (5, 15)
    assert [one.place_number for one in held] == [1, 2, 3, 4, 5]
    assert faults() == []


def test_one_person_who_presses_twenty_times_books_once():
    event, person = make_event(), make_person()

    at_once((booking_by(person, event) for _ in range(MANY)), refusals=(CannotBook,))

    assert event.bookings.count() == 1
    assert faults() == []


def test_a_payment_and_the_end_of_the_time_for_it_leave_one_of_both():
    event = make_event()
    held = [book(event) for _ in range(5)]
    end = held[0].held_until

    at_once(
        [
            *((lambda one=one: receive(one.invoice, one.pence, at=end)) for one in held),
            *[lambda: sweep(end)] * 3,
        ]
    )

    for one in map(again, held):
        paid = one.state == State.BOOKED and one.invoice.state == "paid"
        gone = one.state == State.LAPSED and one.invoice.state == "void"
        assert paid or gone
    assert faults() == []


def test_cancelling_and_booking_at_once_never_oversells():
    event = make_event(places=3)
    held = [book(event) for _ in range(3)]
    people = [make_person() for _ in range(6)]

    at_once(
        [
            *(lambda one=one: cancelling.by_booker(one.pk, by=None, at=A_MOMENT) for one in held),
            *(booking_by(person, event) for person in people),
        ]
    )

    assert event.bookings.holding().count() == 3
    assert event.bookings.waiting().count() == 3
    assert faults() == []
