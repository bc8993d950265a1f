"""The office's pages for refunds, disputes and payments that stopped: shown, decided, signed."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from payments import disputes
from payments.models import Attempt, Dispute, Refund, WebhookEvent
from tests.factories import A_MOMENT, make_clerk, make_officer
from tests.payments.demo_site import Fault, refusal
from tests.payments.money import (
    is_active,
    make_attempt,
    make_invoice,
    make_paid_attempt,
    make_refund,
    money_of,
    pay_by_paypal,
)

pytestmark = pytest.mark.django_db
TYPED = {"amount": "20.00", "effect": "keep", "note": "You paid in error."}
CONFIRM = {"confirm": "yes"}


@pytest.fixture
def officer(client):
    user = make_officer()
    client.force_login(user)
    return client


def at(name, row):
    return reverse(f"admin:payments_{name}", args=[row.pk])


def fresh(client, url):
    """What the page holds before anything is typed: its one-use key."""
    html = client.get(url).content.decode()
    return {**TYPED, "key": re.search(r'name="key" value="([^"]+)"', html)[1]}


def text_of(response):
    return response.content.decode()


def stopped(**changes):
    facts = {"state": "mismatch", "reason": "OTHER_AMOUNT", "closed_at": A_MOMENT}
    return make_attempt(make_invoice(), **facts, next_check_at=None, **changes)


# Refunding -----------------------------------------------------------------------------------


def test_a_refund_is_typed_looked_at_and_made(paypal, officer):
    attempt = pay_by_paypal(paypal)
    url = at("refund_payment", attempt)
    typed = fresh(officer, url)

    looked_at = text_of(officer.post(url, typed))
    before = paypal.count("POST", "/refund")
    done = text_of(officer.post(url, typed | CONFIRM, follow=True))

    assert "£20.00 goes back to the payer through PayPal; £52.00 of this payment stays" in looked_at
    assert "is credited: nothing more is asked for it." in looked_at
    assert (before, money_of(attempt.invoice)) == (0, [7200, -2000])
    assert "£20.00 was refunded. The payer is told by e-mail." in done
    assert Refund.objects.get().decided_by.name == "Olive Office"


@pytest.mark.parametrize(
    ("effect", "words", "active"),
    [("keep", "stays as it is, until", True), ("end", "ends, and the directory shows", False)],
)
def test_the_page_says_beforehand_what_becomes_of_the_membership(
    paypal, officer, effect, words, active
):
    attempt = pay_by_paypal(paypal)
    url = at("refund_payment", attempt)
    typed = fresh(officer, url) | {"effect": effect}

    looked_at = text_of(officer.post(url, typed))
    officer.post(url, typed | CONFIRM)

    assert words in looked_at
    assert is_active(attempt.invoice) == active


def test_a_double_click_refunds_once(paypal, officer):
    attempt = pay_by_paypal(paypal)
    url = at("refund_payment", attempt)
    typed = fresh(officer, url) | {"amount": "72.00"} | CONFIRM

    officer.post(url, typed)
    again = officer.post(url, typed, follow=True)

    assert (paypal.count("POST", "/refund"), money_of(attempt.invoice)) == (1, [7200, -7200])
    assert "£72.00 was refunded." in text_of(again)


def test_an_unknown_outcome_is_said_and_not_to_be_repeated(paypal, officer):
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", "/refund"))
    url = at("refund_payment", attempt)

    said = text_of(officer.post(url, fresh(officer, url) | CONFIRM, follow=True))

    assert "please do not refund it a second time" in said


def test_a_refusal_says_that_nothing_went_back(paypal, officer):
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", "/refund", answer=refusal("TRANSACTION_DISPUTED")))
    url = at("refund_payment", attempt)

    said = text_of(officer.post(url, fresh(officer, url) | CONFIRM, follow=True))

    assert "PayPal refused the refund of £20.00 (TRANSACTION_DISPUTED)." in said
    assert money_of(attempt.invoice) == [7200]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": ""}, "Enter an amount, for example 90.00."),
        ({"amount": "72.01"}, "£72.00 of this payment can still be refunded."),
        ({"effect": ""}, "Choose whether the membership stays or ends."),
        ({"note": ""}, "Write down why: the payer reads it."),
        ({"key": "x"}, ""),
    ],
)
def test_a_mistake_is_named_and_nothing_is_asked_of_paypal(paypal, officer, change, words):
    attempt = pay_by_paypal(paypal)
    url = at("refund_payment", attempt)

    said = text_of(officer.post(url, fresh(officer, url) | change | CONFIRM))

    assert words in said
    assert (Refund.objects.count(), paypal.count("POST", "/refund")) == (0, 0)


def test_a_payment_of_which_nothing_is_left_offers_no_refund(officer):
    attempt = make_attempt(make_invoice())

    assert "Nothing of this payment can be refunded." in text_of(
        officer.get(at("refund_payment", attempt))
    )


# Saying what it means ------------------------------------------------------------------------


def test_a_person_says_what_a_refund_without_us_means(paypal, officer):
    attempt = pay_by_paypal(paypal)
    paypal.refunds.by_hand(attempt.capture_id)
    officer.post(at("ask_paypal", attempt))
    refund = Refund.objects.get()

    shown = text_of(officer.get(at("decide_refund", refund)))
    officer.post(at("decide_refund", refund), {"effect": "end", "note": "They left."})
    again = officer.post(at("decide_refund", refund), {"effect": "keep", "note": "x"}, follow=True)

    assert "The money has gone already." in shown
    assert "It was decided before" in text_of(again)
    refund.refresh_from_db()
    assert (refund.effect, is_active(attempt.invoice)) == ("end", False)
    assert "Olive Office said on" in text_of(officer.get(at("decide_refund", refund)))


def test_a_refund_can_be_asked_about_at_once(paypal, officer):
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", "/refund"))
    url = at("refund_payment", attempt)
    officer.post(url, fresh(officer, url) | CONFIRM)

    said = text_of(officer.post(at("ask_about_refund", Refund.objects.get()), follow=True))

    assert "PayPal was asked." in said
    assert money_of(attempt.invoice) == [7200, -2000]


# Dealing with what stopped -------------------------------------------------------------------


def test_a_payment_that_stopped_is_dealt_with_and_signed(officer):
    attempt = stopped()
    url = at("deal_with_attempt", attempt)

    shown = text_of(officer.get(url))
    officer.post(url, {"note": "Wrote to the payer."})
    again = text_of(officer.post(url, {"note": "Once more."}, follow=True))

    attempt.refresh_from_db()
    assert "PayPal&#x27;s order is for another sum" in shown
    assert (attempt.dealt_note, attempt.dealt_by.name) == ("Wrote to the payer.", "Olive Office")
    assert "Somebody noted before what was done." in again
    assert Attempt.objects.stopped().count() == 0


def test_what_was_done_must_be_written_down(officer):
    attempt = stopped()

    said = text_of(officer.post(at("deal_with_attempt", attempt), {"note": " "}))

    assert "Write down what was done." in said
    assert Attempt.objects.stopped().count() == 1


def test_a_payment_that_did_not_stop_is_not_dealt_with(officer):
    assert officer.get(at("deal_with_attempt", make_attempt(make_invoice()))).status_code == 404


def test_a_dispute_is_dealt_with_and_signed(paypal, officer):
    paypal.disputes.open(pay_by_paypal(paypal).capture_id)
    disputes.sweep(at=A_MOMENT)
    dispute = Dispute.objects.get()

    officer.post(at("deal_with_dispute", dispute), {"note": "Sent the receipt to PayPal."})

    assert Dispute.objects.waiting().count() == 0
    assert "Sent the receipt to PayPal." in text_of(officer.get(at("dispute_change", dispute)))


def test_a_message_can_be_followed_again(officer):
    event = WebhookEvent.objects.create(
        event_id="WH-1", event_type="X", raw='{"resource": {}}', received_at=A_MOMENT, tries=100
    )

    said = text_of(officer.post(at("follow_again", event), follow=True))

    assert "Followed again: Nothing of ours." in said


# Shown ---------------------------------------------------------------------------------------


def test_a_payment_shows_its_refunds_and_disputes_and_what_can_be_done(officer):
    attempt = make_paid_attempt(make_invoice())
    refund = make_refund(attempt)
    facts = {"attempt": attempt, "status": "OPEN", "seen_at": A_MOMENT}
    dispute = Dispute.objects.create(**facts, paypal_id="PP-1")

    shown = text_of(officer.get(at("attempt_change", attempt)))

    for url in (
        at("refund_payment", attempt),
        at("refund_change", refund),
        at("dispute_change", dispute),
    ):
        assert f'href="{url}"' in shown


def test_pending_money_says_that_there_is_nothing_to_do(officer):
    attempt = make_paid_attempt(
        make_invoice(), state="pending", captured_pence=0, closed_at=None, next_check_at=A_MOMENT
    )

    shown = text_of(officer.get(at("attempt_change", attempt)))

    assert "There is nothing to do; the membership begins when the money has arrived." in shown
    assert at("refund_payment", attempt) not in shown


@pytest.mark.parametrize("make", [make_clerk, None], ids=["clerk", "stranger"])
def test_nobody_without_the_permission_comes_in(client, make):
    attempt = make_paid_attempt(make_invoice())
    refund = make_refund(attempt)
    facts = {"attempt": attempt, "status": "OPEN", "seen_at": A_MOMENT}
    dispute = Dispute.objects.create(**facts, paypal_id="PP-1")
    event = WebhookEvent.objects.create(
        event_id="WH-1", event_type="X", raw="{}", received_at=A_MOMENT
    )
    urls = [
        at("refund_payment", attempt),
        at("deal_with_attempt", stopped()),
        at("decide_refund", refund),
        at("ask_about_refund", refund),
        at("deal_with_dispute", dispute),
        at("follow_again", event),
    ]
    if make:
        client.force_login(make())

    answers = {client.post(url, TYPED | CONFIRM).status_code for url in urls}

    assert answers == ({403} if make else {302})
    assert Refund.objects.filter(effect="").count() == 1


def test_the_permission_to_see_is_not_the_permission_to_refund(paypal, client):
    attempt = pay_by_paypal(paypal)
    clerk = make_clerk()
    for codename in ("view_attempt", "view_refund", "sync_attempt"):
        clerk.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(clerk)

    shown = text_of(client.get(at("attempt_change", attempt)))
    answer = client.post(at("refund_payment", attempt), TYPED | CONFIRM)

    assert (at("refund_payment", attempt) in shown, answer.status_code) == (False, 403)
