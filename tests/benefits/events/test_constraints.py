"""What must always be true of events and bookings: each is tried to be broken."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from benefits.models import Booking, Event
from tests.benefits.events.make import make_booking, make_draft, make_event, make_waiting
from tests.factories import A_MOMENT, make_officer

pytestmark = pytest.mark.django_db
BREAKERS: list[tuple[str, Callable[[], object]]] = []
EVENTS = Event.objects
BOOKINGS = Booking.objects


def breaks(name: str):
    """Register one way of breaking a constraint."""

    def note(breaker: Callable[[], object]) -> Callable[[], object]:
        BREAKERS.append((name, breaker))
        return breaker

    return note


@breaks("events_end_after_they_start")
def _over_before_it_begins():
    event = make_event()
    EVENTS.filter(pk=event.pk).update(ends_at=event.starts_at)


@breaks("half_is_refunded_no_earlier_than_all")
def _half_before_all():
    EVENTS.filter(pk=make_event().pk).update(half_refund_days=29)


@breaks("members_pay_no_more_than_others")
def _members_pay_more():
    EVENTS.filter(pk=make_event().pk).update(member_pence=9501)


@breaks("events_have_room_for_somebody")
def _room_for_nobody():
    EVENTS.filter(pk=make_event().pk).update(places=0)


@breaks("booking_closes_after_it_opens")
def _never_open():
    EVENTS.filter(pk=make_event().pk).update(booking_opens_at=A_MOMENT, booking_closes_at=A_MOMENT)


@breaks("what_is_out_was_published")
def _out_without_a_moment():
    EVENTS.filter(pk=make_draft().pk).update(state="published")


@breaks("what_is_out_was_published")
def _draft_with_a_moment():
    EVENTS.filter(pk=make_draft().pk).update(published_at=A_MOMENT)


@breaks("cancelled_events_say_who_and_why")
def _cancelled_by_nobody():
    EVENTS.filter(pk=make_event().pk).update(state="cancelled", cancelled_at=A_MOMENT)


@breaks("cancelled_events_say_who_and_why")
def _going_on_but_cancelled():
    EVENTS.filter(pk=make_event().pk).update(cancel_reason="The speaker is ill.")


@breaks("a_place_is_held_once")
def _one_place_two_people():
    one = make_booking()
    BOOKINGS.filter(pk=make_booking(one.event).pk).update(place_number=one.place_number)


@breaks("one_live_booking_a_person_and_event")
def _twice_the_same_person():
    one = make_booking()
    make_booking(one.event, one.person)


@breaks("one_live_booking_a_person_and_event")
def _booked_and_waiting():
    one = make_booking()
    make_waiting(one.event, one.person)


@breaks("places_are_held_by_those_who_have_them")
def _booked_without_a_place():
    BOOKINGS.filter(pk=make_booking().pk).update(place_number=None)


@breaks("places_are_held_by_those_who_have_them")
def _waiting_with_a_place():
    BOOKINGS.filter(pk=make_waiting(make_event()).pk).update(place_number=1)


@breaks("what_is_booked_has_its_invoice")
def _booked_for_nothing():
    BOOKINGS.filter(pk=make_booking().pk).update(invoice=None)


@breaks("what_is_booked_has_its_invoice")
def _waiting_with_an_invoice():
    invoice = make_booking().invoice
    BOOKINGS.filter(invoice=invoice).update(
        invoice=None, state="cancelled", place_number=None, ended_at=A_MOMENT
    )
    BOOKINGS.filter(pk=make_waiting(make_event()).pk).update(invoice=invoice)


@breaks("ended_bookings_have_their_moment")
def _cancelled_at_no_time():
    BOOKINGS.filter(pk=make_booking().pk).update(state="cancelled", place_number=None)


@breaks("ended_bookings_have_their_moment")
def _live_but_ended():
    BOOKINGS.filter(pk=make_booking().pk).update(ended_at=A_MOMENT)


@breaks("attendance_is_marked_by_somebody")
def _came_by_itself():
    BOOKINGS.filter(pk=make_booking().pk).update(attended=True)


@breaks("attendance_is_marked_by_somebody")
def _came_from_the_waiting_list():
    BOOKINGS.filter(pk=make_waiting(make_event()).pk).update(
        attended=True, attendance_at=A_MOMENT, attendance_by=make_officer()
    )


@breaks("differences_come_of_a_judgement")
def _difference_before_the_event():
    one, other = make_booking(), make_booking()
    BOOKINGS.filter(pk=one.pk).update(difference_invoice=other.invoice)


@pytest.mark.parametrize(
    ("name", "breaker"), BREAKERS, ids=[made.__name__ for _name, made in BREAKERS]
)
def test_the_database_refuses(name, breaker):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        breaker()

    assert name in str(refusal.value) or "UNIQUE" in str(refusal.value)


def test_every_constraint_of_this_part_is_tried():
    models = [
        model for model in apps.get_app_config("benefits").get_models() if model in (Event, Booking)
    ]
    names = {constraint.name for model in models for constraint in model._meta.constraints}

    assert {name for name, _breaker in BREAKERS} == names


def test_a_place_that_was_given_up_can_be_held_again():
    one = make_booking()
    BOOKINGS.filter(pk=one.pk).update(state="cancelled", place_number=None, ended_at=A_MOMENT)

    again = make_booking(one.event, one.person, asked_at=A_MOMENT + dt.timedelta(days=1))

    assert again.place_number == 1
