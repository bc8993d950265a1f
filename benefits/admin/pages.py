"""How the office's pages of this room are drawn."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from benefits import attendance, cancelling, events
from payments import given_back

REFUSALS = (
    attendance.CannotMark,
    cancelling.CannotCancel,
    events.CannotPublish,
    given_back.BeingPaid,
)


def page(request: HttpRequest, template: str, *, title: str, **context: Any) -> HttpResponse:
    """A page inside the admin; its title is its heading, too."""
    everything = {**admin.site.each_context(request), "title": title, **context}
    return render(request, f"admin/benefits/{template}.html", everything)


def taken(request: HttpRequest, step: Callable[[], object], *, done: str) -> bool:
    """Take a step and say what happened; False where it was refused."""
    try:
        step()
    except REFUSALS as reason:
        messages.error(request, str(reason))
        return False
    messages.success(request, done)
    return True
