"""Paying: the Pay button, the way back from PayPal, bank details, and credit that is used."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from foundation.pence import pounds
from membership.accounts import of_request
from payments import attempts, bank_details, credit, transfers
from payments.models import Attempt, Invoice
from payments.words import runs_until, words_of


def own_invoice(request: HttpRequest, number: str) -> Invoice:
    """The signed-in person's invoice of this number, or 404."""
    return get_object_or_404(Invoice.objects.of(of_request(request)).whole(), number=number)


def own_payable_invoice(request: HttpRequest, number: str) -> Invoice:
    """The same, while money is awaited for it and its fee is still asked for."""
    invoice = own_invoice(request, number)
    if not invoice.is_awaited:
        raise Http404
    return invoice


@require_POST
def pay(request: HttpRequest, number: str) -> HttpResponse:
    """Send the payer to PayPal."""
    own = own_payable_invoice(request, number)
    try:
        attempt = attempts.start(invoice_id=own.pk, at=timezone.now())
    except attempts.CannotPay as reason:
        messages.error(request, str(reason))
        return redirect("website:profile")
    if attempt.is_paid:
        return redirect("payments:paypal_return", attempt.token)
    return redirect(attempt.approval_url)


@require_POST
def use_credit(request: HttpRequest, number: str) -> HttpResponse:
    """Pay with the credit on the account, as far as it goes."""
    own = own_invoice(request, number)
    try:
        used = credit.use(own.pk, by=of_request(request).user, at=timezone.now())
    except credit.NoCreditToUse as reason:
        messages.error(request, str(reason))
        return redirect("website:profile")
    own.refresh_from_db()
    rest = f"Still to pay: {pounds(own.rest_pence)}." if own.rest_pence else "It is paid in full."
    messages.success(request, f"{pounds(used)} of your credit was used. {rest}")
    return redirect("website:profile")


@login_not_required
@never_cache
@require_safe
def paypal_return(request: HttpRequest, token: str) -> HttpResponse:
    """Back from PayPal. The token is the attempt's own, so no session is needed."""
    attempt = get_object_or_404(Attempt, token=token)
    attempt = attempts.sync_attempt(attempt.pk, at=timezone.now(), payer_acted=True)
    return _attempt_page(request, attempt)


@login_not_required
@never_cache
@require_safe
def paypal_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Back by the cancel link; where PayPal says that money was taken, that is shown instead."""
    attempt = get_object_or_404(Attempt, token=token)
    return _attempt_page(request, attempts.cancel(attempt.pk, at=timezone.now()))


def _attempt_page(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    attempt = Attempt.objects.select_related("invoice__fee").get(pk=attempt.pk)
    context = {
        "attempt": attempt,
        "words": words_of(attempt),
        "runs_until": runs_until(attempt),
        "goes_on": attempt.state == Attempt.State.WAITING and not attempt.last_error,
        "pays_again": _pays_again(request, attempt),
    }
    return render(request, "payments/attempt.html", context)


def _pays_again(request: HttpRequest, attempt: Attempt) -> bool:
    """Whether the payer, signed in, may press Pay for the same invoice here and now."""
    if attempt.state not in Attempt.MAY_BE_REPEATED or not request.user.is_authenticated:
        return False
    mine = Invoice.objects.of(of_request(request)).filter(pk=attempt.invoice_id).exists()
    return mine and attempt.invoice.is_awaited


@never_cache
def bank_transfer(request: HttpRequest, number: str) -> HttpResponse:
    """The society's account, the exact sum and the reference; buttons send them, or say “sent”."""
    invoice = own_payable_invoice(request, number)
    if request.method == "POST":
        return _transfer_step(request, invoice)
    context = {"invoice": invoice, "bank": settings.BANK_DETAILS}
    return render(request, "payments/bank_transfer.html", context)


def _transfer_step(request: HttpRequest, invoice: Invoice) -> HttpResponse:
    """One of the page's three buttons."""
    step, now = request.POST.get("step"), timezone.now()
    if step == "sent":
        transfers.say_sent(invoice.pk, at=now)
        messages.success(request, "Thank you. We e-mail you a receipt once it has arrived.")
        return redirect("website:profile")
    if step == "not-sent":
        transfers.take_back(invoice.pk)
        messages.info(request, "Thank you for telling us. You can pay in either way.")
        return redirect("website:profile")
    bank_details.send(invoice, at=now)
    messages.success(request, f"We have e-mailed these details to {invoice.payer.email}.")
    return redirect("payments:bank_transfer", invoice.number)
