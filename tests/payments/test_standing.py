"""The money card of the profile: what, why, how much, by when, and how."""

import datetime as dt

import pytest
from django.template.loader import render_to_string

from payments import invoicing
from payments.models import Invoice
from payments.standing import FeeCard, fee_card
from tests.factories import A_DAY, A_MOMENT, make_approved, make_fee, make_member, make_person
from tests.payments.money import come_back, make_invoice, press_pay, receive

pytestmark = pytest.mark.django_db


def card_of(invoice):
    return fee_card(invoice.payer, at=A_MOMENT)


def shown(card):
    return render_to_string("payments/_fee_card.html", {"card": card, "society": {"email": "x"}})


def test_an_approved_applicant_sees_what_is_due_and_both_ways_to_pay():
    fee = make_approved(pence=7200)

    card = fee_card(fee.person, at=A_MOMENT)

    invoice = Invoice.objects.get()
    assert (card.is_due, card.rest_pence, card.due_on) == (True, 7200, A_DAY + dt.timedelta(90))
    assert card.why == "Your application is approved. This fee activates your membership."
    assert card.pay_url == f"/payments/{invoice.number}/pay/"
    assert card.bank_url == f"/payments/{invoice.number}/bank-transfer/"
    assert "Fee due: £72.00" in shown(card)
    assert ">Pay</button>" in shown(card)
    assert "Pay by BACS" in shown(card)


def test_somebody_without_a_fee_sees_nothing_to_pay():
    make_approved(pence=7200)

    card = fee_card(make_person(), at=A_MOMENT)

    assert card == FeeCard()
    assert "You have nothing to pay." in shown(card)
    assert "<button" not in shown(card)


def test_a_paid_fee_leaves_a_receipt_and_no_button():
    invoice = make_invoice(7200)
    receive(invoice, 8000)

    card = card_of(invoice)

    assert (card.is_due, card.credit_pence, card.receipts) == (False, 800, (invoice,))
    assert "£8.00 of credit" in shown(card)
    assert invoice.number in shown(card)


def test_part_of_a_fee_is_shown_with_the_rest():
    invoice = make_invoice(7200)
    receive(invoice, 2000)

    card = card_of(invoice)

    assert (card.paid_pence, card.rest_pence, card.credit_pence) == (2000, 5200, 0)
    assert "Received so far" in shown(card)


def test_money_that_is_being_checked_takes_the_pay_button_away(paypal):
    invoice = make_invoice()
    attempt = press_pay(invoice)
    paypal.press(attempt.order_id, "pending")
    come_back(attempt)

    card = card_of(invoice)

    assert card.may_pay_online is False
    assert "PayPal is reviewing your payment" in shown(card)
    assert ">Pay</button>" not in shown(card)


def test_an_unfinished_payment_is_named_and_may_go_on(paypal):
    invoice = make_invoice()
    press_pay(invoice)

    card = card_of(invoice)

    assert card.may_pay_online is True
    assert "Your payment is not finished" in shown(card)


def test_a_renewal_says_what_it_is_for():
    person = make_member()
    make_fee(person, purpose="renewal")

    assert fee_card(person, at=A_MOMENT).why == "This fee renews your membership."


def test_a_free_membership_and_a_cancelled_fee_ask_for_nothing():
    free, cancelled = make_approved(pence=0), make_approved(pence=7200)
    cancelled.cancelled_at = A_MOMENT
    cancelled.save()

    assert fee_card(free.person, at=A_MOMENT).is_due is False
    assert fee_card(cancelled.person, at=A_MOMENT).is_due is False


@pytest.mark.parametrize("rows", [1, 3])
def test_the_card_costs_the_same_with_one_receipt_and_with_three(
    rows, django_assert_max_num_queries
):
    person = make_person()
    for number in range(rows):
        receive(make_paid_year(person, number), 7200)

    with django_assert_max_num_queries(5):
        shown(fee_card(person, at=A_MOMENT))


def make_paid_year(person, number):
    fee = make_fee(person, 7200, fixed_at=A_MOMENT + dt.timedelta(days=number))
    return invoicing.raise_for(fee, at=A_MOMENT)
