"""The door for PayPal's messages: taken quickly, followed up afterwards."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from kombu.exceptions import OperationalError

from payments import webhooks
from payments.gateways.errors import PaypalError
from payments.models import WebhookEvent
from payments.tasks import follow_webhook

LONGEST = 256 * 1024
# The payer's browser usually comes back by itself: give it the first word.
SECONDS_FOR_THE_BROWSER = 15


@login_not_required
@csrf_exempt
@require_POST
def paypal_webhook(request: HttpRequest) -> HttpResponse:
    """200 once the message is kept; 400 for a forged one; 503 makes PayPal send it again."""
    if _is_too_long(request):
        return _answer("This message is too long.", 413)
    try:
        event = webhooks.receive(request.headers, request.body, at=timezone.now())
    except webhooks.NotFromPaypal:
        return _answer("This message was not signed by PayPal.", 400)
    except PaypalError:
        return _answer("The signature cannot be checked now. Send it again.", 503)
    _hand_over(event)
    return _answer("Kept.", 200)


def _is_too_long(request: HttpRequest) -> bool:
    length: Any = request.META.get("CONTENT_LENGTH") or "0"
    return not str(length).isdigit() or int(length) > LONGEST or len(request.body) > LONGEST


def _hand_over(event: WebhookEvent) -> None:
    """To the queue; if that is away, the sweep finds the message."""
    wait = SECONDS_FOR_THE_BROWSER if event.event_type == webhooks.APPROVED else 0
    try:
        follow_webhook.apply_async(args=(event.pk,), countdown=wait)
    except OperationalError:
        return


def _answer(words: str, status: int) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain")
