"""Attempts that must not be captured, and those that run out."""

import pytest

from foundation.models import Letter
from payments import attempts
from payments.models import Attempt
from tests.factories import A_MOMENT
from tests.payments.money import (
    HOUR,
    MINUTE,
    come_back,
    make_invoice,
    money_of,
    pay_by_paypal,
    press_pay,
    receive,
)

pytestmark = pytest.mark.django_db
State = Attempt.State
CAPTURE = "/capture"


def test_money_by_bank_while_an_order_waits_is_not_taken_a_second_time(paypal):
    invoice = make_invoice()
    attempt = press_pay(invoice)
    receive(invoice, 7200)
    paypal.press(attempt.order_id, "pay")

    attempt = come_back(attempt)

    assert (attempt.state, attempt.reason) == (State.CANCELLED, "PAID_OTHERWISE")
    assert (money_of(invoice), paypal.count("POST", CAPTURE)) == ([7200], 0)


def test_a_fee_cancelled_while_an_order_waits_is_not_taken(paypal):
    invoice = make_invoice()
    attempt = press_pay(invoice)
    invoice.fee.cancelled_at = A_MOMENT
    invoice.fee.save()
    paypal.press(attempt.order_id, "pay")

    attempt = come_back(attempt)

    assert (attempt.state, paypal.count("POST", CAPTURE)) == (State.CANCELLED, 0)


def test_nothing_is_started_for_an_invoice_that_is_paid_or_withdrawn(paypal):
    paid, withdrawn = make_invoice(), make_invoice()
    receive(paid, 7200)
    withdrawn.fee.cancelled_at = A_MOMENT
    withdrawn.fee.save()

    for invoice in (paid, withdrawn):
        with pytest.raises(attempts.NothingToPay):
            press_pay(invoice)

    assert paypal.asked == []


def test_an_order_with_another_sum_is_stopped_and_told_to_the_office(paypal):
    invoice = make_invoice()
    attempt = press_pay(invoice)
    tamper(paypal, attempt, "72.01")
    paypal.press(attempt.order_id, "pay")

    attempt = come_back(attempt)

    assert (attempt.state, attempt.reason) == (State.MISMATCH, "OTHER_AMOUNT")
    assert (money_of(invoice), paypal.count("POST", CAPTURE)) == ([], 0)
    assert attempt.ref in Letter.objects.get(kind="office_payment_alert").text


def tamper(paypal, attempt, value):
    with paypal.store.writing() as rows:
        order = rows.order(attempt.order_id)
        order["view"]["purchase_units"][0]["amount"]["value"] = value
        rows.save_order(order)


def test_money_captured_for_a_closed_attempt_is_booked_all_the_same(paypal):
    invoice = make_invoice()
    attempt = press_pay(invoice)
    attempts.cancel(attempt.pk, at=A_MOMENT)
    paypal.press(attempt.order_id, "pay")
    paypal.gateway().capture(attempt.order_id, request_id="from elsewhere")

    attempt = come_back(attempt)

    assert (attempt.state, money_of(invoice)) == (State.CAPTURED, [7200])


def test_an_order_nobody_approved_runs_out_after_three_days(paypal):
    attempt = press_pay(make_invoice())

    attempts.sync_open(at=A_MOMENT + 72 * HOUR)

    attempt.refresh_from_db()
    assert (attempt.state, attempt.reason) == (State.EXPIRED, "TOO_OLD")


def test_the_sweep_asks_only_about_what_is_due(paypal):
    attempt = press_pay(make_invoice())

    counts = [attempts.sync_open(at=A_MOMENT + minutes * MINUTE) for minutes in (4, 5, 6)]

    attempt.refresh_from_db()
    assert counts == [0, 1, 0]
    assert attempt.next_check_at == A_MOMENT + 10 * MINUTE


def test_attempts_of_another_installation_are_left_alone(paypal, settings):
    attempt = press_pay(make_invoice())
    asked = len(paypal.asked)
    settings.PAYPAL_ENV = "live"

    swept = attempts.sync_open(at=A_MOMENT + HOUR)
    come_back(attempt)

    assert (swept, len(paypal.asked)) == (0, asked)


def test_one_attempt_that_cannot_be_written_does_not_hold_up_the_others(paypal):
    first, second = press_pay(make_invoice()), press_pay(make_invoice())
    known = pay_by_paypal(paypal)
    for attempt in (first, second):
        paypal.press(attempt.order_id, "pay")
    paypal.gateway().capture(first.order_id, request_id="from elsewhere")
    give_capture_id(paypal, first, known.capture_id)

    attempts.sync_open(at=A_MOMENT + HOUR)

    states = [Attempt.objects.get(pk=one.pk).state for one in (first, second)]
    assert states == [State.WAITING, State.CAPTURED]


def give_capture_id(paypal, attempt, capture_id):
    with paypal.store.writing() as rows:
        order = rows.order(attempt.order_id)
        order["view"]["purchase_units"][0]["payments"]["captures"][0]["id"] = capture_id
        rows.save_order(order)


def test_what_was_paid_stays_paid_whatever_the_order_says_later(paypal, settings):
    attempt = pay_by_paypal(paypal)
    settings.PAYPAL_MERCHANT_ID = "ANOTHER"

    attempt = come_back(attempt)

    assert (attempt.state, money_of(attempt.invoice)) == (State.CAPTURED, [7200])
