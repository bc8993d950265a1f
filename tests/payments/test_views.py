"""The pages of paying: what they say, and who may see them."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.dates import in_words
from foundation.models import Letter
from membership.models import FeeDue
from payments.models import Attempt
from payments.words import words_of
from tests.factories import A_MOMENT, make_clerk, make_officer
from tests.payments.demo_site import Fault
from tests.payments.money import (
    make_attempt,
    make_invoice,
    money_of,
    pay_by_paypal,
    press_pay,
    receive,
)

pytestmark = pytest.mark.django_db


def page(name, key):
    return reverse(f"payments:{name}", args=[key])


def words(response):
    """The text of a page as a person reads it."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.fixture
def invoice():
    return make_invoice(7200)


@pytest.fixture
def payer(client, invoice):
    client.force_login(invoice.payer.user)
    return client


def test_pay_leads_to_paypal_and_back_to_thanks(payer, paypal, invoice):
    to_paypal = payer.post(page("pay", invoice.number))
    attempt = Attempt.objects.get()
    back = paypal.press(attempt.order_id, "pay")
    thanks = payer.get(back.partition("8000")[2])

    assert (to_paypal.status_code, to_paypal["Location"]) == (302, attempt.approval_url)
    assert "Thank you. Your payment has arrived." in words(thanks)
    assert money_of(invoice) == [7200]


def test_the_return_page_needs_no_session(client, paypal, invoice):
    attempt = press_pay(invoice)
    paypal.press(attempt.order_id, "pay")

    thanks = client.get(page("paypal_return", attempt.token))

    assert "Thank you. Your payment has arrived." in words(thanks)


@time_machine.travel(A_MOMENT, tick=False)
def test_the_return_page_does_not_trust_its_query_string(client, paypal, invoice):
    attempt = press_pay(invoice)

    answer = client.get(page("paypal_return", attempt.token) + "?PayerID=X&status=COMPLETED")

    assert "Your payment is not finished" in words(answer)
    assert "£72.00 is still due." in words(answer)
    assert money_of(invoice) == []


@time_machine.travel(A_MOMENT, tick=False)
def test_cancelling_says_that_nothing_was_taken_and_what_is_due(client, paypal, invoice):
    attempt = press_pay(invoice)
    back = paypal.press(attempt.order_id, "cancel")

    answer = client.get(back.partition("8000")[2])

    assert "Payment cancelled" in words(answer)
    assert "Nothing was taken. £72.00 is still due." in words(answer)


@time_machine.travel(A_MOMENT, tick=False)
def test_who_cancelled_and_is_signed_in_may_pay_at_once_and_nobody_else(
    client, payer, paypal, invoice
):
    attempt = press_pay(invoice)
    back = paypal.press(attempt.order_id, "cancel").partition("8000")[2]
    pay = f'action="{page("pay", invoice.number)}"'

    to_the_payer = payer.get(back).content.decode()
    client.force_login(make_invoice(9000).payer.user)
    to_another = client.get(back).content.decode()
    client.logout()
    to_a_stranger = client.get(back).content.decode()

    assert [pay in shown for shown in (to_the_payer, to_another, to_a_stranger)] == [
        True,
        False,
        False,
    ]


@time_machine.travel(A_MOMENT, tick=False)
def test_a_payment_that_was_stopped_by_us_is_not_asked_for_again(payer, paypal, invoice):
    attempt = make_attempt(invoice, state="mismatch", next_check_at=None, closed_at=A_MOMENT)

    answer = payer.get(page("paypal_return", attempt.token))

    assert "Please do not pay again." in words(answer)
    assert page("pay", invoice.number) not in answer.content.decode()


@time_machine.travel(A_MOMENT, tick=False)
def test_whose_money_arrived_reads_until_when_they_are_a_member(client, paypal, invoice):
    attempt = pay_by_paypal(paypal, invoice)
    fee = FeeDue.objects.get(invoices=invoice)

    answer = client.get(page("paypal_return", attempt.token))

    assert f"Your membership runs until {in_words(fee.ends_on)}." in words(answer)


def test_pending_money_asks_for_patience(client, paypal, invoice):
    attempt = press_pay(invoice)
    paypal.press(attempt.order_id, "pending")

    answer = client.get(page("paypal_return", attempt.token))

    assert "PayPal is reviewing your payment" in words(answer)
    assert "Please do not pay again." in words(answer)


def test_a_refused_card_offers_another_try(client, paypal, invoice):
    attempt = press_pay(invoice)
    paypal.press(attempt.order_id, "decline")

    answer = client.get(page("paypal_return", attempt.token))

    assert "Your card was refused" in words(answer)
    assert f'href="{attempt.approval_url}"' in answer.content.decode()


def test_paypal_away_is_said_on_the_profile(payer, paypal, invoice):
    paypal.broken.append(Fault("POST", "/v2/checkout/orders"))

    answer = payer.post(page("pay", invoice.number), follow=True)

    assert "PayPal is not answering. Try later or pay by BACS." in answer.content.decode()


def test_pay_is_a_button_not_a_link(payer, paypal, invoice):
    assert payer.get(page("pay", invoice.number)).status_code == 405
    assert paypal.asked == []


def test_bank_details_are_shown_with_the_sum_and_the_reference(payer, invoice):
    receive(invoice, 2000)

    answer = words(payer.get(page("bank_transfer", invoice.number)))

    assert "Amount £52.00" in answer
    assert f"Reference {invoice.account.payment_reference}" in answer
    assert "Sort code 00-00-00" in answer


def test_bank_details_are_e_mailed_once_a_day(payer, invoice):
    for _ in range(2):
        payer.post(page("bank_transfer", invoice.number), {"step": "send"})

    letter = Letter.objects.get(kind="bank_details")
    assert letter.to == invoice.payer.email
    assert invoice.account.payment_reference in letter.text


@pytest.mark.parametrize("name", ["pay", "bank_transfer"])
def test_nothing_is_offered_once_the_fee_is_paid(payer, paypal, invoice, name):
    receive(invoice, 7200)

    assert payer.post(page(name, invoice.number)).status_code == 404
    assert payer.get(page("bank_transfer", invoice.number)).status_code == 404


def test_nothing_is_offered_once_the_fee_is_cancelled(payer, paypal, invoice):
    invoice.fee.cancelled_at = A_MOMENT
    invoice.fee.save()

    assert payer.post(page("pay", invoice.number)).status_code == 404
    assert payer.get(page("bank_transfer", invoice.number)).status_code == 404


def test_an_invoice_stays_one_and_leads_to_its_receipts(payer, invoice):
    before = words(payer.get(page("invoice", invoice.number)))
    receive(invoice, 7200, note="P EXAMPLE CMS")
    after = words(payer.get(page("invoice", invoice.number)))

    assert "Invoice CMS-2026-0001" in before
    assert "Still to pay £72.00" in before
    assert "Invoice CMS-2026-0001" in after
    assert "Payment by bank transfer 22 November 2026 CMSR-2026-0001 £72.00" in after
    assert "Member number CM-0001" in after
    assert "22 November 2026 to 21 November 2027" in after


PAGES = [("pay", "post"), ("bank_transfer", "get"), ("bank_transfer", "post"), ("invoice", "get")]


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_a_visitor_is_asked_to_sign_in(client, paypal, invoice, name, method):
    answer = getattr(client, method)(page(name, invoice.number))

    assert (answer.status_code, answer["Location"].startswith("/accounts/login/")) == (302, True)


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_another_person_and_staff_without_permission_find_nothing(
    client, paypal, invoice, name, method
):
    other = make_invoice().payer.user

    for user in (other, make_clerk()):
        client.force_login(user)
        assert getattr(client, method)(page(name, invoice.number)).status_code == 404

    assert (paypal.asked, Letter.objects.filter(kind="bank_details").count()) == ([], 0)


def test_the_office_may_read_an_invoice_but_not_pay_it(client, paypal, invoice):
    client.force_login(make_officer())

    assert client.get(page("invoice", invoice.number)).status_code == 200
    assert client.post(page("pay", invoice.number)).status_code == 404


@time_machine.travel(A_MOMENT, tick=False)
def test_the_payer_says_that_the_transfer_was_made_and_that_it_was_not(payer, invoice):
    way = page("bank_transfer", invoice.number)

    sent = words(payer.post(way, {"step": "sent"}, follow=True))
    not_sent = words(payer.post(way, {"step": "not-sent"}, follow=True))

    assert "Your bank transfer is on its way: £72.00" in sent
    assert "Fee due: £72.00" in not_sent
    assert money_of(invoice) == []


@pytest.mark.parametrize("name", ["paypal_return", "paypal_cancel"])
def test_an_unknown_token_is_not_found(client, paypal, name):
    assert client.get(page(name, "nobody")).status_code == 404
    assert paypal.asked == []


def test_the_return_page_names_nobody(client, paypal, invoice):
    attempt = press_pay(invoice)

    answer = client.get(page("paypal_return", attempt.token)).content.decode()

    assert invoice.payer.family_name not in answer
    assert invoice.payer.email not in answer


def test_an_invoice_costs_the_same_with_one_payment_and_with_three(payer, invoice):
    counts = []
    for _ in range(3):
        receive(invoice, 100)
        with CaptureQueriesContext(connection) as counted:
            payer.get(page("invoice", invoice.number))
        counts.append(len(counted))

    assert counts[0] == counts[2]


def test_every_state_of_an_attempt_has_words():
    for state in Attempt.State:
        attempt = Attempt(state=state, invoice=make_invoice(), amount_pence=7200)
        assert words_of(attempt).heading


def test_what_was_settled_another_way_is_said_so(client, paypal, invoice):
    attempt = press_pay(invoice)
    receive(invoice, 7200)
    paypal.press(attempt.order_id, "pay")

    answer = words(client.get(page("paypal_return", attempt.token)))

    assert "There is nothing left to pay" in answer
