"""The money card of the profile: what, why, how much, by when, and how."""

import datetime as dt

import pytest
from django.template.loader import render_to_string

from foundation.look import Tone
from membership import lifecycle
from payments import invoicing, transfers
from payments.card_words import State
from payments.models import Invoice, Receipt
from payments.standing import FeeCard, fee_card
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_approved,
    make_fee,
    make_member,
    make_officer,
    make_person,
)
from tests.payments.cards import renewal
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
    assert "No membership fee is due." in shown(card)
    assert "<button" not in shown(card)


def test_a_paid_fee_leaves_a_receipt_and_no_button():
    invoice = make_invoice(7200)
    receive(invoice, 8000)

    card = card_of(invoice)

    receipt = Receipt.objects.get()
    assert (card.is_due, card.credit_pence, card.receipts) == (False, 800, (receipt,))
    assert "£8.00 of credit" in shown(card)
    assert receipt.number in shown(card)


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

    with django_assert_max_num_queries(6):
        shown(fee_card(person, at=A_MOMENT))


# Every state -----------------------------------------------------------------------------------


def heading(invoice, at=A_MOMENT):
    card = fee_card(invoice.payer, at=at)
    return card.state, card.heading, card.tone


def test_each_state_has_a_heading_with_its_sum(paypal):
    part, checking, sent = make_invoice(7200), make_invoice(7200), make_invoice(7200)
    receive(part, 2000)
    attempt = press_pay(checking)
    paypal.press(attempt.order_id, "pending")
    come_back(attempt)
    transfers.say_sent(sent.pk, at=A_MOMENT)

    assert heading(make_invoice(7200)) == (State.DUE, "Fee due: £72.00", Tone.ACT)
    assert heading(part) == (State.PART_PAID, "Still to pay: £52.00", Tone.ACT)
    assert heading(checking) == (
        State.CHECKING,
        "We are checking your payment: £72.00",
        Tone.WAIT,
    )
    assert heading(sent) == (
        State.ON_ITS_WAY,
        "Your bank transfer is on its way: £72.00",
        Tone.WAIT,
    )


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (0, State.DUE, None),
        (1, State.OVERDUE, "Your benefits go on until 21 December 2026. Please pay by then."),
        (30, State.OVERDUE, "Your benefits go on until 22 November 2026. Please pay by then."),
        (
            31,
            State.OVERDUE,
            "Your membership has ended. Until 22 January 2027 this fee still renews it.",
        ),
    ],
)
def test_a_late_renewal_says_how_long_it_can_still_be_paid(days, state, words):
    card = card_of(renewal(ended_days_ago=days))

    assert (card.state, card.notes) == (state, (words,) if words else ())


def test_a_renewal_raised_in_grace_is_late_from_its_first_day():
    card = card_of(renewal(ended_days_ago=10, fixed_days_ago=0))

    assert (card.state, card.due_on) == (State.OVERDUE, A_DAY)
    assert card.notes == ("Your benefits go on until 12 December 2026. Please pay by then.",)


def test_a_joining_fee_that_is_late_is_overdue_without_words_of_grace():
    invoice = make_invoice(7200)

    card = fee_card(invoice.payer, at=A_MOMENT + dt.timedelta(days=91))

    assert (card.state, card.heading, card.notes) == (State.OVERDUE, "Overdue: £72.00", ())


def test_a_waived_fee_is_said_with_its_sum_and_day():
    fee = make_approved(pence=7200)
    lifecycle.waive(fee_due_id=fee.pk, by=make_officer(), at=A_MOMENT, reason="Secret reason.")

    card = fee_card(fee.person, at=A_MOMENT)

    assert (card.state, card.tone) == (State.WAIVED, Tone.GOOD)
    assert "We let you off the fee of £72.00 on 22 November 2026." in shown(card)
    assert "Secret reason" not in shown(card)
    assert "<button" not in shown(card)


def test_while_statements_are_behind_the_card_says_that_nothing_ends():
    invoice = make_invoice(7200)
    day = A_DAY - dt.timedelta(days=1)
    lifecycle.money_known(until=day, at=A_MOMENT)
    behind = card_of(invoice).notes
    lifecycle.money_known(until=A_DAY, at=A_MOMENT)

    assert behind[0].startswith("We have seen our bank statements up to 21 November 2026.")
    assert card_of(invoice).notes == ()


# 22 November 2026 is a Sunday: five working days are over with the 27th.
@pytest.mark.parametrize(("day", "state"), [(27, State.ON_ITS_WAY), (30, State.DUE)])
def test_a_transfer_is_waited_for_five_working_days(day, state):
    invoice = make_invoice(7200)
    transfers.say_sent(invoice.pk, at=A_MOMENT)

    card = fee_card(invoice.payer, at=A_MOMENT.replace(day=day))

    assert card.state == state
    assert ("We have not found it yet" in shown(card)) == (state == State.DUE)


def test_while_a_transfer_is_on_its_way_the_card_asks_for_no_second_payment():
    invoice = make_invoice(7200)
    transfers.say_sent(invoice.pk, at=A_MOMENT)

    page = shown(card_of(invoice))

    assert "Do not pay again." in page
    assert ">Pay</button>" not in page
    assert "I have not made the transfer" in page


def test_money_that_came_ends_the_wait():
    invoice = make_invoice(7200)
    transfers.say_sent(invoice.pk, at=A_MOMENT)

    receive(invoice, 2000)

    assert card_of(invoice).state == State.PART_PAID


def test_a_transfer_that_was_not_made_after_all_is_not_waited_for():
    invoice = make_invoice(7200)
    transfers.say_sent(invoice.pk, at=A_MOMENT)

    transfers.take_back(invoice.pk)

    assert card_of(invoice).state == State.DUE


def test_nobody_says_so_of_an_invoice_that_is_paid():
    invoice = make_invoice(7200)
    receive(invoice, 7200)

    assert transfers.say_sent(invoice.pk, at=A_MOMENT).transfer_sent_on is None


def test_credit_is_offered_for_the_fee_that_is_due():
    first = make_invoice(7200)
    receive(first, 8000)
    make_fee(first.payer, purpose="renewal")

    page = shown(card_of(first))

    assert "You have £8.00 of credit with us." in page
    assert "Use my credit for this fee" in page


def test_the_sum_of_an_upgrade_stands_on_the_card():
    person = make_member(type="associate")
    make_fee(person, 1500, purpose="upgrade", reckoning="£30.00 × 6 ÷ 12 = £15.00")

    assert "£30.00 × 6 ÷ 12 = £15.00" in shown(fee_card(person, at=A_MOMENT))


def make_paid_year(person, number):
    fee = make_fee(person, 7200, fixed_at=A_MOMENT + dt.timedelta(days=number))
    return invoicing.raise_for(fee, at=A_MOMENT)
