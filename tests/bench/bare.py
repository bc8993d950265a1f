"""The least a page can do behind the same middleware: one indexed query, twenty lines of text."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from directory.models import Listing
from tests.bench.by_hand import search_by_hand


def _twenty() -> HttpResponse:
    names = Listing.objects.order_by("slug").values_list("slug", "public_name")[:20]
    return HttpResponse("\n".join(f"{slug} {name}" for slug, name in names))


@login_not_required
def open_to_all(request: HttpRequest) -> HttpResponse:
    return _twenty()


def behind_login(request: HttpRequest) -> HttpResponse:
    return _twenty()


urlpatterns = [
    path("bare/", open_to_all),
    path("bare/own/", behind_login),
    path("by-hand/directory/", search_by_hand),
    path("", include("cmsuk.urls")),
]
handler404 = "cmsuk.errors.not_found"
