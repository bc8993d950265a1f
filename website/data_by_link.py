"""Data of people without an account: referees, purchasers, whoever wrote to us or paid.

They type their address and get a link; whoever holds the link reads that address. The page never
says whether an address is known, and nothing is stored until somebody asks for something.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import history, letters, links
from foundation.limits import allow, sender
from membership.models import User
from records import erasure, kept, others
from records.belongings import known_by
from records.policy import in_force
from website import data_requests as desk
from website.data_forms import AddressForm, EraseAddressForm, WordsForm
from website.models import DataRequest
from website.your_data import DOWNLOADED, planned, zip_of
from website.your_requests import ASKED

LETTERS_AN_HOUR = 5
AN_HOUR = 60 * 60
ERASED = "What we held under this address is erased. We have written to you."
LOG = "data by link"
"""Whose history tells that somebody fetched what is kept under an address; it names no address."""

View = Callable[[HttpRequest, str, str], HttpResponse]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Write to an address; the answer is the same for every address."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "website/data_ask.html", {"form": form})
    email = form.cleaned_data["email"].lower()
    if not all(_may_ask(key) for key in (sender(request), email)):
        context = {"form": form, "too_many": LETTERS_AN_HOUR}
        return render(request, "website/data_ask.html", context, status=429)
    _send_link(email, at=timezone.now())
    return redirect("website:data_asked")


@login_not_required
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The link is on its way."""
    return render(request, "website/data_asked.html", {"days": desk.READY_FOR.days})


def by_link(view: View) -> Callable[..., HttpResponse]:
    """The view gets the address of the link; a link that does not hold says what to do."""

    @wraps(view)
    def reading(request: HttpRequest, token: str) -> HttpResponse:
        try:
            address = desk.address_in(token)
        except links.LinkError as error:
            return render(request, "website/data_link_ended.html", {"error": error}, status=410)
        answer = view(request, token, address)
        answer["Referrer-Policy"] = "no-referrer"
        return answer

    return login_not_required(never_cache(reading))


@by_link
@require_safe
def see(request: HttpRequest, token: str, address: str) -> HttpResponse:
    """What is kept under an address, and what its reader can do about it."""
    now = timezone.now()
    who = known_by(address)
    requests = DataRequest.objects.filter(email=address, person=None)
    context = {
        "token": token,
        "address": address,
        "parts": kept.parts(erasure.plan_of(who, on=timezone.localdate(now)), in_force()),
        "set_aside": len(others.set_aside(who)),
        "requests": requests.order_by("-asked_at", "-pk"),
        "has_login": User.objects.filter(email__iexact=address).exists(),
        "now": now,
    }
    return render(request, "website/data_by_link.html", context)


@by_link
@require_safe
def download(request: HttpRequest, token: str, address: str) -> HttpResponse:
    """All of it as one zip file, with what was decided of late."""
    now = timezone.now()
    closed = DataRequest.objects.filter(email=address, person=None, kind=desk.Kind.ACCESS)
    newest = closed.exclude(closed_at=None).order_by("-closed_at").first()
    fetched = newest if newest and desk.may_be_fetched(newest, at=now) else None
    key = fetched.history_key if fetched else LOG
    history.record(key, DOWNLOADED, at=now, by=None)
    return zip_of(known_by(address), desk.decisions(fetched) if fetched else None)


@by_link
@require_POST
def ask_to_see(request: HttpRequest, token: str, address: str) -> HttpResponse:
    """Ask for what others wrote."""
    made = desk.ask_to_see(person=None, email=address, at=timezone.now())
    return _asked(request, made, token)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, token: str, address: str) -> HttpResponse:
    """Ask the office to put something right."""
    form = WordsForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "website/correct_by_link.html", {"form": form, "token": token})
    words = form.cleaned_data["words"]
    made = desk.ask_to_correct(person=None, email=address, words=words, at=timezone.now())
    return _asked(request, made, token)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, token: str, address: str) -> HttpResponse:
    """Show what would go and what would stay; then do it, for good."""
    now = timezone.now()
    form = EraseAddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        erasure.erase_address(address, at=now)
        messages.success(request, ERASED)
        return redirect("website:home")
    plan = planned(erasure.plan_of(known_by(address), on=timezone.localdate(now)))
    return render(request, "website/erase.html", {"form": form, "back": _page(token), **plan})


def _asked(request: HttpRequest, made: DataRequest, token: str) -> HttpResponse:
    messages.success(request, ASKED.format(reference=made, day=made.due_on))
    return redirect("website:data_by_link", token)


def _may_ask(key: str) -> bool:
    return allow(action="data-link", key=key, times=LETTERS_AN_HOUR, seconds=AN_HOUR)


def _send_link(email: str, *, at: dt.datetime) -> None:
    link = links.absolute(_page(desk.token_for(email)))
    context = {"link": link, "days_ready": desk.READY_FOR.days}
    letters.queue("data_link", key=f"data_link:{uuid.uuid4()}", to=email, context=context, at=at)


def _page(token: str) -> str:
    return reverse("website:data_by_link", args=[token])
