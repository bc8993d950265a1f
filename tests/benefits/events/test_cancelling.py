"""Cancelling: by whoever booked, by the office, and for everybody when an event is off."""

import datetime as dt

import pytest

from benefits import bookings, cancelling, waiting
from benefits.cancelling import CannotCancel, Decision, NothingToCancel, TooLate, TooMuch
from benefits.models import Booking, Event
from foundation.models import Letter
from payments import credit, given_back
from payments.models import Invoice, Refund
from tests.benefits.events.make import DAY, make_draft, make_event, make_waiting
from tests.benefits.events.steps import again, book, faults, letters_to, send_refunds, sweep
from tests.factories import A_MOMENT, make_officer, make_person
from tests.payments.money import come_back, make_attempt, pay_by_paypal, press_pay, receive

pytestmark = pytest.mark.django_db
State = Booking.State


def cancel(booking, at=A_MOMENT):
    return cancelling.by_booker(booking.pk, by=None, at=at)


def paid_by_transfer(event, person=None):
    booking = book(event, person)
    receive(booking.invoice, booking.pence)
    sweep()
    return again(booking)


def test_an_unpaid_booking_is_cancelled_and_its_invoice_withdrawn():
    booking = book(make_event())

    decision = cancel(booking)

    gone = again(booking)
    assert (gone.state, gone.place_number, gone.invoice.state) == (State.CANCELLED, None, "void")
    assert decision.pence == 0
    assert letters_to(booking) == ["event_held", "event_cancelled"]
    assert faults() == []


def test_what_paypal_brought_goes_back_through_paypal(paypal):
    booking = book(make_event())
    pay_by_paypal(paypal, booking.invoice)
    sweep()

    cancel(booking)
    send_refunds(booking)

    invoice = Invoice.objects.get(pk=booking.invoice_id)
    refund = Refund.objects.get()
    assert (refund.state, refund.amount_pence, refund.origin) == ("completed", 9500, "terms")
    assert (invoice.state, invoice.paid_pence, invoice.credited_pence) == ("credited", 0, 9500)
    assert credit.free_credit_of(invoice.account) == 0
    assert list(given_back.to_send_back()) == []
    assert letters_to(booking)[-2:] == ["event_cancelled", "refunded"]
    assert faults() == []


def test_a_letter_about_a_refund_for_an_event_says_nothing_of_membership(paypal):
    booking = book(make_event())
    pay_by_paypal(paypal, booking.invoice)

    cancel(booking)
    send_refunds(booking)

    assert "embership" not in Letter.objects.get(kind="refunded").text


def test_half_goes_back_after_the_first_day_of_the_terms(paypal):
    event = make_event()
    booking = book(event)
    pay_by_paypal(paypal, booking.invoice)

    decision = cancel(booking, at=event.starts_at - 20 * DAY)
    send_refunds(booking)

    invoice = Invoice.objects.get(pk=booking.invoice_id)
    assert decision.pence == 4750
    assert (invoice.state, invoice.paid_pence, invoice.asked_pence) == ("paid", 4750, 4750)
    assert again(booking).refund_pence == 4750
    assert faults() == []


def test_late_nothing_goes_back():
    event = make_event()
    booking = paid_by_transfer(event)

    decision = cancel(booking, at=event.starts_at - 2 * DAY)

    assert (decision.pence, again(booking).state) == (0, State.CANCELLED)
    assert list(given_back.to_send_back()) == []
    assert faults() == []


def test_what_a_transfer_brought_waits_for_the_office_to_send_it_back():
    booking = paid_by_transfer(make_event())

    cancel(booking)

    assert list(given_back.to_send_back()) == [booking.invoice]
    assert credit.free_credit_of(booking.invoice.account) == 9500
    assert faults() == []


def test_once_the_event_has_begun_nobody_cancels():
    event = make_event()
    booking = paid_by_transfer(event)

    cancel(booking, at=event.starts_at - dt.timedelta(seconds=1))
    other = paid_by_transfer(event)

    with pytest.raises(TooLate):
        cancel(other, at=event.starts_at)


def test_nobody_cancels_twice():
    booking = paid_by_transfer(make_event())
    cancel(booking)

    with pytest.raises(NothingToCancel):
        cancel(booking)

    assert again(booking).invoice.credited_pence == 9500


def test_while_paypal_confirms_a_payment_nothing_is_cancelled():
    booking = book(make_event())
    make_attempt(
        booking.invoice,
        state="pending",
        order_id="O1",
        approval_url="https://example.org/",
        capture_id="C1",
    )

    with pytest.raises(given_back.BeingPaid):
        cancel(booking)

    assert again(booking).state == State.BOOKED


def test_a_place_that_is_given_up_is_offered_at_once():
    event = make_event(places=1)
    booking, first = book(event), make_waiting(event)

    cancel(booking)

    assert again(first).state == State.OFFERED


def test_leaving_the_waiting_list_frees_no_place():
    event = make_event(places=1)
    taken, first, second = book(event), make_waiting(event), make_waiting(event, at=A_MOMENT + DAY)

    cancel(first)

    assert [again(one).state for one in (taken, first, second)] == [
        "booked",
        "cancelled",
        "waiting",
    ]


def test_full_waited_for_freed_offered_paid(paypal):
    event = make_event(places=1)
    booked, waits = book(event), book(event)
    pay_by_paypal(paypal, booked.invoice)
    sweep()

    cancel(booked)
    send_refunds(booked)
    taken = bookings.accept(waits.pk, by=None, at=A_MOMENT)
    pay_by_paypal(paypal, taken.invoice)
    sweep()

    assert (again(booked).state, again(waits).is_confirmed) == (State.CANCELLED, True)
    assert again(waits).place_number == 1
    assert faults() == []


# The office ----------------------------------------------------------------------------------


def test_the_office_may_do_better_than_the_terms():
    event, officer = make_event(), make_officer()
    booking = paid_by_transfer(event)
    late = event.starts_at - DAY

    cancelling.by_office(booking.pk, Decision(9500, "You were ill."), by=officer, at=late)

    gone = again(booking)
    assert (gone.refund_pence, gone.refund_reason, gone.ended_by) == (
        9500,
        "You were ill.",
        officer,
    )
    assert "You were ill." in Letter.objects.get(kind="event_cancelled").text
    assert faults() == []


def test_nobody_gets_back_more_than_they_paid():
    booking = paid_by_transfer(make_event())

    with pytest.raises(TooMuch, match=r"£95\.00 was paid"):
        cancelling.by_office(booking.pk, Decision(9501, "Sorry"), by=make_officer(), at=A_MOMENT)


def test_an_event_that_is_called_off_gives_everybody_everything_back(paypal):
    event = make_event(places=3)
    by_paypal, unpaid = book(event), book(event)
    pay_by_paypal(paypal, by_paypal.invoice)
    by_transfer = paid_by_transfer(event)
    waits = book(event)
    day_before = event.starts_at - DAY

    told = cancelling.call_off(event.pk, reason="Snow.", by=make_officer(), at=day_before)
    send_refunds(by_paypal)
    sweep(day_before)

    event.refresh_from_db()
    everybody = (by_paypal, unpaid, by_transfer, waits)
    assert (event.state, event.cancel_reason, told) == (Event.State.CANCELLED, "Snow.", 4)
    assert {again(one).state for one in everybody} == {State.CANCELLED}
    assert [again(one).refund_pence for one in everybody] == [9500, 0, 9500, 0]
    assert list(given_back.to_send_back()) == [by_transfer.invoice]
    assert all("event_called_off" in letters_to(one) for one in everybody)
    assert faults() == []


def test_what_paypal_confirms_after_an_event_was_called_off_goes_back_too(paypal):
    event = make_event()
    booking = book(event)
    attempt = press_pay(booking.invoice)
    paypal.press(attempt.order_id, "pending")
    come_back(attempt)

    cancelling.call_off(event.pk, reason="Snow.", by=make_officer(), at=A_MOMENT)
    sweep()
    waits = again(booking)
    receive(booking.invoice, 9500, at=A_MOMENT + DAY)
    sweep(A_MOMENT + DAY)

    assert (waits.state, waits.invoice.state) == (State.CANCELLED, "issued")
    assert again(booking).invoice.state == "credited"
    assert again(booking).refund_pence == 9500
    assert list(given_back.to_send_back()) == [booking.invoice]
    assert faults() == []


@pytest.mark.parametrize("make", [make_draft, lambda: make_event(starts_at=A_MOMENT)])
def test_what_is_not_out_or_has_begun_is_not_called_off(make):
    with pytest.raises(CannotCancel):
        cancelling.call_off(make().pk, reason="Snow.", by=make_officer(), at=A_MOMENT)


def test_nothing_is_offered_for_an_event_that_is_off():
    event = make_event(places=1)
    book(event)
    cancelling.call_off(event.pk, reason="Snow.", by=make_officer(), at=A_MOMENT)
    make_waiting(event, make_person())

    assert waiting.offer(event.pk, at=A_MOMENT) == 0
