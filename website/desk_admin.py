"""What the office's desks share in the admin: read here with their log, moved on by steps."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from foundation import history
from foundation.read_only import ReadOnlyAdmin
from website.office_page import office_page

Facts = list[tuple[str, Any]]


class StandFilter(admin.SimpleListFilter):
    """Open ones first: they are what somebody comes for."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "To be answered"), ("closed", "Answered")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in ("open", "closed"):
            return queryset.filter(closed_at__isnull=self.value() == "open")
        return queryset


class DeskAdmin(ReadOnlyAdmin):
    """What is due first; its steps are pages of their own, and each is in its log."""

    ordering: ClassVar[tuple[str | OrderBy, ...]] = ("closed_at", "due_on", "pk")

    @admin.display(description="log")
    def log(self, case: Any) -> str:
        lines = [
            f"{event.at:%d %b %Y %H:%M}  {event.verb}  {event.text}".strip()
            for event in history.of(case.history_key)
        ]
        return "\n".join(lines)


def step_page(
    request: HttpRequest, case: Any, form: forms.Form, *, title: str, button: str, facts: Facts
) -> HttpResponse:
    """A step of one case: what is known of it, and what to fill in."""
    context = {"case": case, "form": form, "button": button, "facts": facts}
    return office_page(request, "desk_step", title=title, options=case._meta, **context)


def done(
    request: HttpRequest,
    case: Any,
    step: Callable[[], object],
    *,
    refused: type[Exception],
    words: str,
) -> HttpResponse:
    """Take the step, say what came of it, and go back to the case."""
    try:
        step()
    except refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect(f"admin:website_{case._meta.model_name}_change", case.pk)
