"""Tells search engines which members' pages there are: those who may be found there, today."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory.models import Listing
from foundation import links

A_FILE = 10_000
XML = "application/xml"


@login_not_required
@require_safe
@never_cache
def sitemap(request: HttpRequest) -> HttpResponse:
    """An index of the parts, or the part that is asked for: the protocol takes no more at once."""
    visible = Listing.objects.visible(timezone.localdate()).filter(in_search_engines=True)
    pages = Paginator(visible.order_by("pk").values_list("slug", "edited_at"), A_FILE)
    asked = request.GET.get("part", "")
    if not asked and pages.num_pages > 1:
        here = links.absolute(reverse("directory:sitemap"))
        parts = [f"{here}?part={number}" for number in pages.page_range]
        return render(request, "directory/sitemaps.xml", {"parts": parts}, content_type=XML)
    rows = [
        (links.absolute(reverse("directory:listing", args=[slug])), edited_at)
        for slug, edited_at in pages.get_page(asked or 1)
    ]
    return render(request, "directory/sitemap.xml", {"rows": rows}, content_type=XML)
