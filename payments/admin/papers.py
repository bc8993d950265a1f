"""Receipts and credit notes, to be looked up by number, name or reference."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from foundation.pence import pounds
from foundation.read_only import ReadOnlyAdmin
from payments.models import CreditNote, Receipt

SEARCH = ("number", "payer_name", "account__payment_reference", "invoice__number")


class PaperAdmin(ReadOnlyAdmin):
    """What both lists share; the paper itself is a page and a PDF."""

    search_fields = SEARCH
    search_help_text = "A number, a payer or a payment reference."
    list_select_related = ("invoice",)
    date_hierarchy = "issued_on"
    view_name = ""

    @admin.display(ordering="pence")
    def amount(self, paper: Receipt | CreditNote) -> str:
        return pounds(paper.pence)

    @admin.display(description="as the payer sees it")
    def page(self, paper: Receipt | CreditNote) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse(self.view_name, args=[paper.number]), paper.number
        )


@admin.register(Receipt)
class ReceiptAdmin(PaperAdmin):
    view_name = "payments:receipt"
    list_display = ("number", "payer_name", "text", "amount", "method", "paid_on", "invoice")
    fields = (
        *("page", "account", "invoice", "payer_name", "text", "amount", "method", "source"),
        *("paid_on", "issued_on"),
    )
    readonly_fields = ("page", "amount")


@admin.register(CreditNote)
class CreditNoteAdmin(PaperAdmin):
    view_name = "payments:credit_note"
    list_display = ("number", "payer_name", "text", "amount", "reason", "issued_on", "invoice")
    fields = ("page", "account", "invoice", "payer_name", "text", "amount", "reason", "issued_on")
    readonly_fields = ("page", "amount")
