"""The policy for somebody's own practice, as a page to print and as a PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from foundation import papers
from membership import accounts
from records.own_policy import paper_for


@never_cache
@require_safe
def own_policy(request: HttpRequest) -> HttpResponse:
    """The live rules with their name and firm."""
    paper = paper_for(accounts.of_request(request), on=timezone.localdate())
    context = {"paper": paper, "pdf_url": reverse("records:own_policy_pdf")}
    return render(request, "records/own_policy.html", context)


@never_cache
@require_safe
def own_policy_pdf(request: HttpRequest) -> HttpResponse:
    """The same, to be kept as a file."""
    paper = paper_for(accounts.of_request(request), on=timezone.localdate())
    return papers.answer(paper, name="retention-policy.pdf")
