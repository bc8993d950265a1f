"""Money for events is reminded of: a place before it is freed, a difference around its day."""

import datetime as dt

import pytest
from django.test import Client

from benefits import owed, owing
from benefits.models import Booking
from foundation.look import Tone
from foundation.models import Letter
from membership.models import MoneyKnown
from payments import transfers
from tests.benefits.events.make import DAY, HOUR, make_booking, make_event
from tests.benefits.events.steps import again, book, letters_to, sweep
from tests.factories import A_DAY, A_MOMENT, make_member
from tests.payments.money import make_attempt, receive

pytestmark = pytest.mark.django_db
DUE = A_DAY + 91 * DAY


def owes_a_difference():
    """A booking whose event was sixty days on; the difference is due thirty days after it."""
    event = make_event()
    person = make_member(starts_on=dt.date(2026, 1, 1), ends_on=A_DAY + DAY)
    booking = book(event, person)
    receive(booking.invoice, booking.pence)
    sweep()
    sweep(event.starts_at + DAY)
    return again(booking)


def remind(on):
    return owing.remind_of_differences(at=A_MOMENT + (on - A_DAY))


def unpaid_place():
    booking = book(make_event())
    return booking, booking.held_until


@pytest.mark.parametrize(
    ("left", "step"),
    [(8, None), (7, 7), (1, 7), (0, 0), (-13, 0), (-14, -14), (-28, -14), (-29, None)],
)
def test_each_step_has_its_days(left, step):
    assert owing.step_of(due_on=A_DAY + left * DAY, on=A_DAY) == step


def test_a_difference_is_reminded_of_before_on_and_after_its_day_once_each():
    booking = owes_a_difference()

    written = [remind(DUE + days * DAY) for days in (-8, -7, -6, 0, 1, 14, 15, 28, 29)]

    assert booking.difference_invoice.due_on == DUE
    assert written == [0, 1, 0, 1, 0, 1, 0, 0, 0]
    assert letters_to(booking)[-4:] == ["event_difference", *["event_difference_due"] * 3]


def test_the_letter_says_what_is_due_and_from_its_day_on_that_it_is_overdue():
    booking = owes_a_difference()

    remind(DUE)
    remind(DUE + 14 * DAY)

    first, last = Letter.objects.filter(kind="event_difference_due").order_by("pk")
    assert first.subject == f"Still to pay: £35.00 for {booking.event.title}"
    assert last.subject == f"Overdue: £35.00 for {booking.event.title}"
    assert "was due on 21 February 2027, and we have not received it: £35.00." in last.text
    assert booking.path in last.text


def test_who_paid_the_difference_is_left_alone():
    booking = owes_a_difference()
    receive(booking.to_pay, 3500, at=A_MOMENT + 62 * DAY)

    assert remind(DUE) == 0


def test_a_part_payment_is_counted():
    booking = owes_a_difference()
    receive(booking.to_pay, 1500, at=A_MOMENT + 62 * DAY)

    remind(DUE)

    letter = Letter.objects.get(kind="event_difference_due")
    assert letter.subject == f"Still to pay: £20.00 for {booking.event.title}"
    assert "£20.00 of £35.00" in letter.text


def test_money_on_its_way_is_not_reminded_of():
    by_transfer, at_paypal = owes_a_difference(), owes_a_difference()
    transfers.say_sent(by_transfer.difference_invoice_id, at=A_MOMENT + (DUE - A_DAY))
    make_attempt(
        at_paypal.difference_invoice,
        state="pending",
        order_id="O1",
        capture_id="C1",
        approval_url="https://example.org/",
    )

    assert remind(DUE) == 0
    assert remind(DUE + 9 * DAY) == 1


def test_while_bank_statements_are_behind_nobody_is_reminded_by_a_later_day():
    owes_a_difference()
    MoneyKnown.objects.create(until_on=DUE - 8 * DAY)

    assert remind(DUE) == 0


# The place before it is freed ----------------------------------------------------------------


def test_a_day_before_an_unpaid_place_is_freed_its_booker_is_told_once():
    booking, held_until = unpaid_place()

    sweep(held_until - DAY - dt.timedelta(seconds=1))
    before = letters_to(booking)
    sweep(held_until - DAY)
    sweep(held_until - HOUR)

    assert before == ["event_held"]
    assert letters_to(booking) == ["event_held", "event_unpaid"]
    assert "£95.00" in Letter.objects.get(kind="event_unpaid").text


def test_a_place_that_was_just_booked_is_not_reminded_of():
    event = make_event(starts_at=A_MOMENT + 2 * DAY)
    booking = book(event)

    sweep(A_MOMENT + DAY + HOUR)

    assert letters_to(booking) == ["event_held"]


def test_a_place_whose_transfer_is_on_its_way_is_not_reminded_of():
    booking, held_until = unpaid_place()
    transfers.say_sent(booking.invoice_id, at=held_until - DAY)

    sweep(held_until - HOUR)

    assert letters_to(booking) == ["event_held"]


# On the profile ------------------------------------------------------------------------------


def on_profile(booking, at=A_MOMENT):
    still_open = Booking.objects.of(booking.person).still_open(at)
    return [(one.words, one.tone, one.link_words) for one in owed.of(still_open, at=at)]


def test_a_difference_stands_on_the_profile_until_it_is_paid():
    booking = owes_a_difference()

    in_time = on_profile(booking, A_MOMENT + 91 * DAY)
    late = on_profile(booking, A_MOMENT + 92 * DAY)
    receive(booking.to_pay, 3500, at=A_MOMENT + 92 * DAY)

    words = "Still to pay: £35.00, the difference to the full price,"
    link = "Pay, or see the bank details"
    assert in_time == [(f"{words} by 21 February 2027.", Tone.ACT, link)]
    assert late == [(f"{words} overdue since 21 February 2027.", Tone.STOP, link)]
    assert on_profile(booking, A_MOMENT + 92 * DAY) == []


def test_an_unpaid_place_stands_on_the_profile_with_its_hour():
    booking, _held_until = unpaid_place()

    words = "Still to pay: £95.00 by 27 November 2026, 10:00, or the place is freed."
    assert on_profile(booking) == [(words, Tone.ACT, "Pay, or see the bank details")]


def test_a_transfer_on_its_way_asks_nobody_to_pay():
    booking, _held_until = unpaid_place()
    transfers.say_sent(booking.invoice_id, at=A_MOMENT)

    [(words, tone, link)] = on_profile(booking)

    assert words.startswith("You told us on 22 November 2026 that you made a bank transfer.")
    assert (tone, link) == (Tone.WAIT, "See your booking")


def test_a_place_that_is_offered_stands_on_the_profile():
    booking = make_booking(state="offered", invoice=None)

    words = "A place is held for you until 27 November 2026, 10:00."
    assert on_profile(booking) == [(words, Tone.ACT, "Take it, or let it go")]


def test_what_is_paid_and_what_others_owe_does_not_stand_there():
    booking, _held_until = unpaid_place()
    other = book(make_event())
    receive(booking.invoice, 9500)

    assert on_profile(booking) == []
    assert on_profile(other) != []


def test_the_profile_itself_shows_it_and_says_no_fee_is_due():
    booking = owes_a_difference()
    client = Client()
    client.force_login(booking.person.user)

    page = client.get("/profile/").content.decode()

    assert "the difference to the full price" in page
    assert booking.path in page
    assert "You have nothing to pay" not in page
