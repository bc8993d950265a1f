"""The least that pages can do behind the same middleware, for the portal's own to stand beside."""

import uuid

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from directory.models import Listing
from foundation.later import later
from foundation.models import Chain
from tests.bench.by_hand import search_by_hand

requests = later("requests")
VERIFY = "/v1/notifications/verify-webhook-signature"

TWENTY = engines["django"].from_string(
    "<!doctype html><title>Bare</title><ul>"
    "{% for one in found %}<li>{{ one.public_name }} {{ one.slug }}</li>{% endfor %}</ul>"
)
OF_A_SIZE = engines["django"].from_string("<!doctype html><title>{{ name }}</title>{{ text }}")


def _twenty(request: HttpRequest) -> HttpResponse:
    found = Listing.objects.order_by("slug")[:20]
    return HttpResponse(TWENTY.render({"found": found}, request))


@login_not_required
def open_to_all(request: HttpRequest) -> HttpResponse:
    """One indexed query, twenty rows, a tiny template."""
    return _twenty(request)


def behind_login(request: HttpRequest) -> HttpResponse:
    return _twenty(request)


@login_not_required
def of_a_size(request: HttpRequest, size: int) -> HttpResponse:
    """No query; a template with as many characters as the page beside it."""
    return HttpResponse(OF_A_SIZE.render({"name": "Bare", "text": "x" * size}, request))


def one_row(request: HttpRequest) -> HttpResponse:
    """One row is written, and the browser sent on."""
    Chain.objects.create(subject_key=f"bare {uuid.uuid4()}")
    return redirect("/bare/own/")


@login_not_required
@csrf_exempt
def asks_once(request: HttpRequest) -> HttpResponse:
    """PayPal's server is asked once, and one row is written."""
    requests.post(f"{settings.PAYPAL_ENDPOINT}{VERIFY}", request.body, timeout=10)
    Chain.objects.create(subject_key=f"bare {uuid.uuid4()}")
    return HttpResponse("Kept.")


urlpatterns = [
    path("bare/one-row/", one_row),
    path("bare/asks-once/", asks_once),
    path("bare/", open_to_all),
    path("bare/own/", behind_login),
    path("bare/<int:size>/", of_a_size),
    path("by-hand/directory/", search_by_hand),
    path("", include("cmsuk.urls")),
]
handler404 = "cmsuk.errors.not_found"
