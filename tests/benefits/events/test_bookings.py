"""Booking a place: held, paid, confirmed; full, waited for, offered, taken; not paid in time."""

import datetime as dt

import pytest

from benefits import bookings, waiting
from benefits.bookings import BookedAlready, NotOpen, OfferEnded
from benefits.models import Booking
from foundation.models import Letter
from payments import credit, given_back, transfers
from payments.models import Invoice
from tests.benefits.events.make import DAY, make_booking, make_draft, make_event, make_waiting
from tests.benefits.events.steps import again, book, faults, letters_to, sweep
from tests.factories import A_MOMENT, make_member, make_person
from tests.payments.money import pay_by_paypal, receive

pytestmark = pytest.mark.django_db
State = Booking.State
HOUR = dt.timedelta(hours=1)


# Booking and paying --------------------------------------------------------------------------


def test_a_booking_holds_a_place_and_asks_for_its_price():
    booking = book(make_event(), dietary_needs="No nuts")

    assert (booking.state, booking.place_number, booking.pence) == (State.BOOKED, 1, 9500)
    assert booking.held_until == A_MOMENT + 5 * DAY
    assert (booking.invoice.kind, booking.invoice.total_pence) == (Invoice.Kind.EVENT, 9500)
    assert not booking.is_confirmed
    assert letters_to(booking) == ["event_held"]


def test_a_member_pays_the_members_price():
    booking = book(make_event(), make_member())

    assert (booking.price, booking.invoice.total_pence) == (Booking.Price.MEMBER, 6000)


def test_money_that_arrived_confirms_the_place_and_one_letter_says_so():
    booking = book(make_event())

    receive(booking.invoice, 9500)
    sweep()
    sweep(A_MOMENT + HOUR)

    assert again(booking).is_confirmed
    assert letters_to(booking) == ["event_held", "receipt", "event_confirmed"]
    assert faults() == []


def test_a_part_of_the_money_confirms_nothing():
    booking = book(make_event())

    receive(booking.invoice, 9499)
    sweep()

    assert not again(booking).is_confirmed
    assert letters_to(booking) == ["event_held", "part_payment"]


def test_paypal_confirms_a_place(paypal):
    booking = book(make_event())

    pay_by_paypal(paypal, booking.invoice)
    sweep()

    assert again(booking).is_confirmed
    assert faults() == []


def test_a_free_event_is_confirmed_at_once():
    booking = book(make_event(member_pence=0, other_pence=0))

    assert again(booking).is_confirmed
    assert letters_to(booking) == ["event_confirmed"]
    assert faults() == []


def test_the_letter_of_confirmation_encloses_a_calendar_file():
    booking = book(make_event(member_pence=0, other_pence=0))

    letter = Letter.objects.get(to=booking.reader.email)

    assert letter.encloses == f"event:{booking.pk}"
    assert "https://meet.example.org/secret-room" in letter.text


def test_before_it_is_paid_no_letter_tells_the_link():
    booking = book(make_event())

    texts = "".join(Letter.objects.filter(to=booking.reader.email).values_list("text", flat=True))

    assert "secret-room" not in texts


def test_nobody_books_twice():
    event, person = make_event(), make_person()
    first = book(event, person)

    with pytest.raises(BookedAlready) as refusal:
        book(event, person)

    assert refusal.value.booking == first


@pytest.mark.parametrize(
    "facts",
    [
        {"booking_opens_at": A_MOMENT + HOUR},
        {"booking_closes_at": A_MOMENT},
        {"starts_at": A_MOMENT},
    ],
)
def test_what_is_not_open_is_not_booked(facts):
    event = make_event(**facts)

    with pytest.raises(NotOpen):
        book(event)


def test_a_draft_is_not_booked():
    with pytest.raises(NotOpen):
        book(make_draft())


def test_the_last_moment_before_booking_closes_counts():
    event = make_event(booking_opens_at=A_MOMENT, booking_closes_at=A_MOMENT + HOUR)

    assert book(event).state == State.BOOKED
    assert book(event, at=A_MOMENT + HOUR - dt.timedelta(seconds=1)).state == State.BOOKED


def test_a_place_is_not_held_beyond_the_beginning():
    event = make_event(starts_at=A_MOMENT + 2 * DAY)

    assert book(event).held_until == event.starts_at


# Full, and the waiting list ------------------------------------------------------------------


def test_when_it_is_full_the_next_wait_in_order():
    event = make_event(places=1)
    book(event)

    first = book(event, at=A_MOMENT + HOUR)
    second = book(event, at=A_MOMENT + 2 * HOUR)

    assert (first.state, second.state) == (State.WAITING, State.WAITING)
    assert list(event.bookings.waiting()) == [first, second]
    assert letters_to(first) == ["event_waiting"]
    assert first.invoice is None


def test_whoever_waits_comes_before_whoever_books_now():
    event = make_event(places=2)
    make_waiting(event)

    assert book(event).state == State.WAITING


def test_a_place_that_is_free_is_offered_to_who_waited_longest():
    event = make_event(places=1)
    taken = book(event)
    first, second = book(event, at=A_MOMENT + HOUR), book(event, at=A_MOMENT + 2 * HOUR)

    sweep(taken.held_until)

    assert again(taken).state == State.LAPSED
    assert (again(first).state, again(second).state) == (State.OFFERED, State.WAITING)
    assert again(first).held_until == taken.held_until + 3 * DAY
    assert letters_to(first) == ["event_waiting", "event_offered"]


def test_an_offer_that_is_taken_is_paid_and_confirmed():
    event = make_event(places=1)
    booking = make_waiting(event, make_member())
    waiting.offer(event.pk, at=A_MOMENT)

    taken = bookings.accept(booking.pk, by=None, at=A_MOMENT + HOUR)
    receive(taken.invoice, 6000)
    sweep(A_MOMENT + 2 * HOUR)

    assert (taken.price, taken.pence) == (Booking.Price.MEMBER, 6000)
    assert again(booking).is_confirmed
    assert faults() == []


def test_an_offer_that_nobody_takes_goes_to_the_next():
    event = make_event(places=1)
    first, second = make_waiting(event), make_waiting(event, at=A_MOMENT + HOUR)
    waiting.offer(event.pk, at=A_MOMENT)

    sweep(A_MOMENT + 3 * DAY)

    assert (again(first).state, again(second).state) == (State.LAPSED, State.OFFERED)
    assert letters_to(first)[-1] == "event_offer_ended"


def test_an_offer_is_taken_until_its_end_and_not_after():
    event = make_event(places=2)
    early, late = make_waiting(event), make_waiting(event)
    waiting.offer(event.pk, at=A_MOMENT)
    end = A_MOMENT + 3 * DAY

    bookings.accept(early.pk, by=None, at=end - dt.timedelta(seconds=1))

    with pytest.raises(OfferEnded):
        bookings.accept(late.pk, by=None, at=end)


def test_after_booking_closed_whoever_waits_is_told_that_none_came_free():
    event = make_event(places=1)
    book(event)
    booking = make_waiting(event)

    sweep(event.starts_at)

    assert again(booking).state == State.LAPSED
    assert letters_to(booking) == ["event_none_free"]


# Not paid in time ----------------------------------------------------------------------------


def test_a_place_is_held_until_its_time_is_over():
    booking = book(make_event())

    sweep(booking.held_until - dt.timedelta(seconds=1))

    assert again(booking).state == State.BOOKED


def test_a_place_that_is_not_paid_is_free_again_and_its_invoice_withdrawn():
    booking = book(make_event())

    sweep(booking.held_until)

    gone = again(booking)
    assert (gone.state, gone.place_number, gone.invoice.state) == (State.LAPSED, None, "void")
    assert letters_to(booking) == ["event_held", "event_lapsed"]
    assert faults() == []


def test_a_transfer_on_its_way_keeps_the_place():
    booking = book(make_event())
    transfers.say_sent(booking.invoice_id, at=booking.held_until - HOUR)

    sweep(booking.held_until)

    assert again(booking).state == State.BOOKED


def test_money_for_a_place_that_is_gone_is_booked_and_waits_to_be_sent_back():
    booking = book(make_event())
    sweep(booking.held_until)

    receive(booking.invoice, 9500, at=booking.held_until + DAY)
    sweep(booking.held_until + DAY)

    assert again(booking).state == State.LAPSED
    assert list(given_back.to_send_back()) == [booking.invoice]
    assert credit.free_credit_of(booking.invoice.account) == 9500
    assert letters_to(booking)[-1] == "payment_not_needed"
    assert faults() == []


def test_the_same_person_books_again_after_a_place_was_lost():
    event, person = make_event(), make_person()
    lost = book(event, person)
    sweep(lost.held_until)

    anew = book(event, person, at=lost.held_until + HOUR)

    assert (anew.state, anew.place_number) == (State.BOOKED, 1)


def test_money_that_went_back_is_asked_for_again():
    booking = make_booking(told_at=A_MOMENT)

    sweep(A_MOMENT + HOUR)

    held = again(booking)
    assert (held.told_at, held.held_until) == (None, A_MOMENT + HOUR + 5 * DAY)
    assert letters_to(booking) == ["event_held"]


# Before the event ----------------------------------------------------------------------------


def test_a_reminder_goes_a_week_before_once():
    event = make_event(member_pence=0, other_pence=0)
    booking = book(event)

    sweep(event.starts_at - dt.timedelta(days=7, seconds=1))
    before = letters_to(booking)
    sweep(event.starts_at - 7 * DAY)
    sweep(event.starts_at - 6 * DAY)

    assert before == ["event_confirmed"]
    assert letters_to(booking) == ["event_confirmed", "event_soon"]
