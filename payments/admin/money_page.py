"""One person's money for the office: the same card, every movement, and what can be done."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from foundation.fields import PoundsField
from foundation.pence import pounds
from membership.admin.forms import OfficeForm
from membership.admin.pages import posted, require
from membership.models import Person
from payments import by_hand, credit
from payments.account_history import history_of
from payments.admin.statement_day import StatementDayField
from payments.card_words import Reader
from payments.models import Account, Attempt, Invoice
from payments.standing import fee_card

SEE = "payments.view_account"
BOOK = "payments.record_payment"
WRITE_OFF = "payments.write_off"


class WriteOffForm(OfficeForm):
    """The reason stands in the ledger."""

    reason = forms.CharField(
        label="Why is the rest not asked for?",
        max_length=200,
        help_text="Kept with your name in the ledger, for example “bank charges abroad”.",
        error_messages={
            "required": "Write down why: the reason is kept with your name.",
            "max_length": "Write it shorter, in 200 characters at most.",
        },
    )


class PaidBackForm(OfficeForm):
    """A transfer from the society to a payer. The key makes one page one booking."""

    amount = PoundsField(label="Amount in pounds")
    sent_on = StatementDayField("Day on which the bank sent it", statement="the bank statement")
    note = forms.CharField(
        label="What the bank wrote",
        max_length=200,
        error_messages={"required": "Copy the line of the statement."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput)


@require_safe
def money_of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """The card that the person sees, and the whole account below it."""
    require(request, SEE)
    person = get_object_or_404(Person, pk=pk)
    now = timezone.now()
    context = {
        "person": person,
        "card": fee_card(person, at=now, reader=Reader.OFFICE),
        "history": history_of(person, on=timezone.localdate(now)),
        "account": Account.objects.filter(person=person).first(),
        "attempts": Attempt.objects.paid_by(person).select_related("invoice"),
        "may_book": request.user.has_perm(BOOK),
        "may_write_off": request.user.has_perm(WRITE_OFF),
    }
    return _page(request, "money", f"Money of {person}", **context)


@require_POST
def use_credit(request: HttpRequest, pk: int) -> HttpResponse:
    """Pay the invoice with the payer's credit, as far as it goes."""
    by = require(request, BOOK)
    invoice = get_object_or_404(Invoice.objects.whole(), pk=pk)

    def step() -> str:
        used = credit.use(invoice.pk, by=by, at=timezone.now())
        return f"{pounds(used)} of credit was used for {invoice.number}."

    return _done(request, invoice.payer, step)


def write_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask no more for a rest, with a reason."""
    by = require(request, WRITE_OFF)
    invoice = get_object_or_404(Invoice.objects.whole(), pk=pk)
    form = WriteOffForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]

        def step() -> str:
            pence = by_hand.write_off(invoice.pk, reason=reason, by=by, at=timezone.now())
            return f"{pounds(pence)} of {invoice.number} is written off."

        return _done(request, invoice.payer, step)
    title = f"Write off {pounds(invoice.rest_pence)} of {invoice.number}?"
    return _page(request, "write_off", title, invoice=invoice, person=invoice.payer, form=form)


def pay_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Book that credit was sent back by bank transfer."""
    by = require(request, BOOK)
    account = get_object_or_404(Account.objects.select_related("person"), pk=pk)
    form = PaidBackForm(posted(request), initial={"key": uuid.uuid4()})
    free = sum(map(credit.free_credit_of, credit.accounts_of(account.person)))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def step() -> str:
            pence = by_hand.pay_back(
                account.pk,
                pence=typed["amount"],
                occurred_on=typed["sent_on"],
                note=typed["note"],
                key=str(typed["key"]),
                by=by,
                at=timezone.now(),
            )
            return f"{pounds(pence)} booked as sent back." if pence else "This was booked before."

        return _done(request, account.person, step)
    title = "Book credit that was sent back"
    return _page(request, "pay_back", title, form=form, person=account.person, credit_pence=free)


def _done(request: HttpRequest, person: Person, step: Callable[[], str]) -> HttpResponse:
    """Take a step and say what happened, on the page of the person's money."""
    try:
        messages.success(request, step())
    except (by_hand.CannotBook, credit.NoCreditToUse) as reason:
        messages.error(request, str(reason))
    return redirect("admin:payments_money_of_person", person.pk)


def _page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    everything = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/payments/account/{template}.html", everything)
