"""Many at once, on a real PostgreSQL: one activation, one capture, one entry."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.models import Letter
from membership import standing
from membership.models import Membership
from payments import attempts, demo_paypal, invoicing, refunds, settlement, webhooks
from payments.demo_paypal.webhooks import signed_headers
from payments.ledger_checks import violations
from payments.models import Attempt, Entry, Invoice, Refund, WebhookEvent
from tests.factories import A_MOMENT, make_approved, make_officer, make_person
from tests.payments.money import MINUTE, come_back, make_invoice, money_of, press_pay, receive
from tests.races import at_once, refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
TEN = range(10)


def one_of_each(invoice, letters):
    """The state that every race must end in."""
    assert money_of(invoice) == [7200]
    assert Membership.objects.count() == 1
    assert standing.of(invoice.payer, timezone.localdate()).is_active
    kinds = Letter.objects.filter(kind__in=("receipt", "welcome")).order_by("kind")
    assert list(kinds.values_list("kind", flat=True)) == letters
    assert list(violations()) == []


def approved(paypal):
    invoice = make_invoice(7200)
    attempt = press_pay(invoice)
    paypal.press(attempt.order_id, "pay")
    return invoice, attempt


def test_ten_who_look_at_once_capture_once(paypal):
    invoice, attempt = approved(paypal)

    at_once(lambda: come_back(attempt) for _ in TEN)

    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.CAPTURED
    assert paypal.count("POST", "/capture") == 1
    one_of_each(invoice, ["receipt", "welcome"])


def test_pay_pressed_ten_times_at_once_makes_one_order(paypal):
    invoice = make_invoice(7200)

    found = at_once(lambda: press_pay(invoice) for _ in TEN)

    assert {attempt.order_id for attempt in found} == {Attempt.objects.get().order_id}
    assert len(paypal.orders.latest()) == 1


def test_a_browser_killed_after_approval_is_made_good_by_message_and_sweep_together(paypal):
    invoice, attempt = approved(paypal)
    later = A_MOMENT + 10 * MINUTE
    keep_event(attempt)

    at_once(
        [
            lambda: webhooks.follow_waiting(at=later),
            lambda: attempts.sync_open(at=later),
            lambda: come_back(attempt, at=later),
            lambda: webhooks.follow_waiting(at=later),
        ]
    )

    assert paypal.count("POST", "/capture") == 1
    one_of_each(invoice, ["receipt", "welcome"])


def keep_event(attempt):
    raw = json.dumps({"resource": {"id": attempt.order_id}})
    WebhookEvent.objects.create(
        event_id="WH-1", event_type="CHECKOUT.ORDER.APPROVED", raw=raw, received_at=A_MOMENT
    )


def test_a_message_delivered_ten_times_at_once_counts_once(paypal):
    invoice, attempt = approved(paypal)
    raw = json.dumps(
        {
            "id": "WH-1",
            "event_type": "CHECKOUT.ORDER.APPROVED",
            "resource": {"id": attempt.order_id},
        }
    ).encode()
    headers = signed_headers(raw, webhook_id=demo_paypal.WEBHOOK_ID, key=paypal.store.signing_key)
    url = reverse("payments:paypal_webhook")

    def deliver():
        return Client().post(url, raw, content_type="application/json", headers=headers).status_code

    statuses = at_once(deliver for _ in TEN)
    at_once(lambda: webhooks.follow_waiting(at=A_MOMENT) for _ in TEN)

    assert (statuses, WebhookEvent.objects.count()) == ([200] * 10, 1)
    one_of_each(invoice, ["receipt", "welcome"])


def test_twenty_returns_messages_and_sweeps_at_once_are_one_payment(paypal):
    invoice, attempt = approved(paypal)
    later = A_MOMENT + 10 * MINUTE
    keep_event(attempt)
    looks = [
        lambda: come_back(attempt, at=later),
        lambda: come_back(attempt, at=later),
        lambda: webhooks.follow_waiting(at=later),
        lambda: attempts.sync_open(at=later),
    ]

    at_once(look for look in looks for _ in range(5))

    assert paypal.count("POST", "/capture") == 1
    assert Entry.objects.payments().count() == 1
    assert Letter.objects.filter(kind="receipt").count() == 1
    one_of_each(invoice, ["receipt", "welcome"])


def ask_refund(attempt, pence, key, by):
    asked = refunds.request(
        attempt.pk,
        pence=pence,
        effect=Refund.Effect.KEEP,
        note="A reason.",
        key=key,
        by=by,
        at=A_MOMENT,
    )
    return refunds.send(asked.pk, at=A_MOMENT)


def test_a_refund_confirmed_ten_times_at_once_goes_back_once(paypal):
    invoice, attempt = approved(paypal)
    come_back(attempt)
    by = make_officer()

    at_once(lambda: ask_refund(attempt, 7200, "one", by) for _ in TEN)
    at_once(lambda: refunds.sync_due(at=A_MOMENT + 5 * MINUTE) for _ in TEN)

    assert len(paypal.refunds.all()) == 1
    assert money_of(invoice) == [7200, -7200]
    assert Letter.objects.filter(kind="refunded").count() == 1
    assert list(violations()) == []


def test_ten_refunds_at_once_never_give_back_more_than_came(paypal):
    invoice, attempt = approved(paypal)
    come_back(attempt)
    by = make_officer()

    def ask(number):
        return ask_refund(attempt, 2000, f"{number}", by)

    made = at_once(
        (lambda number=number: ask(number) for number in TEN), refusals=(refunds.TooMuch,)
    )
    at_once(lambda: refunds.sync_due(at=A_MOMENT + 5 * MINUTE) for _ in TEN)

    assert refused(made).count(False) == 3
    assert sorted(money_of(invoice)) == [-2000, -2000, -2000, 7200]
    assert list(violations()) == []


def test_a_refund_in_paypals_pages_seen_by_ten_at_once_is_booked_once(paypal):
    invoice, attempt = approved(paypal)
    come_back(attempt)
    taken = paypal.refunds.by_hand(attempt.capture_id or Attempt.objects.get().capture_id)

    at_once(
        [
            *(lambda: come_back(attempt) for _ in range(5)),
            *(
                lambda: refunds.adopt(attempt.pk, taken["id"], at=A_MOMENT, reversed_=True)
                for _ in range(5)
            ),
        ]
    )

    assert (money_of(invoice), Refund.objects.get().origin) == ([7200, -7200], "reversal")
    assert Letter.objects.filter(kind="office_payment_alert").count() == 1
    assert list(violations()) == []


def test_the_same_bank_line_booked_ten_times_at_once_counts_once():
    invoice = make_invoice(7200)

    settled = at_once(lambda: receive(invoice, 7200, source_key="bank:1") for _ in TEN)

    assert sorted(one.is_new for one in settled) == [False] * 9 + [True]
    one_of_each(invoice, ["receipt", "welcome"])


def test_bank_and_paypal_at_once_are_both_booked_and_activate_once(paypal):
    invoice, attempt = approved(paypal)

    at_once([lambda: come_back(attempt), lambda: receive(invoice, 7200)])

    attempt.refresh_from_db()
    captures = paypal.count("POST", "/capture")
    assert money_of(invoice) == [7200] * (1 + captures)
    assert invoice.account.balance_pence() == 7200 * captures
    assert Membership.objects.count() == 1
    assert attempt.state == ("captured" if captures else "cancelled")
    assert list(violations()) == []


def test_money_that_came_twice_while_paypal_worked_is_booked_twice(paypal):
    invoice, attempt = approved(paypal)
    paypal.gateway().capture(attempt.order_id, request_id="on its way")
    receive(invoice, 7200)

    come_back(attempt)

    assert (money_of(invoice), invoice.account.balance_pence()) == ([7200, 7200], 7200)
    assert Membership.objects.count() == 1
    assert Letter.objects.filter(kind="payment_not_needed").count() == 1


def test_ten_part_payments_at_once_add_up():
    invoice = make_invoice(7200)

    at_once(lambda: receive(invoice, 720) for _ in TEN)

    invoice.refresh_from_db()
    assert (invoice.state, invoice.paid_pence) == (Invoice.State.PAID, 7200)
    assert Membership.objects.count() == 1


def test_invoices_made_at_once_have_numbers_without_gaps():
    fees = [make_approved(pence=7200) for _ in TEN]

    at_once(lambda fee=fee: invoicing.raise_for(fee, at=A_MOMENT) for fee in fees)

    numbers = sorted(Invoice.objects.values_list("number", flat=True))
    assert numbers == [f"CMS-2026-{number:04d}" for number in range(1, 11)]


def test_one_fee_asked_for_ten_times_at_once_has_one_invoice():
    fee = make_approved(pence=7200)

    found = at_once(lambda: invoicing.raise_for(fee, at=A_MOMENT) for _ in TEN)

    assert {invoice.number for invoice in found} == {"CMS-2026-0001"}
    assert Entry.objects.count() == 1


def test_one_payer_is_given_one_account_at_once():
    person = make_person()

    found = at_once(lambda: invoicing.account_of(person) for _ in TEN)

    assert len({account.payment_reference for account in found}) == 1


def test_a_free_membership_swept_ten_times_at_once_starts_once():
    make_invoice(0)

    at_once(lambda: settlement.activate_paid(at=A_MOMENT) for _ in TEN)

    assert (Membership.objects.count(), list(violations())) == (1, [])


def test_every_intent_is_committed_before_paypal_is_called(paypal):
    """The pretend PayPal looks into the database while it is being called."""
    seen = []
    ordinary = paypal.answer

    def look(asked):
        if asked.method == "POST" and "orders" in asked.path:
            row = Attempt.objects.values_list("state", "create_request_id", "capture_request_id")
            seen.append((row.get(), asked.headers["paypal-request-id"]))
            connection.close()
        return ordinary(asked)

    paypal.answer = look
    _invoice, attempt = approved(paypal)
    come_back(attempt)

    (created, create_id), (capturing, capture_id) = seen
    assert created == ("created", create_id, "")
    assert capturing == ("capturing", create_id, capture_id)


def test_a_refund_is_committed_and_reserved_before_paypal_is_called(paypal):
    _invoice, attempt = approved(paypal)
    come_back(attempt)
    by, seen, ordinary = make_officer(), [], paypal.answer

    def look(asked):
        if asked.path.endswith("/refund"):
            row = Refund.objects.values_list("state", "request_id", "attempt__refunded_pence")
            seen.append((row.get(), asked.headers["paypal-request-id"]))
            connection.close()
        return ordinary(asked)

    paypal.answer = look
    ask_refund(attempt, 2000, "one", by)

    assert seen == [(("requested", "refund-one", 2000), "refund-one")]


def test_a_worker_killed_before_it_booked_leaves_money_that_the_sweep_finds(paypal):
    invoice, attempt = approved(paypal)
    at_once([lambda: die_after_capture(attempt)])

    attempts.sync_open(at=A_MOMENT + MINUTE)

    one_of_each(invoice, ["receipt", "welcome"])


def die_after_capture(attempt):
    """The intent is committed, the money taken, and nothing of it written down."""
    Attempt.objects.filter(pk=attempt.pk).update(
        state="capturing",
        capture_request_id=f"capture-{attempt.ref}-1",
        next_check_at=A_MOMENT + MINUTE,
    )
    attempts.paypal().capture(attempt.order_id, request_id=f"capture-{attempt.ref}-1")
