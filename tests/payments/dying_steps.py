"""The steps that a dying process takes; the test takes them again after its death."""

import json

from membership.models import User
from payments import attempts, refunds, webhooks
from payments.models import Attempt, Refund, WebhookEvent

REFUND_PENCE = 2000


def pay(invoice_id, at):
    attempts.start(invoice_id=invoice_id, at=at)


def come_back(invoice_id, at):
    attempts.sync_attempt(_attempt(invoice_id).pk, at=at, payer_acted=True)


def sweep(invoice_id, at):
    webhooks.follow_waiting(at=at)
    attempts.sync_open(at=at)
    refunds.sync_due(at=at)


def message(invoice_id, at):
    """What the worker does with a message that was kept."""
    attempt = _attempt(invoice_id)
    raw = json.dumps({"resource": {"id": attempt.order_id}})
    event, _made = WebhookEvent.objects.get_or_create(
        event_id="WH-1",
        defaults={"event_type": webhooks.APPROVED, "raw": raw, "received_at": at},
    )
    webhooks.follow(event.pk, at=at)


def refund(invoice_id, at):
    asked = refunds.request(
        _attempt(invoice_id).pk,
        pence=REFUND_PENCE,
        effect=Refund.Effect.KEEP,
        note="A reason.",
        key="one",
        by=User.objects.filter(is_staff=True).latest("pk"),
        at=at,
    )
    refunds.send(asked.pk, at=at)


def _attempt(invoice_id):
    return Attempt.objects.filter(invoice=invoice_id).exclude(order_id="").latest("pk")
