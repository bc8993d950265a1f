"""The member's card, and what anybody who was given its address is told."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from foundation import qr
from foundation.limits import allow, sender
from membership import cards
from membership.accounts import login_of, of_request

ASKED_AN_HOUR = 300
AN_HOUR = 60 * 60
LIVE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
# Any site may read the answer; no cookie goes with the question.
FOR_OTHER_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
NOT_FOUND = "No membership card has this address. It may have been replaced by a new one."
TOO_OFTEN = "This was asked too often from your network. Please try again in an hour."


def _is_live(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An answer of the moment: nobody keeps it, and no search engine lists it."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        for name, value in LIVE.items():
            response[name] = value
        return response

    return answer


@login_required
@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """The signed-in member's own card, to show or to print."""
    try:
        own = cards.card_of(of_request(request), at=timezone.now())
    except cards.NoCard as error:
        messages.info(request, str(error))
        return redirect("/profile/")
    address, on = cards.address_of(own), timezone.localdate()
    context = {
        "shown": cards.shown(own, on=on),
        "on": on,
        "code": qr.code_of(address),
        "address": address,
        "token": own.token,
        "badge_address": cards.badge_address_of(own),
    }
    return render(request, "membership/card.html", context)


@login_required
@require_POST
def renew_card(request: HttpRequest) -> HttpResponse:
    """A new address for the card, where the old one went further than it should."""
    try:
        cards.renew_address(of_request(request), by=login_of(request), at=timezone.now())
    except cards.NoCard as error:
        messages.info(request, str(error))
        return redirect("/profile/")
    messages.success(request, "Your card has a new address. The old one no longer works.")
    return redirect("membership:card")


@login_not_required
@require_safe
@_is_live
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """How a membership stands now, as a page; as JSON for who asks for that."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = _json(request, token)
    else:
        response = _page(request, token)
    patch_vary_headers(response, ["Accept"])
    return response


@login_not_required
@require_safe
@_is_live
def verify_json(request: HttpRequest, token: str) -> HttpResponse:
    return _json(request, token)


@login_not_required
@require_safe
@_is_live
def verify_badge(request: HttpRequest, token: str) -> HttpResponse:
    """A small picture for the member's own site; it changes with the standing."""
    if not _may_ask(request):
        return HttpResponse(TOO_OFTEN, status=429, content_type="text/plain; charset=utf-8")
    found = cards.find(token)
    if found is None:
        return HttpResponse(NOT_FOUND, status=404, content_type="text/plain; charset=utf-8")
    context = {"shown": cards.shown(found, on=timezone.localdate())}
    response = render(request, "membership/badge.svg", context, content_type="image/svg+xml")
    return _for_other_sites(response)


def _page(request: HttpRequest, token: str) -> HttpResponse:
    if not _may_ask(request):
        return render(request, "429.html", status=429)
    found = cards.find(token)
    if found is None:
        return render(request, "membership/verify_unknown.html", status=404)
    now = timezone.now()
    context = {"shown": cards.shown(found, on=timezone.localdate(now)), "asked_at": now}
    return render(request, "membership/verify.html", context)


def _json(request: HttpRequest, token: str) -> HttpResponse:
    if not _may_ask(request):
        return _for_other_sites(JsonResponse({"error": TOO_OFTEN}, status=429))
    found = cards.find(token)
    if found is None:
        return _for_other_sites(JsonResponse({"error": NOT_FOUND}, status=404))
    now = timezone.now()
    shown = cards.shown(found, on=timezone.localdate(now))
    return _for_other_sites(JsonResponse(cards.as_json(shown, at=timezone.localtime(now))))


def _may_ask(request: HttpRequest) -> bool:
    return allow(action="verify", key=sender(request), times=ASKED_AN_HOUR, seconds=AN_HOUR)


def _for_other_sites(response: HttpResponse) -> HttpResponse:
    for name, value in FOR_OTHER_SITES.items():
        response[name] = value
    return response
