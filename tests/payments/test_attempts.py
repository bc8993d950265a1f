"""Attempts against the pretend PayPal: every way a payment can go."""

import pytest
from django.utils import timezone

from foundation.models import Letter
from payments import attempts
from payments.models import Attempt, Entry
from tests.factories import A_MOMENT
from tests.payments.demo_site import Fault, refusal
from tests.payments.money import (
    HOUR,
    MINUTE,
    come_back,
    is_active,
    make_invoice,
    money_of,
    pay_until_approved,
    press_pay,
    receive,
)

pytestmark = pytest.mark.django_db
State = Attempt.State
CAPTURE = "/capture"


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
    paypal.broken.append(Fault("GET", attempt.order_id))

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
    paypal.broken.append(Fault("POST", CAPTURE, answer=refusal("INSTRUMENT_DECLINED")))
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
    paypal.broken.append(Fault("POST", CAPTURE, answer=refusal(issue)))

    attempt = come_back(attempt)

    assert (attempt.state, attempt.reason) == (State.DECLINED, issue)
    assert press_pay(invoice).pk != attempt.pk


def test_a_refusal_of_our_own_account_is_told_to_the_office(paypal):
    attempt = pay_until_approved(paypal, make_invoice())
    paypal.broken.append(Fault("POST", CAPTURE, answer=refusal("PAYEE_ACCOUNT_RESTRICTED")))

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


def test_a_capture_is_dated_by_the_day_paypal_names(paypal):
    invoice = make_invoice()
    attempt = pay_until_approved(paypal, invoice)

    come_back(attempt)

    assert Entry.objects.payments().get().occurred_on == timezone.localdate()
