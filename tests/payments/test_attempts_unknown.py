"""Attempts whose line to PayPal breaks: what is not known is asked again, and counts once."""

import pytest

from payments import attempts
from payments.demo_paypal.answers import Answer
from payments.models import Attempt
from tests.factories import A_MOMENT
from tests.payments.demo_site import Fault, refusal
from tests.payments.money import (
    HOUR,
    MINUTE,
    come_back,
    make_invoice,
    money_of,
    pay_until_approved,
    press_pay,
    receive,
)

pytestmark = pytest.mark.django_db
State = Attempt.State
CAPTURE = "/capture"


def test_paypal_away_at_the_start_is_said_and_the_same_order_is_asked_for_next_time(paypal):
    invoice = make_invoice()
    paypal.broken.append(Fault("POST", "/v2/checkout/orders", done=True))

    with pytest.raises(attempts.PaypalAway, match="PayPal is not answering"):
        press_pay(invoice)
    attempt = press_pay(invoice)

    assert Attempt.objects.get() == attempt
    assert (attempt.state, len(paypal.orders.latest())) == (State.WAITING, 1)


def test_an_order_never_made_is_dropped_when_the_sum_has_changed(paypal):
    invoice = make_invoice(7200)
    paypal.broken.append(Fault("POST", "/v2/checkout/orders"))
    with pytest.raises(attempts.PaypalAway):
        press_pay(invoice)
    receive(invoice, 2000)

    attempt = press_pay(invoice)

    assert (attempt.amount_pence, Attempt.objects.count()) == (5200, 2)


def test_nobody_listening_at_all_is_paypal_away(settings):
    settings.PAYPAL_ENDPOINT = "http://127.0.0.1:9"

    with pytest.raises(attempts.PaypalAway):
        press_pay(make_invoice())


def test_an_order_that_paypal_refuses_ends_the_attempt(paypal):
    invoice = make_invoice()
    answer = refusal("PAYEE_ACCOUNT_INVALID")
    paypal.broken.append(Fault("POST", "/v2/checkout/orders", answer=answer))

    with pytest.raises(attempts.PaypalRefused):
        press_pay(invoice)

    assert Attempt.objects.get().reason == "PAYEE_ACCOUNT_INVALID"
    assert press_pay(invoice).state == State.WAITING


def test_a_lost_answer_to_a_capture_is_found_again_and_counts_once(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)
    paypal.broken.append(Fault("POST", CAPTURE, done=True))

    unknown = come_back(attempt)
    attempts.sync_open(at=A_MOMENT + MINUTE)

    attempt.refresh_from_db()
    assert (unknown.state, bool(unknown.last_error)) == (State.CAPTURING, True)
    assert (attempt.state, money_of(invoice)) == (State.CAPTURED, [7200])
    assert paypal.count("POST", CAPTURE) == 1


def test_a_capture_that_never_arrived_is_asked_for_again_with_the_same_id(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)
    paypal.broken.append(Fault("POST", CAPTURE))
    unknown = come_back(attempt)

    early = come_back(attempt, at=A_MOMENT + 59 * MINUTE / 60)
    late = come_back(attempt, at=A_MOMENT + MINUTE)

    assert (early.state, late.state) == (State.CAPTURING, State.CAPTURED)
    assert late.capture_request_id == unknown.capture_request_id
    assert money_of(invoice) == [7200]


def test_nobody_pays_twice_while_a_capture_is_unknown(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)
    paypal.broken.append(Fault("POST", CAPTURE, times=9))
    come_back(attempt)

    with pytest.raises(attempts.BeingChecked, match="please do not pay again"):
        press_pay(invoice)


def test_an_order_already_captured_is_read_again(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)
    fault = Fault("POST", CAPTURE, done=True, answer=refusal("ORDER_ALREADY_CAPTURED"))
    paypal.broken.append(fault)

    attempt = come_back(attempt)

    assert (attempt.state, money_of(invoice)) == (State.CAPTURED, [7200])


def test_waiting_times_grow_while_paypal_is_away(paypal):
    attempt = press_pay(make_invoice())
    paypal.broken.append(Fault("GET", attempt.order_id, times=9))

    waits = []
    for _ in range(7):
        attempt = come_back(attempt)
        waits.append((attempt.next_check_at - A_MOMENT) / MINUTE)

    assert waits == [1, 2, 5, 15, 60, 24 * 60, 24 * 60]


def test_an_order_that_paypal_forgot_runs_out(paypal):
    attempt = press_pay(make_invoice())
    with paypal.store.writing() as rows:
        rows.execute("DELETE FROM orders")

    assert come_back(attempt).reason == "UNKNOWN_TO_PAYPAL"


def test_a_page_of_a_proxy_that_says_404_does_not_end_an_attempt(paypal):
    attempt = press_pay(make_invoice())
    paypal.broken.append(Fault("GET", attempt.order_id, answer=Answer(404, b"<h1>404</h1>")))

    assert come_back(attempt).state == State.WAITING


def test_an_attempt_that_never_had_an_order_runs_out_after_two_hours(paypal):
    paypal.broken.append(Fault("POST", "/v2/checkout/orders"))
    invoice = make_invoice()
    with pytest.raises(attempts.PaypalAway):
        press_pay(invoice)

    attempts.sync_open(at=A_MOMENT + 2 * HOUR)

    assert Attempt.objects.get().reason == "NO_ORDER"
