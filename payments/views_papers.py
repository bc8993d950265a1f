"""A payer's papers: each as a page and as a PDF, for its owner and for the office alone."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation import papers
from foundation.links import LinkError
from foundation.papers import Paper
from membership.accounts import of_request
from membership.one_person import accounts_of
from payments import paperwork, payer_links
from payments.account_history import history_of
from payments.models import CreditNote, Invoice, Receipt

AnyPaper = TypeVar("AnyPaper", bound=Model)


def readable(request: HttpRequest, rows: QuerySet[AnyPaper], number: str) -> AnyPaper:
    """The person's own, or anybody's for staff who may see such papers; 404 for everybody else."""
    name = f"payments.view_{rows.model._meta.model_name}"
    if not request.user.has_perm(name):
        rows = rows.filter(account__person__in=accounts_of(of_request(request)))
    return get_object_or_404(rows, number=number)


@never_cache
@require_safe
def invoice(request: HttpRequest, number: str) -> HttpResponse:
    found = readable(request, Invoice.objects.whole(), number)
    return _page(request, found, paperwork.paper_of_invoice, invoice=found)


@require_safe
def invoice_pdf(request: HttpRequest, number: str) -> HttpResponse:
    found = readable(request, Invoice.objects.whole(), number)
    return papers.answer(paperwork.paper_of_invoice(found), name=f"{number}.pdf")


@never_cache
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, readable(request, RECEIPTS, number), paperwork.paper_of_receipt)


@require_safe
def receipt_pdf(request: HttpRequest, number: str) -> HttpResponse:
    found = readable(request, RECEIPTS, number)
    return papers.answer(paperwork.paper_of_receipt(found), name=f"{number}.pdf")


@never_cache
@require_safe
def credit_note(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, readable(request, CREDIT_NOTES, number), paperwork.paper_of_credit_note)


@require_safe
def credit_note_pdf(request: HttpRequest, number: str) -> HttpResponse:
    found = readable(request, CREDIT_NOTES, number)
    return papers.answer(paperwork.paper_of_credit_note(found), name=f"{number}.pdf")


@never_cache
@require_safe
def all_payments(request: HttpRequest) -> HttpResponse:
    """Everything that somebody was asked for and has paid, with the papers."""
    found = history_of(of_request(request), on=timezone.localdate())
    return render(request, "payments/history.html", {"history": found})


@login_not_required
@never_cache
@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A paper for a payer without a login, who was sent its address."""
    try:
        kind, number = payer_links.read(token)
    except LinkError as error:
        return render(request, "payments/link_ended.html", {"why": error}, status=404)
    rows, paper_of = BY_LINK[kind]
    found = get_object_or_404(rows, number=number)
    paper = paper_of(found)
    if request.path.endswith("/pdf/"):
        return papers.answer(paper, name=f"{number}.pdf")
    context = {"paper": paper, "pdf_url": f"{request.path}pdf/", "paper_row": found}
    return render(request, "payments/paper_by_link.html", context)


def _page(
    request: HttpRequest, found: AnyPaper, paper_of: Callable[[AnyPaper], Paper], **more: Any
) -> HttpResponse:
    context = {"paper": paper_of(found), "pdf_url": f"{request.path}pdf/", **more}
    return render(request, "payments/paper.html", context)


RECEIPTS = Receipt.objects.select_related("account__person", "invoice")
CREDIT_NOTES = CreditNote.objects.select_related("account__person", "invoice")
BY_LINK: dict[str, tuple[QuerySet, Callable[[Any], Paper]]] = {
    "invoice": (Invoice.objects.whole(), paperwork.paper_of_invoice),
    "receipt": (RECEIPTS, paperwork.paper_of_receipt),
    "credit_note": (CREDIT_NOTES, paperwork.paper_of_credit_note),
}
