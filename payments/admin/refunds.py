"""Refunds and disputes: lists to look at, and pages on which a person says what they mean."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from foundation.own_pages import OwnPage, OwnPages
from foundation.pence import pounds
from foundation.read_only import ReadOnlyAdmin
from payments.admin import dealing, refunding
from payments.models import Dispute, Refund


class WaitsFilter(admin.SimpleListFilter):
    """What nobody has decided or dealt with yet."""

    title = "what waits"
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Waits for a person")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        if queryset.model is Refund:
            return queryset & Refund.objects.undecided()
        return queryset.filter(dealt_at=None)


@admin.register(Refund)
class RefundAdmin(OwnPages, ReadOnlyAdmin):
    """Money that went back, newest first; one without an effect waits for a person."""

    list_display = ("ref", "attempt", "amount", "origin", "state", "effect", "requested_at")
    list_filter = (WaitsFilter, "state", "origin")
    list_select_related = ("attempt",)
    search_fields = ("ref", "paypal_id", "attempt__ref", "attempt__invoice__number")
    search_help_text = "Our reference, PayPal's number or an invoice number."
    fields = (
        *("ref", "attempt", "amount", "origin", "state", "reason", "effect", "note"),
        *("decided_by", "decided_at", "requested_at", "finished_at"),
        *("paypal_id", "last_error", "next_check_at"),
    )
    readonly_fields = ("amount",)
    change_form_template = "admin/payments/refund/change_form.html"

    @admin.display(ordering="amount_pence")
    def amount(self, refund: Refund) -> str:
        return pounds(refund.amount_pence)

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/decide/", refunding.decide, "payments_decide_refund"),
            ("<int:pk>/ask/", refunding.ask_about_refund, "payments_ask_about_refund"),
        )


STANDINGS = {
    "OPEN": "Open",
    "WAITING_FOR_BUYER_RESPONSE": "Waits for the payer",
    "WAITING_FOR_SELLER_RESPONSE": "Waits for our answer there",
    "UNDER_REVIEW": "PayPal decides",
    "RESOLVED": "Over",
}
"""PayPal's own words for where a dispute is, in ours."""


@admin.register(Dispute)
class DisputeAdmin(OwnPages, ReadOnlyAdmin):
    """Complaints at PayPal; they are answered there, and what was done is written down here."""

    list_display = ("paypal_id", "attempt", "amount", "standing", "outcome", "due_on", "dealt_at")
    list_filter = (WaitsFilter,)
    list_select_related = ("attempt",)
    search_fields = ("paypal_id", "attempt__ref", "attempt__invoice__number")
    search_help_text = "PayPal's number, our reference or an invoice number."
    fields = (
        *("paypal_id", "attempt", "amount", "standing", "reason", "outcome", "due_on", "seen_at"),
        *("dealt_note", "dealt_by", "dealt_at"),
    )
    readonly_fields = ("amount", "standing")
    change_form_template = "admin/payments/dispute/change_form.html"

    @admin.display(ordering="amount_pence")
    def amount(self, dispute: Dispute) -> str:
        return "" if dispute.amount_pence is None else pounds(dispute.amount_pence)

    @admin.display(description="at PayPal", ordering="status")
    def standing(self, dispute: Dispute) -> str:
        return STANDINGS.get(dispute.status, dispute.status)

    def own_pages(self) -> Sequence[OwnPage]:
        return [("<int:pk>/deal-with/", dealing.deal_with_dispute, "payments_deal_with_dispute")]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["may_deal"] = request.user.has_perm(dealing.PERMISSION)
        return super().render_change_form(request, context, *args, **kwargs)
