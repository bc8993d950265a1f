"""Disputes at PayPal: a person is told, and nothing else moves."""

import datetime as dt

import pytest

from foundation.models import Letter
from payments import alarms, disputes
from payments.ledger_checks import violations
from payments.models import Dispute
from tests.factories import A_MOMENT, make_officer
from tests.payments.demo_site import Fault
from tests.payments.money import is_active, money_of, pay_by_paypal

pytestmark = pytest.mark.django_db
LIST = "/v1/customer/disputes"
LATER = A_MOMENT + dt.timedelta(hours=1)


def told():
    return Letter.objects.filter(kind="office_payment_alert").count()


@pytest.fixture
def attempt(paypal):
    return pay_by_paypal(paypal)


def test_a_dispute_is_found_by_the_sweep_without_any_message(paypal, attempt):
    case = paypal.disputes.open(attempt.capture_id)

    looked = disputes.sweep(at=A_MOMENT)

    found = Dispute.objects.get()
    assert (looked, found.paypal_id, found.attempt) == (1, case["dispute_id"], attempt)
    assert (found.status, found.amount_pence) == ("WAITING_FOR_SELLER_RESPONSE", 7200)
    assert told() == 1


def test_a_dispute_moves_no_money_and_expels_nobody(paypal, attempt):
    paypal.disputes.open(attempt.capture_id)

    disputes.sweep(at=A_MOMENT)

    attempt.refresh_from_db()
    assert (attempt.state, money_of(attempt.invoice)) == ("captured", [7200])
    assert is_active(attempt.invoice)
    assert list(violations()) == []


def test_a_dispute_that_did_not_change_is_not_asked_about_again(paypal, attempt):
    case = paypal.disputes.open(attempt.capture_id)

    for _ in range(3):
        disputes.sweep(at=A_MOMENT)

    assert paypal.count("GET", case["dispute_id"]) == 1
    assert told() == 1


def test_news_of_a_dispute_calls_a_person_again(paypal, attempt):
    case = paypal.disputes.open(attempt.capture_id)
    disputes.sweep(at=A_MOMENT)
    alarms.deal_with(Dispute.objects.get(), by=make_officer(), at=A_MOMENT, note="Answered.")
    dealt = Dispute.objects.waiting().count()

    paypal.disputes.resolve(case["dispute_id"], for_buyer=True)
    disputes.look(case["dispute_id"], at=LATER)

    found = Dispute.objects.get()
    assert (dealt, found.outcome, found.dealt_at) == (0, "RESOLVED_BUYER_FAVOUR", None)
    assert told() == 2


def test_a_dispute_is_dealt_with_once_and_signed(paypal, attempt):
    paypal.disputes.open(attempt.capture_id)
    disputes.sweep(at=A_MOMENT)
    first, second = make_officer(), make_officer()

    signed = [
        alarms.deal_with(Dispute.objects.get(), by=by, at=A_MOMENT, note="Answered.")
        for by in (first, second)
    ]

    assert (signed, Dispute.objects.get().dealt_by) == ([True, False], first)


def test_every_page_of_the_list_is_read(paypal):
    for _ in range(3):
        paypal.disputes.open(pay_by_paypal(paypal).capture_id)
    first = paypal.disputes.page(size=2)

    token = paypal.gateway().disputes(since="", page_token="0").next_token
    looked = disputes.sweep(at=A_MOMENT)

    assert (len(first["items"]), "next_page_token=2" in first["links"][0]["href"]) == (2, True)
    assert (token, looked, Dispute.objects.count()) == ("", 3, 3)


def test_a_dispute_about_nothing_of_ours_is_left(paypal, attempt):
    case = paypal.disputes.open(attempt.capture_id)
    type(attempt).objects.update(env="live")

    disputes.look(case["dispute_id"], at=A_MOMENT)

    assert Dispute.objects.count() == 0


def test_an_app_that_may_not_see_disputes_does_not_stop_the_sweep(paypal, attempt):
    paypal.disputes.open(attempt.capture_id)
    paypal.broken.append(Fault("GET", LIST))

    assert disputes.sweep(at=A_MOMENT) == 0
    assert disputes.sweep(at=A_MOMENT) == 1


def test_a_dispute_that_cannot_be_read_is_said(paypal, attempt):
    case = paypal.disputes.open(attempt.capture_id)
    paypal.broken.append(Fault("GET", case["dispute_id"]))

    assert "503" in disputes.look(case["dispute_id"], at=A_MOMENT)
    assert disputes.look("PP-D-UNKNOWN", at=A_MOMENT) == ""
