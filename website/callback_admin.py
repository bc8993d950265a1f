"""The office's calls: whom to call next, by when, and what came of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from foundation.fields import WordsField
from foundation.own_pages import OwnPage, OwnPages
from membership.admin.pages import posted, require
from website import callbacks
from website.desk_admin import DeskAdmin, done, step_page
from website.models import CallbackRequest

CALL = "website.change_callbackrequest"
State = CallbackRequest.State


NEXT_STEP = {
    State.NO_ANSWER: "Noted. They are to be called again by the next working day.",
    State.CALLED: "Noted. Close the request once nothing is left to do for them.",
    State.CLOSED: "Closed.",
}


class DueFilter(admin.SimpleListFilter):
    """Whom nobody has spoken to yet, and who should have been called by now."""

    title = "call"
    parameter_name = "call"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", "To be called"), ("overdue", "Overdue")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "waiting":
            return queryset.to_call()
        return queryset.overdue(timezone.now()) if self.value() == "overdue" else queryset


class CallbackRequestAdmin(OwnPages, DeskAdmin):
    """The queue of calls, what is due first; `callbacks.mark` alone moves them on."""

    list_display = ("name", "due", "state", "tries", "topic")
    list_filter = (DueFilter, "state", "topic")
    ordering = (F("closed_at").desc(nulls_first=True), "due_at", "pk")
    actions = ("mark_no_answer", "mark_called", "mark_closed")
    change_form_template = "admin/website/callbackrequest/change_form.html"
    fields = readonly_fields = (
        "name",
        "phone",
        "email",
        "best_time",
        "topic",
        "message",
        "state",
        "tries",
        "asked_at",
        "due",
        "changed_at",
        "changed_by",
        "closed_at",
        "log",
    )

    @admin.display(description="to be called by", ordering="due_at")
    def due(self, asked: CallbackRequest) -> str:
        if not asked.is_to_call:
            return "–"
        words = f"{timezone.localtime(asked.due_at):%a %-d %b %Y, %H:%M}"
        return f"{words}: overdue" if asked.due_at < timezone.now() else words

    def has_call_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(CALL)

    def own_pages(self) -> Sequence[OwnPage]:
        return [("<int:pk>/mark/", mark, "website_callback_mark")]

    @admin.action(description="Nobody answered", permissions=["call"])
    def mark_no_answer(self, request: HttpRequest, queryset: QuerySet[CallbackRequest]) -> None:
        self._mark(request, queryset, State.NO_ANSWER)

    @admin.action(description="Called", permissions=["call"])
    def mark_called(self, request: HttpRequest, queryset: QuerySet[CallbackRequest]) -> None:
        self._mark(request, queryset, State.CALLED)

    @admin.action(description="Close", permissions=["call"])
    def mark_closed(self, request: HttpRequest, queryset: QuerySet[CallbackRequest]) -> None:
        self._mark(request, queryset, State.CLOSED)

    def _mark(self, request: HttpRequest, queryset: QuerySet[CallbackRequest], state: str) -> None:
        user: Any = request.user
        for asked in queryset:
            try:
                callbacks.mark(callback_id=asked.pk, state=state, by=user, at=timezone.now())
            except callbacks.NotPossible as error:
                self.message_user(request, f"{asked.name}: {error}", messages.ERROR)
            else:
                self.message_user(request, f"{asked.name}: noted.", messages.SUCCESS)


class MarkForm(forms.Form):
    """What came of a call, and words for those who read it later."""

    state = forms.ChoiceField(
        label="What came of it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it."},
    )
    words = WordsField(label="For the log", rows=3, max_length=1000)

    def __init__(self, *args: Any, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = [(one, State(one).label) for one in callbacks.NEXT[state]]
        self.fields["state"].choices = possible  # type: ignore[attr-defined]


def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what came of a call; somebody who was not reached is due again."""
    by, asked = require(request, CALL), get_object_or_404(CallbackRequest, pk=pk)
    form = MarkForm(posted(request), state=asked.state)
    if form.is_valid():
        typed = form.cleaned_data
        words = NEXT_STEP[typed["state"]]

        def step() -> None:
            callbacks.mark(callback_id=pk, **typed, by=by, at=timezone.now())

        return done(request, asked, step, refused=callbacks.NotPossible, words=words)
    facts = [
        ("Call", f"{asked.name}, {asked.phone}"),
        ("When", asked.get_best_time_display()),
        ("About", asked.get_topic_display()),
        ("Message", asked.message),
        ("Calls without an answer", asked.tries),
    ]
    return step_page(
        request, asked, form, title="Note what came of it", button="Note it", facts=facts
    )
