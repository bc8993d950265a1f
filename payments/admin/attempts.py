"""PayPal attempts and messages; both can be asked about at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation.own_pages import OwnPage, OwnPages
from foundation.pence import pounds
from foundation.read_only import ReadOnlyAdmin
from membership.admin.pages import require
from payments import attempts, webhooks
from payments.admin import dealing, refunding
from payments.models import Attempt, WebhookEvent

PERMISSION = "payments.sync_attempt"


@require_POST
def ask_paypal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask PayPal how an attempt stands and do what follows."""
    require(request, PERMISSION)
    found = get_object_or_404(Attempt, pk=pk)
    attempt = attempts.sync_attempt(found.pk, at=timezone.now())
    if attempt.last_error:
        messages.warning(request, "PayPal is not answering. We will ask again by ourselves.")
    else:
        messages.success(request, f"PayPal was asked. {attempt.ref}: {attempt.get_state_display()}")
    return redirect("admin:payments_attempt_change", pk)


@require_POST
def follow_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a message of PayPal once more, whatever became of it before."""
    require(request, PERMISSION)
    event = webhooks.again(get_object_or_404(WebhookEvent, pk=pk).pk, at=timezone.now())
    level = messages.WARNING if event.state == WebhookEvent.State.FAILED else messages.SUCCESS
    messages.add_message(request, level, f"Followed again: {event.get_state_display()}.")
    return redirect("admin:payments_webhookevent_change", pk)


REASONS = {
    "BY_PAYER": "The payer came back without paying",
    "APPROVAL_REVERSED": "The payer took the approval back",
    "REPLACED": "The payer began anew",
    "NO_ORDER": "PayPal never got the order",
    "UNKNOWN_TO_PAYPAL": "PayPal no longer knows the order",
    "REFUSED": "PayPal refused it",
}


@admin.register(Attempt)
class AttemptAdmin(OwnPages, ReadOnlyAdmin):
    """Attempts, newest first; those that do not agree with PayPal need a look."""

    list_display = ("ref", "invoice", "amount", "state", "why", "started_at")
    list_filter = ("state",)
    list_select_related = ("invoice",)
    search_fields = ("ref", "order_id", "capture_id", "invoice__number")
    search_help_text = "Our reference, PayPal's number or an invoice number."
    fields = (
        *("ref", "invoice", "amount", "fee", "state", "why", "last_error"),
        *("captured", "refunded", "order_id", "capture_id", "try_no", "started_at"),
        *("next_check_at", "closed_at", "env"),
    )
    readonly_fields = ("amount", "fee", "why", "captured", "refunded")
    change_form_template = "admin/payments/attempt/change_form.html"

    def get_fields(self, request: HttpRequest, obj: Attempt | None = None) -> Any:
        """What was done about it is asked only of one that stopped."""
        stopped = obj is not None and obj.state == Attempt.State.MISMATCH
        dealt = ("dealt_note", "dealt_by", "dealt_at") if stopped else ()
        left_out = () if obj is not None and obj.reason else ("why",)
        return (*(name for name in self.fields if name not in left_out), *dealt)

    @admin.display(ordering="amount_pence")
    def amount(self, attempt: Attempt) -> str:
        return pounds(attempt.amount_pence)

    @admin.display(description="because", ordering="reason")
    def why(self, attempt: Attempt) -> str:
        """Our own reasons in words; PayPal's as it names them."""
        return REASONS.get(attempt.reason, attempt.reason)

    @admin.display(description="PayPal's own charge")
    def fee(self, attempt: Attempt) -> str:
        return "Not known yet" if attempt.fee_pence is None else pounds(attempt.fee_pence)

    @admin.display(description="Received")
    def captured(self, attempt: Attempt) -> str:
        return pounds(attempt.captured_pence)

    @admin.display(description="Refunded, or asked to be")
    def refunded(self, attempt: Attempt) -> str:
        return pounds(attempt.refunded_pence)

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/ask/", ask_paypal, "payments_ask_paypal"),
            ("<int:pk>/refund/", refunding.refund_payment, "payments_refund_payment"),
            ("<int:pk>/deal-with/", dealing.deal_with_attempt, "payments_deal_with_attempt"),
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        attempt = kwargs.get("obj")
        may_ask = request.user.has_perm(PERMISSION)
        context |= {
            "may_ask_paypal": may_ask,
            "may_refund": request.user.has_perm(refunding.PERMISSION)
            and attempt is not None
            and attempt.refundable_pence > 0,
            "may_deal": may_ask
            and attempt is not None
            and attempt.state == Attempt.State.MISMATCH
            and attempt.dealt_at is None,
        }
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(WebhookEvent)
class WebhookEventAdmin(OwnPages, ReadOnlyAdmin):
    list_display = ("event_id", "event_type", "state", "received_at", "tries", "error")
    list_filter = ("state", "event_type")
    search_fields = ("event_id",)
    search_help_text = "PayPal's number of the message."
    exclude = ("raw",)
    change_form_template = "admin/payments/webhookevent/change_form.html"

    def own_pages(self) -> Sequence[OwnPage]:
        return [("<int:pk>/again/", follow_again, "payments_follow_again")]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_follow"] = request.user.has_perm(PERMISSION)
        return super().render_change_form(request, context, *args, **kwargs)
