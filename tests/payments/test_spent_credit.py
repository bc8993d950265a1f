"""Money that was used as credit for something else, and goes back to the payer all the same."""

import datetime as dt

import pytest
from django.urls import reverse

from foundation import history
from foundation.models import Letter
from membership.models import FeeDue
from payments import (
    attempts,
    credit,
    given_back,
    invoicing,
    refund_effects,
    refunds,
    settlement,
    spent_credit,
)
from payments.ledger_checks import violations
from payments.lines import Item
from payments.models import Attempt, Entry, Invoice, Refund
from tests.factories import A_DAY, A_MOMENT, make_approved, make_fee, make_officer
from tests.payments.demo_site import Fault, refusal
from tests.payments.money import (
    free_credit,
    make_invoice,
    money_of,
    pay_by_paypal,
    receive,
    state_of,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
LATER = A_MOMENT + DAY
Effect = Refund.Effect


def ask(attempt, pence, key="one"):
    return refunds.request(
        attempt.pk,
        pence=pence,
        effect=Effect.KEEP,
        note="You paid in error.",
        key=key,
        by=make_officer(),
        at=A_MOMENT,
    )


def place_at_an_event(person):
    account = invoicing.account_of(person)
    asked = invoicing.Asked(
        Invoice.Kind.EVENT, "Study day", (Item("Study day", 7200),), due_on=A_DAY
    )
    return invoicing.issue(account, asked, at=A_MOMENT)


def used_elsewhere(paypal):
    """72 pounds came through PayPal for a place; 50 of them were to go back and could not, and
    paid for a membership.
    """
    fee = make_approved(pence=5000)
    attempt = pay_by_paypal(paypal, place_at_an_event(fee.person))
    paypal.broken.append(Fault("POST", "/refund", answer=refusal("REFUND_TIME_LIMIT_EXCEEDED")))
    given_back.credit(attempt.invoice_id, pence=5000, reason="Called off", by=None, at=A_MOMENT)
    refunds.send(attempt.refunds.get().pk, at=A_MOMENT)
    joining = invoicing.raise_for(fee, at=A_MOMENT)
    credit.use(joining.pk, by=None, at=A_MOMENT)
    return Attempt.objects.get(pk=attempt.pk), Invoice.objects.get(pk=joining.pk)


def at_paypal(paypal, attempt, value="72.00"):
    """Somebody refunds in PayPal's own pages, and the sweeps find it."""
    paypal.refunds.by_hand(attempt.capture_id, value=value)
    attempts.sync_open(at=LATER)
    return Refund.objects.get(origin="paypal")


def fails_after_all(paypal, attempt):
    with paypal.store.writing() as rows:
        order = rows.order(attempt.order_id)
        order["view"]["purchase_units"][0]["payments"]["refunds"][0]["status"] = "FAILED"
        rows.save_order(order)
    attempts.sync_open(at=LATER + DAY)


def holds():
    assert list(violations()) == []
    return True


def test_what_credit_took_elsewhere_is_not_refunded_and_the_rest_is(paypal):
    attempt, joining = used_elsewhere(paypal)

    with pytest.raises(refunds.TooMuch, match=r"£22\.00 of this payment"):
        ask(attempt, 2201)
    refunds.send(ask(attempt, 2200).pk, at=A_MOMENT)

    assert state_of(attempt.invoice) == ("credited", 0)
    assert state_of(joining) == ("paid", 5000)
    assert refunds.left_of(Attempt.objects.get(pk=attempt.pk)) == 0
    assert holds()


def test_what_goes_back_another_way_is_not_refunded_twice(paypal):
    attempt, _joining = used_elsewhere(paypal)
    ask(attempt, 2000)

    with pytest.raises(refunds.TooMuch, match=r"£2\.00 of this payment"):
        ask(attempt, 201, key="two")


def test_the_page_says_what_was_used_for_what_and_offers_the_rest(paypal, client):
    attempt, joining = used_elsewhere(paypal)
    client.force_login(make_officer())
    way = reverse("admin:payments_refund_payment", args=[attempt.pk])

    page = client.get(way).content.decode()

    assert f"£50.00 of this invoice’s money, for {joining.text}, invoice {joining.number}" in page
    assert "£22.00 at most." in page
    assert "£22.00: the rest is not here any more" in page


def test_of_an_invoice_that_was_paid_twice_the_page_says_that_one_sum_was_used(paypal, client):
    attempt = pay_by_paypal(paypal)
    receive(attempt.invoice, 7200)
    renewal = invoicing.raise_for(make_fee(attempt.invoice.payer, 7200), at=A_MOMENT)
    credit.use(renewal.pk, by=None, at=A_MOMENT)
    client.force_login(make_officer())
    way = reverse("admin:payments_refund_payment", args=[attempt.pk])
    typed = {"amount": "72.00", "effect": "keep", "note": "Paid twice"}
    key = {"key": "00000000-0000-4000-8000-000000000001"}

    page = client.post(way, typed | key).content.decode()

    assert f"£72.00 of what was paid for it was used for invoice {renewal.number}" in page
    assert f"Invoice {attempt.invoice.number} is credited" in page


@pytest.mark.parametrize("decided_first", [True, False])
def test_a_refund_at_paypal_takes_the_credit_back_and_leaves_no_invoice_below_nothing(
    paypal, decided_first
):
    attempt, joining = used_elsewhere(paypal)
    refund = at_paypal(paypal, attempt)
    steps = [
        lambda: refund_effects.decide(
            refund.pk, effect=Effect.KEEP, by=make_officer(), at=LATER, note="At PayPal"
        ),
        lambda: spent_credit.put_right(at=LATER),
    ]

    for step in steps if decided_first else reversed(steps):
        step()
    spent_credit.put_right(at=LATER)

    assert state_of(attempt.invoice) == ("credited", 0)
    assert state_of(joining) == ("issued", 0)
    assert money_of(joining) == [5000, -5000]
    assert holds()


def test_what_the_credit_had_paid_for_waits_for_the_office_which_is_told_once(paypal):
    attempt, joining = used_elsewhere(paypal)
    at_paypal(paypal, attempt)

    for _twice in range(2):
        spent_credit.put_right(at=LATER)

    assert list(settlement.settled_and_undone()) == [joining]
    told = Letter.objects.filter(kind="office_payment_alert", text__contains="used as credit")
    assert told.count() == 1
    assert history.of(joining.payer.history_key).first().verb == "credit moved back"
    assert Entry.objects.filter(source_key__startswith="credit:back:").count() == 2


def test_only_what_is_missing_is_moved_back(paypal):
    attempt, joining = used_elsewhere(paypal)

    at_paypal(paypal, attempt, value="32.00")
    spent_credit.put_right(at=LATER)

    assert state_of(attempt.invoice) == ("issued", 0)
    assert state_of(joining) == ("part_paid", 4000)
    assert [(one.to, one.pence) for one in spent_credit.spent_of(attempt.invoice)] == [
        (joining, 4000)
    ]
    assert holds()


def test_a_refund_at_paypal_that_fails_after_all_pays_again_for_what_it_had_paid(paypal):
    attempt, joining = used_elsewhere(paypal)
    at_paypal(paypal, attempt)
    spent_credit.put_right(at=LATER)

    fails_after_all(paypal, attempt)
    spent_credit.put_right(at=LATER + DAY)

    assert state_of(attempt.invoice) == ("paid", 2200)
    assert state_of(joining) == ("paid", 5000)
    assert free_credit(joining) == 0
    assert not settlement.settled_and_undone().exists()
    assert holds()


def test_credit_of_somebody_who_did_not_use_it_pays_nothing_by_itself():
    invoice = make_invoice(7200)
    receive(invoice, 9200)
    renewal = invoicing.raise_for(
        make_fee(invoice.payer, 7200, purpose=FeeDue.Purpose.RENEWAL), at=A_MOMENT
    )

    spent_credit.put_right(at=LATER)

    assert state_of(renewal) == ("issued", 0)
