"""PayPal's messages: taken when PayPal confirms its signature, kept once, then asked about."""

import datetime as dt
import json
import logging
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q

from payments import attempts
from payments.gateways.chosen import paypal
from payments.models import Attempt, WebhookEvent

logger = logging.getLogger(__name__)

APPROVED = "CHECKOUT.ORDER.APPROVED"
MOST_TRIES = 100
State = WebhookEvent.State


class NotFromPaypal(ValueError):
    """The message is not one that PayPal signed for us."""


def receive(headers: Mapping[str, str], raw: bytes, *, at: dt.datetime) -> WebhookEvent:
    """Keep a message that PayPal signed. Raises NotFromPaypal, or PaypalError if it cannot say."""
    if not paypal().verify_webhook(headers, raw):
        raise NotFromPaypal("PayPal did not sign this message.")
    text = raw.decode()
    message = json.loads(text)
    event_id, event_type = message.get("id"), message.get("event_type")
    if not isinstance(event_id, str) or not isinstance(event_type, str) or not event_id:
        raise NotFromPaypal("The message lacks its id or its type.")
    event, _made = WebhookEvent.objects.get_or_create(
        event_id=event_id[:80],
        defaults={"event_type": event_type[:80], "raw": text, "received_at": at},
    )
    return event


def follow(event_pk: int, *, at: dt.datetime) -> None:
    """Ask PayPal about the attempt that a message speaks of; one that is done does nothing."""
    event = WebhookEvent.objects.get(pk=event_pk)
    if event.state not in WebhookEvent.WAITING:
        return
    attempt = _attempt_of(json.loads(event.raw).get("resource"))
    if attempt is None:
        _finish(event, State.IGNORED, at=at)
        return
    payer_acted = event.event_type == APPROVED
    attempt = attempts.sync_attempt(attempt.pk, at=at, payer_acted=payer_acted)
    if attempt.last_error:
        _try_later(event, attempt.last_error)
    else:
        _finish(event, State.DONE, at=at)


def follow_waiting(*, at: dt.datetime) -> int:
    """Follow every message that still waits; how many there were."""
    waiting = WebhookEvent.objects.filter(state__in=WebhookEvent.WAITING, tries__lt=MOST_TRIES)
    found = list(waiting.order_by("received_at", "pk").values_list("pk", flat=True)[:200])
    for event_pk in found:
        follow(event_pk, at=at)
    return len(found)


def _attempt_of(resource: object) -> Attempt | None:
    """By our own reference, the order or the capture, whichever the message names."""
    if not isinstance(resource, dict):
        return None
    orders = {str(resource.get("id", "")), *_order_ids(resource)} - {""}
    ref = str(resource.get("custom_id", ""))
    named = Q(order_id__in=orders) | Q(capture_id__in=orders) | Q(ref=ref)
    return Attempt.objects.filter(named).order_by("pk").first()


def _order_ids(resource: dict[str, Any]) -> set[str]:
    """Newer messages name the order outright, older ones by a link to it."""
    supplement = resource.get("supplementary_data")
    related = supplement.get("related_ids") if isinstance(supplement, dict) else None
    found = {str(related.get("order_id", ""))} if isinstance(related, dict) else set()
    for link in resource.get("links") or []:
        href = str(link.get("href", "")) if isinstance(link, dict) else ""
        if "/orders/" in href:
            found.add(href.partition("/orders/")[2].partition("/")[0])
    return found


def _finish(event: WebhookEvent, state: WebhookEvent.State, *, at: dt.datetime) -> None:
    WebhookEvent.objects.filter(pk=event.pk, state__in=WebhookEvent.WAITING).update(
        state=state, processed_at=at, error=""
    )


def _try_later(event: WebhookEvent, error: str) -> None:
    WebhookEvent.objects.filter(pk=event.pk, state__in=WebhookEvent.WAITING).update(
        state=State.FAILED, tries=F("tries") + 1, error=error
    )
