"""The public search, and a member's own page with its photo."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from directory import figures
from directory.cards import card
from directory.filters import Filters
from directory.forms_search import SearchForm
from directory.marks import Mark
from directory.models import Listing, Photo
from directory.order import RULE
from directory.results import counted, drawn_fields, lists, results
from directory.structured import as_json_ld
from directory.uk_map import uk_map
from directory.vocabulary import vocabulary
from foundation import uploads


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Show who matches. What is posted is answered by an address that holds the district only."""
    words, now = vocabulary(), timezone.now()
    form = SearchForm(request.POST if request.method == "POST" else request.GET, vocabulary=words)
    filters = form.filters() if form.is_valid() else None
    if filters and (request.method == "POST" or form.says_more_than_the_district()):
        return redirect(f"{request.path}?{filters.as_query()}#results")
    numbers = counted(filters, at=now)
    place = filters.place if filters else None
    choices = lists(form, filters, numbers, words)
    typed = place.code if place else form.typed("postcode")
    context = {
        "form": form,
        "lists": choices,
        "fields": drawn_fields(form, postcode=typed, lists=choices),
        "map": uk_map(filters or Filters(), numbers, words, page=request.path),
        "rule": RULE,
    }
    if filters:
        after = Mark.read(request.GET.get("after", ""))
        today = timezone.localdate(now)
        context["results"] = found = results(filters, numbers, words=words, on=today, after=after)
        if found.blame:
            figures.note_unmet(filters, on=today)
    return render(request, "directory/search.html", context)


@login_not_required
@require_safe
@never_cache
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one member, to everybody, while they are visible."""
    today = timezone.localdate()
    visible = Listing.objects.visible(today)
    found = visible.filter(slug=slug).first()
    if found is None:
        # A listing of an account that was merged leads to the one that is shown now.
        merged = get_object_or_404(visible, person__merged_from__listing__slug=slug)
        return redirect("directory:listing", merged.slug, permanent=False)
    if request.method == "GET" and not _is_own(found, request):
        figures.note_seen(found, on=today)
    shown = card(found, on=today)
    context = {"card": shown, "json_ld": as_json_ld(shown)}
    return render(request, "directory/listing.html", context)


@login_not_required
@require_safe
@never_cache
def photo(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of a member who is visible and shows it; never kept by anybody in between."""
    visible = Listing.objects.visible(timezone.localdate()).filter(shows_photo=True, slug=slug)
    found = get_object_or_404(Photo, listing__in=visible)
    return HttpResponse(
        bytes(found.content),
        content_type="image/jpeg",
        headers={"Content-Security-Policy": uploads.NO_POWERS},
    )


def _is_own(found: Listing, request: HttpRequest) -> bool:
    """Members look at their own page often: that is not being seen."""
    return request.user.is_authenticated and found.person.user_id == request.user.pk
