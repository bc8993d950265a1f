"""PayPal's messages: taken when PayPal confirms its signature, kept once, then asked about."""

import datetime as dt
import json
import logging
from collections.abc import Mapping

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F, Q

from payments import attempts, disputes, refunds, webhook_subjects
from payments.gateways.chosen import paypal
from payments.models import Attempt, WebhookEvent

logger = logging.getLogger(__name__)

APPROVED = "CHECKOUT.ORDER.APPROVED"
APPROVAL_REVERSED = "CHECKOUT.PAYMENT-APPROVAL.REVERSED"
REVERSED = "PAYMENT.CAPTURE.REVERSED"
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
    """Ask PayPal about what a message speaks of; one that is done does nothing."""
    event = WebhookEvent.objects.get(pk=event_pk)
    if event.state not in WebhookEvent.WAITING:
        return
    error = _ask(event, at=at)
    if error is None:
        _finish(event, State.IGNORED, at=at)
    elif error:
        _try_later(event, error)
    else:
        _finish(event, State.DONE, at=at)


def again(event_pk: int, *, at: dt.datetime) -> WebhookEvent:
    """The office's button: follow a message once more, whatever became of it before."""
    WebhookEvent.objects.filter(pk=event_pk).update(state=State.RECEIVED, processed_at=None)
    follow(event_pk, at=at)
    return WebhookEvent.objects.get(pk=event_pk)


def follow_waiting(*, at: dt.datetime) -> int:
    """Follow every message that still waits; how many there were."""
    waiting = WebhookEvent.objects.filter(state__in=WebhookEvent.WAITING, tries__lt=MOST_TRIES)
    found = list(waiting.order_by("received_at", "pk").values_list("pk", flat=True)[:200])
    for event_pk in found:
        try:
            follow(event_pk, at=at)
        except DatabaseError as error:  # one that cannot be written must not hold up the others
            logger.exception("Message %s could not be followed", event_pk)
            _try_later(WebhookEvent.objects.get(pk=event_pk), type(error).__name__)
    return len(found)


def _ask(event: WebhookEvent, *, at: dt.datetime) -> str | None:
    """PayPal's error, empty where it answered, or None where the message is about nothing of ours.

    The message only says what to look at; what stands in it is never believed.
    """
    about = webhook_subjects.read(event.event_type, json.loads(event.raw).get("resource"))
    if about.dispute_id:
        return disputes.look(about.dispute_id, at=at)
    attempt = _attempt_of(about)
    if attempt is None:
        return None
    if event.event_type == APPROVAL_REVERSED:
        return attempts.approval_reversed(attempt.pk, at=at).last_error
    payer_acted = event.event_type == APPROVED
    attempt = attempts.sync_attempt(attempt.pk, at=at, payer_acted=payer_acted)
    if attempt.last_error or not about.refund_id:
        return attempt.last_error
    reversed_ = event.event_type == REVERSED
    return refunds.adopt(attempt.pk, about.refund_id, at=at, reversed_=reversed_)


def _attempt_of(about: webhook_subjects.Subject) -> Attempt | None:
    """By the order, the capture or our own reference, whichever the message names."""
    named = Q(order_id__in=about.ids) | Q(capture_id__in=about.ids) | Q(ref=about.ref)
    ours = Attempt.objects.filter(env=settings.PAYPAL_ENV)
    return ours.filter(named).order_by("pk").first()


def _finish(event: WebhookEvent, state: WebhookEvent.State, *, at: dt.datetime) -> None:
    WebhookEvent.objects.filter(pk=event.pk, state__in=WebhookEvent.WAITING).update(
        state=state, processed_at=at, error=""
    )


def _try_later(event: WebhookEvent, error: str) -> None:
    WebhookEvent.objects.filter(pk=event.pk, state__in=WebhookEvent.WAITING).update(
        state=State.FAILED, tries=F("tries") + 1, error=error
    )
