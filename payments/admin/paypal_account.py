"""PayPal's charges and pay-outs; a charge that no payment tells of is booked here by hand."""

import uuid
from collections.abc import Sequence

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from foundation.fields import PoundsField
from foundation.own_pages import OwnPage, OwnPages
from foundation.pence import pounds
from foundation.read_only import ReadOnlyAdmin
from membership.admin.forms import OfficeForm
from membership.admin.pages import require
from payments import paypal_account
from payments.admin.statement_day import StatementDayField
from payments.models import PaypalEntry

BOOK_CHARGE = "payments.book_charge"


class ChargeForm(OfficeForm):
    """A charge as PayPal's own statement has it. The key makes one page one charge."""

    amount = PoundsField(label="What PayPal took, in pounds")
    charged_on = StatementDayField("Day on PayPal's statement", statement="PayPal's statement")
    note = forms.CharField(
        label="What for",
        max_length=200,
        help_text="As PayPal writes it, for example: chargeback fee, case PP-R-EXAMPLE.",
        error_messages={"required": "Copy what PayPal's statement says."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


def book_charge(request: HttpRequest) -> HttpResponse:
    """Book a charge by hand, once."""
    by = require(request, BOOK_CHARGE)
    form = ChargeForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method != "POST" or not form.is_valid():
        page = {**admin.site.each_context(request), "title": "Book a charge of PayPal's"}
        return render(request, "admin/payments/paypalentry/charge.html", {**page, "form": form})
    typed = form.cleaned_data
    is_new = paypal_account.book_by_hand(
        typed["amount"],
        on=typed["charged_on"],
        note=typed["note"],
        key=str(typed["key"]),
        by=by,
        at=timezone.now(),
    )
    said = f"{pounds(typed['amount'])} booked." if is_new else "This was booked before."
    messages.success(request, said)
    return redirect("admin:payments_paypalentry_changelist")


@admin.register(PaypalEntry)
class PaypalEntryAdmin(OwnPages, ReadOnlyAdmin):
    list_display = ("occurred_on", "kind", "amount", "attempt", "bank_line", "note")
    list_filter = ("kind",)
    list_select_related = ("attempt", "bank_line")
    search_fields = ("note", "source_key", "attempt__ref")
    search_help_text = "Words of the note, or the reference of an attempt."
    date_hierarchy = "occurred_on"
    fields = (
        *("kind", "amount", "attempt", "refund", "bank_line", "reverses"),
        *("occurred_on", "posted_at", "posted_by", "note", "source_key"),
    )
    readonly_fields = ("amount",)
    change_list_template = "admin/payments/paypalentry/change_list.html"

    def own_pages(self) -> Sequence[OwnPage]:
        return [("charge/", book_charge, "payments_book_charge")]

    @admin.display(ordering="pence")
    def amount(self, entry: PaypalEntry) -> str:
        return pounds(entry.pence)
