"""Attempts against the pretend PayPal: every way a payment can go, and every broken line."""

import pytest
from django.utils import timezone

from foundation.models import Letter
from membership import standing
from payments import attempts
from payments.demo_paypal.server import Answer, as_json
from payments.models import Attempt, Entry
from tests.factories import A_MOMENT
from tests.payments.demo_site import Fault
from tests.payments.money import (
    HOUR,
    MINUTE,
    come_back,
    make_invoice,
    money_of,
    press_pay,
    receive,
)

pytestmark = pytest.mark.django_db
State = Attempt.State
CAPTURE = "/capture"


def is_active(invoice):
    return standing.of(invoice.payer, timezone.localdate()).is_active


def refusal(issue, status=422):
    body = {"name": "UNPROCESSABLE_ENTITY", "details": [{"issue": issue}]}
    return as_json(status, body)


def pay_until_approved(paypal, invoice, choice="pay"):
    attempt = press_pay(invoice)
    paypal.press(attempt.order_id, choice)
    return attempt


def test_paying_goes_to_paypal_and_back_and_activates(paypal):
    invoice = make_invoice(7200)
    attempt = press_pay(invoice)

    back = paypal.press(attempt.order_id, "pay")
    attempt = come_back(attempt)

    assert attempt.approval_url == f"{paypal.base_url}/checkoutnow?token={attempt.order_id}"
    assert f"/payments/paypal/return/{attempt.token}/" in back
    assert (attempt.state, attempt.fee_pence, attempt.reason) == (State.CAPTURED, 239, "")
    entry = Entry.objects.payments().get()
    assert (entry.pence, entry.method, entry.source_key) == (
        7200,
        "paypal",
        f"paypal:capture:{attempt.capture_id}",
    )
    assert is_active(invoice)


def test_paypal_sees_the_invoice_the_sum_and_no_personal_detail(paypal):
    invoice = make_invoice(7200)
    attempt = press_pay(invoice)

    unit = paypal.orders.show(attempt.order_id)["purchase_units"][0]

    assert unit["invoice_id"] == f"{invoice.number}-{attempt.ref}"
    assert unit["custom_id"] == attempt.ref
    assert unit["amount"] == {"currency_code": "GBP", "value": "72.00"}
    assert invoice.payer.family_name not in str(unit)


def test_pressing_pay_twice_gives_the_same_order(paypal):
    invoice = make_invoice()

    first, second = press_pay(invoice), press_pay(invoice)

    assert (second.pk, second.order_id) == (first.pk, first.order_id)
    assert paypal.count("POST", "/v2/checkout/orders") == 1


@pytest.mark.parametrize(("minutes", "same"), [(119, True), (120, False)])
def test_an_order_is_offered_again_for_two_hours(paypal, minutes, same):
    invoice = make_invoice()
    first = press_pay(invoice)

    second = press_pay(invoice, at=A_MOMENT + minutes * MINUTE)

    first.refresh_from_db()
    assert (second.pk == first.pk, first.is_open) == (same, same)


def test_an_order_of_another_sum_is_replaced(paypal):
    invoice = make_invoice(7200)
    first = press_pay(invoice)
    receive(invoice, 2000)

    second = press_pay(invoice)

    first.refresh_from_db()
    assert (first.state, first.reason) == (State.EXPIRED, "REPLACED")
    assert (second.amount_pence, second.state) == (5200, State.WAITING)


def test_a_payment_approved_before_pay_was_pressed_again_is_taken_not_repeated(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)

    again = press_pay(invoice)

    assert (again.pk, again.state, money_of(invoice)) == (attempt.pk, State.CAPTURED, [7200])


def test_cancelling_takes_nothing_and_leaves_the_fee_due(paypal):
    invoice = make_invoice()
    attempt = press_pay(invoice)
    paypal.press(attempt.order_id, "cancel")

    attempt = attempts.cancel(attempt.pk, at=A_MOMENT)

    assert (attempt.state, attempt.invoice.rest_pence) == (State.CANCELLED, 7200)
    assert press_pay(invoice).pk != attempt.pk


def test_a_cancel_page_opened_after_approval_does_not_lose_the_money(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)

    attempt = attempts.cancel(attempt.pk, at=A_MOMENT)

    assert (attempt.state, is_active(invoice)) == (State.CAPTURED, True)


def test_an_order_approved_after_it_was_cancelled_is_not_captured(paypal):
    attempt = press_pay(make_invoice())
    attempts.cancel(attempt.pk, at=A_MOMENT)
    paypal.press(attempt.order_id, "pay")

    attempt = come_back(attempt)

    assert (attempt.state, paypal.count("POST", CAPTURE)) == (State.CANCELLED, 0)


def test_a_cancel_while_paypal_is_away_changes_nothing(paypal):
    attempt = press_pay(make_invoice())
    paypal.faults.append(Fault("GET", attempt.order_id))

    attempt = attempts.cancel(attempt.pk, at=A_MOMENT)

    assert (attempt.state, bool(attempt.last_error)) == (State.WAITING, True)


def test_a_refused_card_leaves_the_same_order_open_for_another(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice, "decline")

    refused = come_back(attempt)
    again = press_pay(invoice)
    paypal.press(again.order_id, "pay")
    paid = come_back(again)

    assert (refused.state, refused.reason, refused.try_no) == (
        State.WAITING,
        "INSTRUMENT_DECLINED",
        2,
    )
    assert (again.pk, paid.state, money_of(invoice)) == (attempt.pk, State.CAPTURED, [7200])
    assert paid.capture_request_id.endswith("-2")


def test_an_order_that_stays_approved_after_a_refused_card_is_not_captured_by_the_sweep(paypal):
    attempt = pay_until_approved(paypal, make_invoice())
    paypal.faults.append(Fault("POST", CAPTURE, answer=refusal("INSTRUMENT_DECLINED")))
    come_back(attempt)

    attempts.sync_open(at=A_MOMENT + HOUR)

    attempt.refresh_from_db()
    assert (attempt.state, paypal.count("POST", CAPTURE)) == (State.WAITING, 1)


@pytest.mark.parametrize(
    "issue", ["TRANSACTION_REFUSED", "PAYER_CANNOT_PAY", "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED"]
)
def test_a_definite_refusal_ends_the_attempt_and_pay_starts_another(paypal, issue):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)
    paypal.faults.append(Fault("POST", CAPTURE, answer=refusal(issue)))

    attempt = come_back(attempt)

    assert (attempt.state, attempt.reason) == (State.DECLINED, issue)
    assert press_pay(invoice).pk != attempt.pk


def test_a_refusal_of_our_own_account_is_told_to_the_office(paypal):
    attempt = pay_until_approved(paypal, make_invoice())
    paypal.faults.append(Fault("POST", CAPTURE, answer=refusal("PAYEE_ACCOUNT_RESTRICTED")))

    come_back(attempt)

    assert Letter.objects.get(kind="office_payment_alert").to == "info@cmsuk.org"


def test_pending_money_activates_nobody_and_bars_a_second_payment(paypal):
    invoice = make_invoice()
    attempt = come_back(pay_until_approved(paypal, invoice, "pending"))

    with pytest.raises(attempts.BeingChecked):
        press_pay(invoice)

    assert (attempt.state, attempt.reason) == (State.PENDING, "PENDING_REVIEW")
    assert (money_of(invoice), is_active(invoice)) == ([], False)


@pytest.mark.parametrize(
    ("completed", "state", "money", "letters"),
    [(True, State.CAPTURED, [7200], 0), (False, State.DECLINED, [], 1)],
)
def test_pending_money_is_settled_by_paypals_last_word(paypal, completed, state, money, letters):
    invoice = make_invoice()
    attempt = come_back(pay_until_approved(paypal, invoice, "pending"))
    paypal.orders.settle_pending(attempt.capture_id, completed=completed)

    attempts.sync_open(at=A_MOMENT + HOUR)

    attempt.refresh_from_db()
    assert (attempt.state, money_of(invoice), is_active(invoice)) == (state, money, completed)
    assert Letter.objects.filter(kind="payment_declined").count() == letters


def test_paypal_away_at_the_start_is_said_and_the_same_order_is_asked_for_next_time(paypal):
    invoice = make_invoice()
    paypal.faults.append(Fault("POST", "/v2/checkout/orders", done=True))

    with pytest.raises(attempts.PaypalAway, match="PayPal is not answering"):
        press_pay(invoice)
    attempt = press_pay(invoice)

    assert Attempt.objects.get() == attempt
    assert (attempt.state, len(paypal.orders.latest())) == (State.WAITING, 1)


def test_nobody_listening_at_all_is_paypal_away(settings):
    settings.PAYPAL_ENDPOINT = "http://127.0.0.1:9"

    with pytest.raises(attempts.PaypalAway):
        press_pay(make_invoice())


def test_an_order_that_paypal_refuses_ends_the_attempt(paypal):
    invoice = make_invoice()
    answer = refusal("PAYEE_ACCOUNT_INVALID")
    paypal.faults.append(Fault("POST", "/v2/checkout/orders", answer=answer))

    with pytest.raises(attempts.PaypalRefused):
        press_pay(invoice)

    assert Attempt.objects.get().reason == "PAYEE_ACCOUNT_INVALID"
    assert press_pay(invoice).state == State.WAITING


def test_a_lost_answer_to_a_capture_is_found_again_and_counts_once(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)
    paypal.faults.append(Fault("POST", CAPTURE, done=True))

    unknown = come_back(attempt)
    attempts.sync_open(at=A_MOMENT + MINUTE)

    attempt.refresh_from_db()
    assert (unknown.state, bool(unknown.last_error)) == (State.CAPTURING, True)
    assert (attempt.state, money_of(invoice)) == (State.CAPTURED, [7200])
    assert paypal.count("POST", CAPTURE) == 1


def test_a_capture_that_never_arrived_is_asked_for_again_with_the_same_id(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)
    paypal.faults.append(Fault("POST", CAPTURE))
    unknown = come_back(attempt)

    early = come_back(attempt, at=A_MOMENT + 59 * MINUTE / 60)
    late = come_back(attempt, at=A_MOMENT + MINUTE)

    assert (early.state, late.state) == (State.CAPTURING, State.CAPTURED)
    assert late.capture_request_id == unknown.capture_request_id
    assert money_of(invoice) == [7200]


def test_nobody_pays_twice_while_a_capture_is_unknown(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)
    paypal.faults.append(Fault("POST", CAPTURE, times=9))
    come_back(attempt)

    with pytest.raises(attempts.BeingChecked, match="please do not pay again"):
        press_pay(invoice)


def test_an_order_already_captured_is_read_again(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)
    fault = Fault("POST", CAPTURE, done=True, answer=refusal("ORDER_ALREADY_CAPTURED"))
    paypal.faults.append(fault)

    attempt = come_back(attempt)

    assert (attempt.state, money_of(invoice)) == (State.CAPTURED, [7200])


def test_waiting_times_grow_while_paypal_is_away(paypal):
    attempt = press_pay(make_invoice())
    paypal.faults.append(Fault("GET", attempt.order_id, times=9))

    waits = []
    for _ in range(6):
        attempt = come_back(attempt)
        waits.append((attempt.next_check_at - A_MOMENT) / MINUTE)

    assert waits == [1, 2, 5, 15, 60, 60]


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


def test_an_order_that_paypal_forgot_runs_out(paypal):
    attempt = press_pay(make_invoice())
    with paypal.store.writing() as rows:
        rows.execute("DELETE FROM orders")

    assert come_back(attempt).reason == "UNKNOWN_TO_PAYPAL"


def test_a_page_of_a_proxy_that_says_404_does_not_end_an_attempt(paypal):
    attempt = press_pay(make_invoice())
    paypal.faults.append(Fault("GET", attempt.order_id, answer=Answer(404, b"<h1>404</h1>")))

    assert come_back(attempt).state == State.WAITING


def test_an_attempt_that_never_had_an_order_runs_out_after_two_hours(paypal):
    paypal.faults.append(Fault("POST", "/v2/checkout/orders"))
    invoice = make_invoice()
    with pytest.raises(attempts.PaypalAway):
        press_pay(invoice)

    attempts.sync_open(at=A_MOMENT + 2 * HOUR)

    assert Attempt.objects.get().reason == "NO_ORDER"


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


def test_a_capture_is_dated_by_the_day_paypal_names(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)

    come_back(attempt)

    assert Entry.objects.payments().get().occurred_on == timezone.localdate()
