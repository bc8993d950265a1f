"""The pretend PayPal through the very transport that goes live: every path a payment can take."""

import pytest
import requests

from payments import demo_paypal
from payments.gateways.errors import PaypalError
from payments.gateways.orders import Money, RefundRequest, write_order
from tests.patience import PATIENCE
from tests.payments.demo_site import query_of, running, wanted


def issue_of(call, *args, **kwargs):
    with pytest.raises(PaypalError) as caught:
        call(*args, **kwargs)
    return caught.value.status, caught.value.issue


def make_order(paypal, **changes):
    return paypal.gateway().create_order(wanted(**changes), request_id="order-1")


def test_a_payment_goes_through(paypal):
    gateway = paypal.gateway()
    new = make_order(paypal)

    back = paypal.press(new.id, "pay")
    taken = gateway.capture(new.id, request_id="capture-1")

    assert query_of(back) == {"of": "1", "token": new.id, "PayerID": "DEMOPAYER0001"}
    assert (taken.status, taken.custom_id, taken.amount) == ("COMPLETED", "attempt-1", Money(7200))
    assert taken.payee_merchant_id == demo_paypal.MERCHANT_ID
    assert [(c.status, c.amount, c.fee_pence) for c in taken.captures] == [
        ("COMPLETED", Money(7200), 239)
    ]
    assert gateway.order(new.id) == taken
    assert gateway.get_capture(taken.captures[0].id) == taken.captures[0]


def test_a_new_order_waits_for_the_payer(paypal):
    new = make_order(paypal)

    order = paypal.gateway().order(new.id)

    assert new.approval_url == f"{paypal.base_url}/checkoutnow?token={new.id}"
    assert (order.status, order.waits_for_payer, order.captures) == (
        "PAYER_ACTION_REQUIRED",
        True,
        (),
    )


def test_cancelling_goes_back_and_leaves_the_order_waiting(paypal):
    new = make_order(paypal)

    back = paypal.press(new.id, "cancel")

    assert back == f"http://127.0.0.1:8000/cancelled?token={new.id}"
    assert paypal.gateway().order(new.id).waits_for_payer


def test_a_declined_card_is_refused_and_the_payer_may_choose_another(paypal):
    gateway = paypal.gateway()
    new = make_order(paypal)
    paypal.press(new.id, "decline")

    first = issue_of(gateway.capture, new.id, request_id="capture-1")
    paypal.press(new.id, "pay")
    second = gateway.capture(new.id, request_id="capture-2")

    assert first == (422, "INSTRUMENT_DECLINED")
    assert second.captures[0].status == "COMPLETED"


@pytest.mark.parametrize(("word", "status"), [("complete", "COMPLETED"), ("deny", "DECLINED")])
def test_pending_money_is_settled_later_on_the_list_of_orders(paypal, word, status):
    gateway = paypal.gateway()
    new = make_order(paypal)
    paypal.press(new.id, "pending")
    pending = gateway.capture(new.id, request_id="capture-1").captures[0]

    act(paypal, pending, word)

    assert (pending.status, pending.reason, pending.fee_pence) == (
        "PENDING",
        "PENDING_REVIEW",
        None,
    )
    assert gateway.get_capture(pending.id).status == status


def test_capturing_before_approval_is_refused(paypal):
    new = make_order(paypal)

    refused = issue_of(paypal.gateway().capture, new.id, request_id="capture-1")

    assert refused == (422, "ORDER_NOT_APPROVED")


def test_capturing_twice_is_refused_but_the_same_request_id_is_answered_again(paypal):
    gateway = paypal.gateway()
    new = make_order(paypal)
    paypal.press(new.id, "pay")
    first = gateway.capture(new.id, request_id="capture-1")

    again = gateway.capture(new.id, request_id="capture-1")
    refused = issue_of(gateway.capture, new.id, request_id="capture-2")

    assert again == first
    assert refused == (422, "ORDER_ALREADY_CAPTURED")


def test_the_same_request_id_finds_the_same_order_and_takes_no_other_body(paypal):
    first = make_order(paypal)

    again = make_order(paypal)
    refused = issue_of(make_order, paypal, amount_pence=7300)

    assert again == first
    assert refused == (422, "DUPLICATE_REQUEST_ID")


def test_an_invoice_number_is_sold_once(paypal):
    gateway = paypal.gateway()
    first = make_order(paypal)
    rival = gateway.create_order(wanted(), request_id="order-2")
    paypal.press(first.id, "pay")
    paypal.press(rival.id, "pay")
    gateway.capture(first.id, request_id="capture-1")

    at_capture = issue_of(gateway.capture, rival.id, request_id="capture-2")
    at_creation = issue_of(gateway.create_order, wanted(), request_id="order-3")

    assert at_capture == at_creation == (422, "DUPLICATE_INVOICE_ID")


def test_an_unknown_order_or_capture_is_missing(paypal):
    with pytest.raises(PaypalError) as order:
        paypal.gateway().order("NOSUCHORDER")
    with pytest.raises(PaypalError) as capture:
        paypal.gateway().get_capture("NOSUCHCAPTURE")

    assert (order.value.missing, capture.value.missing) == (True, True)


BREAKAGES = [
    ({"intent": "AUTHORIZE"}, 400, "INVALID_PARAMETER_VALUE"),
    ({"purchase_units": []}, 400, "MISSING_REQUIRED_PARAMETER"),
    ({"surprise": 1}, 400, "NOT_SUPPORTED"),
    ({"payment_source": {"paypal": {}}}, 400, "MISSING_REQUIRED_PARAMETER"),
]
AMOUNTS = [
    ({"currency_code": "GBP", "value": "0.00"}, 422, "CANNOT_BE_ZERO_OR_NEGATIVE"),
    ({"currency_code": "GBP", "value": "-1"}, 422, "CANNOT_BE_ZERO_OR_NEGATIVE"),
    ({"currency_code": "GBP", "value": "0.001"}, 422, "DECIMAL_PRECISION"),
    ({"currency_code": "GBP", "value": "£72"}, 400, "INVALID_PARAMETER_SYNTAX"),
    ({"currency_code": "GBP", "value": 72}, 400, "INVALID_PARAMETER_SYNTAX"),
    ({"currency_code": "GBP"}, 400, "MISSING_REQUIRED_PARAMETER"),
    ({"currency_code": "XXX", "value": "72.00"}, 422, "INVALID_CURRENCY_CODE"),
    ({"currency_code": "GBPP", "value": "72.00"}, 400, "INVALID_STRING_LENGTH"),
]


def create_raw(paypal, body, headers=None):
    transport = paypal.gateway()._transport
    return transport.post("v2/checkout/orders", body, headers or {"PayPal-Request-Id": "r"})


@pytest.mark.parametrize(("change", "status", "issue"), BREAKAGES)
def test_a_broken_order_is_refused_as_paypal_would(paypal, change, status, issue):
    body = {**write_order(wanted()), **change}

    assert issue_of(create_raw, paypal, body) == (status, issue)


@pytest.mark.parametrize(("amount", "status", "issue"), AMOUNTS)
def test_a_broken_amount_is_refused_as_paypal_would(paypal, amount, status, issue):
    body = write_order(wanted())
    body["purchase_units"][0]["amount"] = amount

    assert issue_of(create_raw, paypal, body) == (status, issue)


@pytest.mark.parametrize(("length", "refused"), [(127, False), (128, True)])
def test_texts_longer_than_paypal_allows_are_refused(paypal, length, refused):
    body = write_order(wanted())
    body["purchase_units"][0]["custom_id"] = "x" * length

    if refused:
        assert issue_of(create_raw, paypal, body) == (400, "INVALID_STRING_LENGTH")
    else:
        assert create_raw(paypal, body)["status"] == "PAYER_ACTION_REQUIRED"


def test_an_order_without_a_request_id_is_refused(paypal):
    refused = issue_of(create_raw, paypal, write_order(wanted()), {"Prefer": "x"})

    assert refused == (400, "PAYPAL_REQUEST_ID_REQUIRED")


def test_a_get_with_a_body_is_refused(paypal):
    token = paypal.gateway()._transport.get_token_hash()["access_token"]

    answer = requests.get(
        f"{paypal.base_url}/v2/checkout/orders/O1",
        data=b"null",
        headers={"Authorization": f"Bearer {token}"},
        timeout=PATIENCE,
    )

    assert (answer.status_code, answer.json()["details"][0]["issue"]) == (
        400,
        "MALFORMED_REQUEST_JSON",
    )


def test_a_stranger_without_a_token_is_refused_in_paypals_shape(paypal):
    answer = requests.get(f"{paypal.base_url}/v2/checkout/orders/O1", timeout=PATIENCE)

    assert answer.status_code == 401
    assert sorted(answer.json()) == ["debug_id", "details", "links", "message", "name"]


def test_orders_outlive_a_restart(tmp_path):
    state = tmp_path / "paypal.sqlite3"
    with running(state=state) as before:
        new = make_order(before)
        before.press(new.id, "pay")

    with running(state=state) as after:
        taken = after.gateway().capture(new.id, request_id="capture-1")

    assert taken.captures[0].status == "COMPLETED"


def test_the_approval_page_says_what_is_bought_and_that_no_money_moves(paypal):
    new = make_order(paypal, description="Membership <b>of</b> Łukasz")

    page = requests.get(new.approval_url, timeout=PATIENCE)

    assert page.text.count("<h1>") == 1
    assert "Demo PayPal: no money moves" in page.text
    assert "Membership &lt;b&gt;of&lt;/b&gt; Łukasz" in page.text
    assert "£72.00" in page.text
    assert [
        word
        for word in ("Pay", "Cancel", "Decline", "Leave pending")
        if f">{word}</button>" in page.text
    ] == [
        "Pay",
        "Cancel",
        "Decline",
        "Leave pending",
    ]
    assert page.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; form-action 'self' http://127.0.0.1:8000;"
        " frame-ancestors 'none'; base-uri 'none'"
    )


def test_an_answered_order_cannot_be_answered_again(paypal):
    new = make_order(paypal)
    paypal.press(new.id, "pay")

    page = requests.get(new.approval_url, timeout=PATIENCE)
    paypal.press(new.id, "decline")

    assert "<button" not in page.text
    assert paypal.gateway().capture(new.id, request_id="c").captures[0].status == "COMPLETED"


def test_an_unknown_order_has_a_page_that_says_so(paypal):
    page = requests.get(f"{paypal.base_url}/checkoutnow?token=NO", timeout=PATIENCE)

    assert (page.status_code, "knows no such order" in page.text) == (404, True)


# What goes back -------------------------------------------------------------------------------


def captured(paypal, choice="pay"):
    new = make_order(paypal)
    paypal.press(new.id, choice)
    return paypal.gateway().capture(new.id, request_id="capture-1").captures[0]


def give_back(paypal, capture, pence=2000, request_id="refund-1"):
    wanted = RefundRequest(ref=f"R-{request_id}", amount_pence=pence, note="A reason.")
    return paypal.gateway().refund(capture.id, wanted, request_id=request_id)


def test_money_goes_back_in_parts_and_the_capture_says_so(paypal):
    capture = captured(paypal)

    first = give_back(paypal, capture)
    part = paypal.gateway().get_capture(capture.id).status
    give_back(paypal, capture, 5200, "refund-2")

    assert (first.status, first.custom_id, first.total_pence) == ("COMPLETED", "R-refund-1", 2000)
    assert (first.capture_id, part) == (capture.id, "PARTIALLY_REFUNDED")
    assert paypal.gateway().get_capture(capture.id).status == "REFUNDED"
    assert paypal.gateway().get_refund(first.id) == first


def test_the_same_refund_asked_twice_is_one_and_takes_no_other_sum(paypal):
    capture = captured(paypal)
    first = give_back(paypal, capture)

    again = give_back(paypal, capture)
    refused = issue_of(give_back, paypal, capture, 2001)

    assert (again, refused, len(paypal.refunds.all())) == (first, (422, "DUPLICATE_REQUEST_ID"), 1)


@pytest.mark.parametrize(
    ("choice", "pence", "issue"),
    [("pay", 7201, "REFUND_AMOUNT_EXCEEDED"), ("pending", 100, "PENDING_CAPTURE")],
)
def test_what_cannot_go_back_is_refused(paypal, choice, pence, issue):
    capture = captured(paypal, choice)

    assert issue_of(give_back, paypal, capture, pence) == (422, issue)


def test_nothing_more_goes_back_than_came(paypal):
    capture = captured(paypal)
    give_back(paypal, capture, 7200)

    refused = issue_of(give_back, paypal, capture, 1, "refund-2")

    assert refused == (422, "CAPTURE_FULLY_REFUNDED")


def act(paypal, capture, choice):
    requests.post(
        f"{paypal.base_url}/captures",
        data={"capture": capture.id, "choice": choice},
        timeout=PATIENCE,
    )


@pytest.mark.parametrize("choice", ["refund", "reverse"])
def test_money_goes_back_by_a_button_on_the_list_of_orders(paypal, choice):
    capture = captured(paypal)
    page = requests.get(f"{paypal.base_url}/", timeout=PATIENCE).text

    act(paypal, capture, choice)

    assert f'name="choice" value="{choice}"' in page
    assert paypal.gateway().get_capture(capture.id).status == "REFUNDED"
    assert "Refunded" in requests.get(f"{paypal.base_url}/", timeout=PATIENCE).text


def test_a_payer_complains_by_a_button_on_the_list_of_orders(paypal):
    capture = captured(paypal)

    act(paypal, capture, "dispute")
    act(paypal, capture, "dispute")

    listed = paypal.gateway().disputes(since="2026-11-01T00:00:00.000Z").disputes
    dispute = paypal.gateway().dispute(listed[0].id)
    assert (len(listed), dispute.capture_ids, dispute.amount_pence) == (1, (capture.id,), 7200)


def test_the_list_of_disputes_wants_to_know_since_when(paypal):
    refused = issue_of(paypal.gateway().disputes, since="", page_token="")

    assert refused == (400, "INVALID_PARAMETER_VALUE")
