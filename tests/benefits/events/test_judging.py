"""After an event: who was no member on its day pays the other price, and the other way round."""

import datetime as dt

import pytest

from benefits.models import Booking
from foundation.models import Letter
from membership.models import MoneyKnown
from payments import credit, given_back
from payments.models import Invoice
from tests.benefits.events.make import DAY, make_event
from tests.benefits.events.steps import again, book, faults, letters_to, send_refunds, sweep
from tests.factories import A_DAY, A_MOMENT, make_fee, make_member, make_person
from tests.payments.money import pay_by_paypal, receive

pytestmark = pytest.mark.django_db
EVENT_DAY = A_DAY + 60 * DAY
GRACE = dt.timedelta(days=30)


def paid(event, person):
    booking = book(event, person)
    receive(booking.invoice, booking.pence)
    sweep()
    return again(booking)


def after(event, days=1):
    return event.starts_at + days * DAY


def member_until(ends_on):
    return make_member(starts_on=dt.date(2026, 1, 1), ends_on=ends_on)


def test_a_member_who_lapsed_by_the_day_of_the_event_pays_the_other_price():
    event = make_event()
    booking = paid(event, member_until(EVENT_DAY - GRACE - DAY))

    sweep(after(event))

    judged = again(booking)
    difference = judged.difference_invoice
    assert (booking.pence, difference.total_pence, difference.state) == (6000, 3500, "issued")
    assert booking.pence + difference.total_pence == event.other_pence
    assert letters_to(booking)[-1] == "event_difference"
    assert "did not cover 21 January 2027" in Letter.objects.get(kind="event_difference").text
    assert judged.is_confirmed
    assert faults() == []


def test_the_last_day_of_grace_keeps_the_members_price():
    event = make_event()
    booking = paid(event, member_until(EVENT_DAY - GRACE))

    sweep(after(event))

    assert again(booking).difference_invoice is None
    assert again(booking).judged_at == after(event)


def test_a_member_who_renewed_in_time_owes_nothing():
    event, person = make_event(), member_until(A_DAY + DAY)
    booking = paid(event, person)
    start = A_DAY + 2 * DAY
    make_fee(
        person, settled_on=start, starts_on=start, ends_on=start + 364 * DAY, purpose="renewal"
    )

    sweep(after(event))

    assert again(booking).difference_invoice is None


def test_who_joined_before_the_event_gets_the_difference_back(paypal):
    event, person = make_event(), make_person()
    booking = book(event, person)
    pay_by_paypal(paypal, booking.invoice)
    sweep()
    make_member(person, starts_on=EVENT_DAY, ends_on=EVENT_DAY + 364 * DAY)

    sweep(after(event))
    send_refunds(booking)

    invoice = Invoice.objects.get(pk=booking.invoice_id)
    assert (invoice.asked_pence, invoice.paid_pence, invoice.state) == (6000, 6000, "paid")
    assert letters_to(booking)[-2:] == ["event_difference_back", "refunded"]
    assert faults() == []


def test_a_difference_that_came_by_transfer_is_credit_until_the_office_sends_it():
    event, person = make_event(member_pence=0), make_person()
    booking = paid(event, person)
    make_member(person, starts_on=EVENT_DAY, ends_on=EVENT_DAY + 364 * DAY)

    sweep(after(event))

    judged = again(booking)
    assert (judged.invoice.state, judged.is_confirmed) == ("credited", True)
    assert list(given_back.to_send_back()) == [judged.invoice]
    assert credit.free_credit_of(judged.invoice.account) == 9500
    assert faults() == []


def test_prices_that_changed_since_change_nothing_for_who_booked():
    event = make_event()
    booking = paid(event, member_until(A_DAY + DAY))
    event.other_pence = 20_000
    event.save()

    sweep(after(event))

    assert again(booking).difference_invoice.total_pence == 3500


def test_nobody_is_judged_on_the_day_itself_and_nobody_twice():
    event = make_event()
    booking = paid(event, member_until(A_DAY + DAY))

    sweep(event.ends_at + dt.timedelta(hours=1))
    on_the_day = again(booking).judged_at
    sweep(after(event))
    sweep(after(event, 2))

    assert on_the_day is None
    assert Invoice.objects.filter(text__startswith="Difference").count() == 1


def test_nobody_is_judged_before_bank_statements_are_known_for_the_day():
    event = make_event()
    booking = paid(event, member_until(A_DAY + DAY))
    MoneyKnown.objects.create(until_on=event.day - DAY)

    sweep(after(event))
    early = again(booking).judged_at
    MoneyKnown.objects.update(until_on=event.day)
    sweep(after(event))

    assert early is None
    assert again(booking).difference_invoice.total_pence == 3500


def test_who_never_paid_is_not_judged():
    event = make_event()
    booking = book(event, make_member())

    sweep(after(event))

    assert (again(booking).state, again(booking).judged_at) == (Booking.State.LAPSED, None)


def test_the_booking_page_offers_to_pay_the_difference_and_paying_settles_it():
    event = make_event()
    booking = paid(event, member_until(A_DAY + DAY))
    sweep(after(event))

    receive(again(booking).to_pay, 3500, at=A_MOMENT + 90 * DAY)

    assert again(booking).to_pay is None
    assert faults() == []
