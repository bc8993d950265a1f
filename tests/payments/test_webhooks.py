"""PayPal's messages: verified over their raw bytes, kept once, and only ever asked about."""

import json

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership.models import Person
from payments import attempts, demo_paypal, disputes, webhooks
from payments.demo_paypal.webhooks import signed_headers
from payments.ledger_checks import violations
from payments.models import Attempt, Dispute, Refund, WebhookEvent
from tests.factories import A_MOMENT
from tests.payments.demo_site import Fault
from tests.payments.money import (
    HOUR,
    MINUTE,
    make_invoice,
    money_of,
    pay_by_paypal,
    press_pay,
)

pytestmark = pytest.mark.django_db
URL = reverse("payments:paypal_webhook")
VERIFY = "/v1/notifications/verify-webhook-signature"


def message(resource, event_type="PAYMENT.CAPTURE.COMPLETED", event_id="WH-1"):
    event = {"id": event_id, "event_type": event_type, "resource": resource}
    return json.dumps(event, ensure_ascii=False).encode()


def send(client, paypal, raw, **changes):
    headers = signed_headers(raw, webhook_id=demo_paypal.WEBHOOK_ID, key=paypal.store.signing_key)
    return client.post(
        URL, raw, content_type="application/json", headers={**headers, **changes}
    ).status_code


def approved(paypal):
    attempt = press_pay(make_invoice())
    paypal.press(attempt.order_id, "pay")
    return attempt


def follow_all():
    return webhooks.follow_waiting(at=timezone.now())


def test_a_message_of_an_approved_order_captures_with_the_browser_closed(client, paypal):
    attempt = approved(paypal)
    raw = message({"id": attempt.order_id}, "CHECKOUT.ORDER.APPROVED")

    status = send(client, paypal, raw)
    follow_all()

    assert (status, money_of(attempt.invoice)) == (200, [7200])
    assert WebhookEvent.objects.get().state == WebhookEvent.State.DONE


def test_a_message_sent_ten_times_is_kept_once_and_counts_once(client, paypal):
    attempt = approved(paypal)
    raw = message({"id": attempt.order_id}, "CHECKOUT.ORDER.APPROVED")

    statuses = {send(client, paypal, raw) for _ in range(10)}
    handled = [follow_all(), follow_all()]

    assert (statuses, handled) == ({200}, [1, 0])
    assert money_of(attempt.invoice) == [7200]


@pytest.mark.parametrize(
    "resource",
    [
        lambda attempt: {"id": "C1", "custom_id": attempt.ref},
        lambda attempt: {
            "id": "C1",
            "supplementary_data": {"related_ids": {"order_id": attempt.order_id}},
        },
        lambda attempt: {
            "id": "C1",
            "links": [
                {
                    "rel": "up",
                    "href": f"https://example.org/v2/checkout/orders/{attempt.order_id}",
                }
            ],
        },
    ],
)
def test_the_attempt_is_found_however_a_message_names_it(client, paypal, resource):
    attempt = approved(paypal)

    send(client, paypal, message(resource(attempt)))
    follow_all()

    assert money_of(attempt.invoice) == [7200]


def events_of(paypal):
    """What the pretend PayPal would send, oldest first."""
    with paypal.store.writing() as rows:
        found = rows.execute("SELECT raw FROM deliveries ORDER BY rowid").fetchall()
    return [bytes(row[0]) for row in found]


def names_of(raws):
    return [json.loads(raw)["event_type"] for raw in raws]


def live_a_whole_life(paypal):
    """Paid, complained about, refunded in part, taken back: everything happens at PayPal alone."""
    attempt = approved(paypal)
    capture = paypal.gateway().capture(attempt.order_id, request_id="on its way").captures[0]
    paypal.refunds.by_hand(capture.id, value="20.00")
    paypal.disputes.open(capture.id)
    paypal.refunds.by_hand(capture.id, reversed_=True)
    return attempt


def outcome_of(attempt):
    attempt.refresh_from_db()
    return attempt.state, money_of(attempt.invoice), Dispute.objects.count(), broken()


def broken():
    return [violation.rule for violation in violations()]


WHOLE_LIFE = ("reversed", [7200, -2000, -5200], 1, [])


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "backwards"])
def test_a_whole_life_is_told_by_messages_alone_in_any_order(client, paypal, order):
    attempt = live_a_whole_life(paypal)
    raws = events_of(paypal)

    statuses = [send(client, paypal, raw) for raw in raws[::order]]
    handled = follow_all()

    assert names_of(raws) == [
        "CHECKOUT.ORDER.APPROVED",
        "PAYMENT.CAPTURE.COMPLETED",
        "PAYMENT.CAPTURE.REFUNDED",
        "CUSTOMER.DISPUTE.CREATED",
        "PAYMENT.CAPTURE.REVERSED",
    ]
    assert (statuses, handled) == ([200] * 5, 5)
    assert outcome_of(attempt) == WHOLE_LIFE


def test_all_messages_lost_the_sweep_finds_the_whole_life(paypal):
    attempt = live_a_whole_life(paypal)

    disputes.sweep(at=A_MOMENT + HOUR)
    attempts.sync_open(at=A_MOMENT + HOUR)
    disputes.sweep(at=A_MOMENT + HOUR)

    attempt.refresh_from_db()
    assert WebhookEvent.objects.count() == 0
    assert (attempt.state, money_of(attempt.invoice), broken()) == (
        "refunded",
        [7200, -2000, -5200],
        [],
    )
    assert Refund.objects.undecided().count() == 2
    assert Dispute.objects.waiting().count() == 1


NAMES = [
    "CHECKOUT.ORDER.APPROVED",
    "CHECKOUT.ORDER.COMPLETED",
    "PAYMENT.CAPTURE.COMPLETED",
    "PAYMENT.CAPTURE.PENDING",
    "PAYMENT.CAPTURE.DENIED",
    "PAYMENT.CAPTURE.DECLINED",
    "PAYMENT.CAPTURE.REFUNDED",
    "PAYMENT.CAPTURE.REVERSED",
    "PAYMENT.REFUND.PENDING",
    "PAYMENT.REFUND.FAILED",
    "CHECKOUT.PAYMENT-APPROVAL.REVERSED",
    "A.NAME.NOBODY.KNOWS",
]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_a_message_is_called_the_attempt_it_names_is_looked_at(client, paypal, name):
    attempt = approved(paypal)
    refund = {"id": "R1", "custom_id": attempt.ref}

    send(client, paypal, message(refund, name))
    follow_all()

    attempt.refresh_from_db()
    assert (attempt.state, money_of(attempt.invoice)) == ("captured", [7200])
    assert WebhookEvent.objects.get().state == WebhookEvent.State.DONE


@time_machine.travel(A_MOMENT, tick=False)
def test_paypal_that_gave_up_waiting_ends_the_attempt(client, paypal):
    attempt = press_pay(make_invoice())

    send(client, paypal, message({"id": attempt.order_id}, "CHECKOUT.PAYMENT-APPROVAL.REVERSED"))
    follow_all()

    attempt.refresh_from_db()
    assert (attempt.state, attempt.reason) == ("expired", "APPROVAL_REVERSED")


def test_a_refund_is_found_by_the_link_to_its_capture_alone(client, paypal):
    attempt = pay_by_paypal(paypal)
    taken = paypal.refunds.by_hand(attempt.capture_id, reversed_=True)
    bare = {"id": taken["id"], "links": taken["links"]}

    send(client, paypal, message(bare, "PAYMENT.CAPTURE.REVERSED"))
    follow_all()

    assert outcome_of(attempt)[:2] == ("reversed", [7200, -7200])


def test_a_dispute_that_cannot_be_read_yet_is_asked_about_again(client, paypal):
    case = paypal.disputes.open(pay_by_paypal(paypal).capture_id)
    paypal.broken.append(Fault("GET", case["dispute_id"]))

    send(client, paypal, message(case, "CUSTOMER.DISPUTE.CREATED"))
    handled = [follow_all(), follow_all(), follow_all()]

    assert (handled, Dispute.objects.count()) == ([1, 1, 0], 1)


def test_a_message_is_given_up_after_a_hundred_tries_and_followed_again_by_hand(client, paypal):
    attempt = approved(paypal)
    send(client, paypal, message({"id": attempt.order_id}, "CHECKOUT.ORDER.APPROVED"))
    WebhookEvent.objects.update(state="failed", tries=100)

    swept = follow_all()
    event = webhooks.again(WebhookEvent.objects.get().pk, at=timezone.now())

    assert (swept, event.state, money_of(attempt.invoice)) == (0, "done", [7200])


@time_machine.travel(A_MOMENT, tick=False)
def test_the_sums_in_a_message_are_never_believed(client, paypal):
    attempt = press_pay(make_invoice())
    amount = {"currency_code": "GBP", "value": "72.00"}
    resource = {"id": attempt.order_id, "status": "COMPLETED", "amount": amount}

    send(client, paypal, message(resource))
    follow_all()

    attempt.refresh_from_db()
    assert (attempt.state, money_of(attempt.invoice)) == (Attempt.State.WAITING, [])


@pytest.mark.parametrize(
    "resource", [{"id": "SOMEBODY"}, {}, [], None, "x", {"links": [1], "supplementary_data": 2}]
)
def test_a_message_about_nothing_of_ours_is_kept_and_left(client, paypal, resource):
    press_pay(make_invoice())

    status = send(client, paypal, message(resource))
    follow_all()

    assert (status, WebhookEvent.objects.get().state) == (200, WebhookEvent.State.IGNORED)


@pytest.mark.parametrize(
    "header", ["PAYPAL-TRANSMISSION-SIG", "PAYPAL-TRANSMISSION-ID", "PAYPAL-TRANSMISSION-TIME"]
)
def test_a_forged_message_is_refused_and_not_kept(client, paypal, header):
    attempt = approved(paypal)
    raw = message({"id": attempt.order_id}, "CHECKOUT.ORDER.APPROVED")

    status = send(client, paypal, raw, **{header: "2026-11-22T10:00:00Z"})

    assert (status, WebhookEvent.objects.count()) == (400, 0)


@pytest.mark.parametrize(
    "raw", [b"", b"hello", b"[]", b'{"id": 5}', b'{"id": "", "event_type": "X"}']
)
def test_a_signed_message_that_is_no_event_is_refused(client, paypal, raw):
    assert send(client, paypal, raw) == 400
    assert WebhookEvent.objects.count() == 0


def test_names_in_any_script_survive_the_check_of_the_signature(client, paypal):
    assert send(client, paypal, message({"payer": "Łukasz Llŷr"})) == 200


def test_paypal_away_makes_it_send_again(client, paypal):
    paypal.broken.append(Fault("POST", VERIFY))
    raw = message({"id": "O1"})

    assert [send(client, paypal, raw), send(client, paypal, raw)] == [503, 200]


def test_our_own_wrong_secret_makes_it_send_again(client, paypal, settings):
    settings.PAYPAL_CLIENT_SECRET = "wrong"

    assert send(client, paypal, message({})) == 503


@pytest.mark.parametrize(("length", "status"), [(256 * 1024, 200), (256 * 1024 + 1, 413)])
def test_a_message_is_at_most_256_kilobytes(client, paypal, length, status):
    bare = message({"pad": ""})
    raw = message({"pad": "x" * (length - len(bare))})

    assert (len(raw), send(client, paypal, raw)) == (length, status)


def test_only_posting_is_allowed(client, paypal):
    assert client.get(URL).status_code == 405


def test_no_login_and_no_form_token_is_needed(paypal):
    assert send(Client(enforce_csrf_checks=True), paypal, message({})) == 200


def test_a_message_that_could_not_be_followed_is_tried_again(client, paypal):
    attempt = approved(paypal)
    send(client, paypal, message({"id": attempt.order_id}, "CHECKOUT.ORDER.APPROVED"))
    paypal.broken.append(Fault("GET", attempt.order_id))

    webhooks.follow_waiting(at=A_MOMENT)
    failed = WebhookEvent.objects.get()
    webhooks.follow_waiting(at=A_MOMENT + MINUTE)

    assert (failed.state, failed.tries, "503" in failed.error) == ("failed", 1, True)
    assert WebhookEvent.objects.get().state == "done"
    assert money_of(attempt.invoice) == [7200]


def test_a_message_that_cannot_be_written_holds_up_none_behind_it(client, paypal):
    refused, sound = approved(paypal), approved(paypal)
    Person.objects.filter(account=refused.invoice.account_id).update(email="")
    for number, one in enumerate((refused, sound)):
        raw = message({"id": one.order_id}, "CHECKOUT.ORDER.APPROVED", f"WH-{number}")
        send(client, paypal, raw)

    webhooks.follow_waiting(at=A_MOMENT)

    found = WebhookEvent.objects.order_by("event_id").values_list("state", "tries", "error")
    assert list(found) == [("failed", 1, "IntegrityError"), ("done", 0, "")]
    assert (money_of(refused.invoice), money_of(sound.invoice)) == ([], [7200])
