"""The two ways to reach the office from the site: a call, and a message."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from foundation.limits import allow, sender
from records.policy import in_force
from website import callbacks, inbox, office_hours
from website.forms import CallbackForm, ContactForm

TIMES_AN_HOUR = 5
"""How many calls one sender may ask for within an hour, and how many messages they may send."""
AN_HOUR = 60 * 60


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def callback(request: HttpRequest) -> HttpResponse:
    """Ask for a call; it is told by which day it comes."""
    now = timezone.now()
    form = CallbackForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "call_on": callbacks.promised_on(now), **_kept()}
    if not form.is_valid():
        return render(request, "website/callback.html", context)
    if not _may_send(request, "callback"):
        context["too_many"] = TIMES_AN_HOUR
        return render(request, "website/callback.html", context, status=429)
    callbacks.ask(form.wish(), at=now)
    return redirect("website:callback_asked")


@login_not_required
@require_safe
def callback_asked(request: HttpRequest) -> HttpResponse:
    """Names nobody: whoever comes here reads the same."""
    context = {"call_on": callbacks.promised_on(timezone.now())}
    return render(request, "website/callback_asked.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def contact(request: HttpRequest) -> HttpResponse:
    """Where we are, how to reach us, and a form that takes a message."""
    now = timezone.now()
    form = ContactForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "answer_on": _answer_on(now), **_kept()}
    if not form.is_valid():
        return render(request, "website/contact.html", context)
    if not _may_send(request, "message"):
        context["too_many"] = TIMES_AN_HOUR
        return render(request, "website/contact.html", context, status=429)
    inbox.receive(form.written(), at=now)
    return redirect("website:contact_received")


@login_not_required
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Names nobody: whoever comes here reads the same."""
    context = {"answer_on": _answer_on(timezone.now())}
    return render(request, "website/contact_received.html", context)


def _may_send(request: HttpRequest, action: str) -> bool:
    return allow(action=action, key=sender(request), times=TIMES_AN_HOUR, seconds=AN_HOUR)


def _answer_on(now: dt.datetime) -> dt.date:
    return office_hours.answer_by(timezone.localtime(now))


def _kept() -> dict[str, str]:
    """How long what they ask is kept, in the policy's own words."""
    return {"kept": in_force().periods["callback"].words}
