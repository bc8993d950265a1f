"""The public search, a member's card, and writing to them."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from directory import enquiries
from directory.cards import card, cards
from directory.forms import EnquiryForm, SearchForm
from directory.models import Listing
from directory.order import RULE
from directory.search import find
from directory.vocabulary import vocabulary
from directory.widening import blame, widen
from foundation.limits import sender

A_PAGE = 20


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Show who matches. What is posted is answered by an address that holds the district only."""
    words = vocabulary()
    form = SearchForm(request.POST if request.method == "POST" else request.GET, vocabulary=words)
    if not form.is_valid():
        return render(request, "directory/search.html", {"form": form})
    filters = form.filters()
    if request.method == "POST" or form.says_more_than_the_district():
        return redirect(f"{request.path}?{filters.as_query()}")
    today = timezone.localdate()
    found = find(filters, tree=words.tree, on=today)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    changes = [] if found else widen(filters, words=words, on=today)
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "cards": cards((entry.listing for entry in page), on=today, place=filters.place),
        "changes": changes,
        "blame": "" if found else blame(filters, changes),
        "rule": RULE,
    }
    return render(request, "directory/search.html", context)


@login_not_required
@require_safe
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one member, to everybody, while they are visible."""
    today = timezone.localdate()
    visible = Listing.objects.visible(today)
    found = visible.filter(slug=slug).first()
    if found is None:
        # A listing of an account that was merged leads to the one that is shown now.
        merged = get_object_or_404(visible, person__merged_from__listing__slug=slug)
        return redirect("directory:listing", merged.slug, permanent=False)
    return render(request, "directory/listing.html", {"card": card(found, on=today)})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask what to pass on, and pass it on."""
    if request.method == "POST":
        return _pass_on(request, slug)
    found = get_object_or_404(Listing.objects.visible(timezone.localdate()), slug=slug)
    return render(
        request, "directory/contact.html", {"form": EnquiryForm(), "name": found.public_name}
    )


def _pass_on(request: HttpRequest, slug: str) -> HttpResponse:
    form = EnquiryForm(request.POST)
    now = timezone.now()
    found = Listing.objects.visible(timezone.localdate(now)).filter(slug=slug).first()
    context = {"form": form, "name": found.public_name if found else ""}
    if not form.is_valid():
        return render(request, "directory/contact.html", context)
    message = form.wording()
    try:
        enquiries.count_try(email=message.email, place=sender(request))
        enquiries.send(slug=slug, message=message, at=now, on=timezone.localdate(now))
    except enquiries.TooManyEnquiries as refused:
        context["refused"] = refused
        return render(request, "directory/contact.html", context, status=429)
    except enquiries.NotListed as refused:
        context["refused"] = refused
        return render(request, "directory/not_listed.html", context, status=410)
    return redirect("directory:sent", slug=slug)


@login_not_required
@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it went."""
    found = get_object_or_404(Listing.objects.visible(timezone.localdate()), slug=slug)
    return render(request, "directory/sent.html", {"name": found.public_name})
