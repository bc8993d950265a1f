"""The two ways to reach the office from the site: a call, and a message."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from website import callbacks, inbox, office_hours
from website.forms import CallbackForm, ContactForm
from website.sending import page_instead


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def callback(request: HttpRequest) -> HttpResponse:
    """Ask for a call; it is told by which day it comes."""
    now = timezone.now()
    form = CallbackForm(request.POST if request.method == "POST" else None)
    call_on = callbacks.promised_on(now)
    if page := page_instead(request, form, "callback", kept="callback", call_on=call_on):
        return page
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
    answer_on = _answer_on(now)
    if page := page_instead(request, form, "contact", kept="callback", answer_on=answer_on):
        return page
    inbox.receive(form.written(), at=now)
    return redirect("website:contact_received")


@login_not_required
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Names nobody: whoever comes here reads the same."""
    context = {"answer_on": _answer_on(timezone.now())}
    return render(request, "website/contact_received.html", context)


def _answer_on(now: dt.datetime) -> dt.date:
    return office_hours.answer_by(timezone.localtime(now))
