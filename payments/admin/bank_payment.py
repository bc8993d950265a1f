"""Recording a bank payment: type it, look at what it will do, confirm it once."""

import uuid
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from foundation.fields import PoundsField
from foundation.pence import pounds
from membership.models import User
from payments import bank_book, settlement
from payments.admin.statement_day import StatementDayField
from payments.matching import SAME_MONEY_WORDS, Credit, is_booked
from payments.models import Entry, Invoice
from payments.payers import Book

PERMISSION = "payments.record_payment"


class BankPaymentForm(forms.Form):
    """One line of the bank's statement. The key makes one page one payment."""

    amount = PoundsField(label="Amount in pounds")
    received_on = StatementDayField(
        "Day on which the bank received it", statement="the bank statement"
    )
    note = forms.CharField(
        label="What the bank wrote",
        max_length=200,
        help_text="The payer and the reference, as on the statement.",
        error_messages={"required": "Copy the payer and the reference from the statement."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


def record_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, then the same page with what will happen, then the booking."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    invoice = get_object_or_404(Invoice.objects.select_related("account__person"), pk=pk)
    form = BankPaymentForm(request.POST or None, initial={"key": uuid.uuid4()})
    if request.method != "POST" or not form.is_valid():
        return _page(request, invoice, form=form)
    words = outcome(invoice, form.cleaned_data)
    if "confirm" not in request.POST or _has_changed(request, words):
        return _page(request, invoice, form=form, outcome=words)
    return _book(request, invoice, form.cleaned_data)


def outcome(invoice: Invoice, typed: dict[str, Any]) -> str:
    """What booking this sum will do, in words, and whether it may have been booked before."""
    words = _effect(invoice, typed["amount"])
    line = Credit(typed["received_on"], typed["amount"], text="")
    known = Book(booked=bank_book.booked_transfers([invoice.account_id]))
    return f"{words} {SAME_MONEY_WORDS}" if is_booked(line, known, invoice.account_id) else words


def _effect(invoice: Invoice, pence: int) -> str:
    if not invoice.is_payable:
        return f"This invoice needs no money any more: {pounds(pence)} becomes credit."
    rest = invoice.rest_pence - pence
    if rest > 0:
        return f"Part of the fee: {pounds(rest)} stays due, and nothing is activated yet."
    credit = f" {pounds(-rest)} more than was due becomes credit." if rest else ""
    return f"This pays the invoice in full, and what it is for begins.{credit}"


def _has_changed(request: HttpRequest, words: str) -> bool:
    """Whether booking would not do now what the page said that was confirmed.

    Not for a page that was sent before: its payment is booked, which is what has changed.
    """
    key = f"bank:form:{request.POST.get('key')}"
    said = request.POST.get("said", words)
    return said != words and not Entry.objects.filter(source_key=key).exists()


def _book(request: HttpRequest, invoice: Invoice, typed: dict[str, Any]) -> HttpResponse:
    received = settlement.Received(
        invoice_id=invoice.pk,
        pence=typed["amount"],
        method=Entry.Method.BANK,
        source_key=f"bank:form:{typed['key']}",
        occurred_on=typed["received_on"],
        by=_officer(request),
        note=typed["note"],
    )
    settled = settlement.settle(received, at=timezone.now())
    if settled.is_new:
        messages.success(request, f"{pounds(settled.entry.pence)} booked for {invoice.number}.")
    else:
        messages.warning(request, "This payment was booked before. It counts once.")
    return redirect("admin:payments_invoice_change", invoice.pk)


def _officer(request: HttpRequest) -> User:
    user: Any = request.user
    return User.objects.get(pk=user.pk)


def _page(request: HttpRequest, invoice: Invoice, **context: Any) -> HttpResponse:
    page = {**admin.site.each_context(request), "title": "Record a bank payment"}
    return render(
        request,
        "admin/payments/invoice/record_payment.html",
        {**page, "invoice": invoice, **context},
    )
