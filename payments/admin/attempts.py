"""PayPal attempts and messages; an attempt can be asked about at once."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from foundation.pence import pounds
from membership.admin.fees import ReadOnlyAdmin
from payments import attempts
from payments.models import Attempt, WebhookEvent

PERMISSION = "payments.sync_attempt"


@require_POST
def ask_paypal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask PayPal how an attempt stands and do what follows."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    found = get_object_or_404(Attempt, pk=pk)
    attempt = attempts.sync_attempt(found.pk, at=timezone.now())
    if attempt.last_error:
        messages.warning(request, "PayPal is not answering. We will ask again by ourselves.")
    else:
        messages.success(request, f"PayPal was asked. {attempt.ref}: {attempt.get_state_display()}")
    return redirect("admin:payments_attempt_change", pk)


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    """Attempts, newest first; those that do not agree with PayPal need a look."""

    list_display = ("ref", "invoice", "amount", "state", "reason", "started_at", "next_check_at")
    list_filter = ("state", "env")
    list_select_related = ("invoice",)
    search_fields = ("ref", "order_id", "capture_id", "invoice__number")
    fields = (
        *("ref", "invoice", "amount", "fee", "state", "reason", "last_error"),
        *("order_id", "capture_id", "try_no", "started_at", "next_check_at", "closed_at", "env"),
    )
    readonly_fields = ("amount", "fee")

    @admin.display(ordering="amount_pence")
    def amount(self, attempt: Attempt) -> str:
        return pounds(attempt.amount_pence)

    @admin.display(description="PayPal's own charge")
    def fee(self, attempt: Attempt) -> str:
        return "Not known yet" if attempt.fee_pence is None else pounds(attempt.fee_pence)

    def get_urls(self) -> list[URLPattern]:
        ask = self.admin_site.admin_view(ask_paypal)
        return [path("<int:pk>/ask/", ask, name="payments_ask_paypal"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_ask_paypal"] = request.user.has_perm(PERMISSION)
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(WebhookEvent)
class WebhookEventAdmin(ReadOnlyAdmin):
    list_display = ("event_id", "event_type", "state", "received_at", "tries", "error")
    list_filter = ("state", "event_type")
    search_fields = ("event_id",)
    exclude = ("raw",)
