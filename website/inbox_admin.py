"""The office's messages from the contact page: what is due first, and the two steps."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from foundation.fields import WordsField
from foundation.own_pages import OwnPage, OwnPages
from membership.admin.pages import posted, require
from website import inbox
from website.desk_admin import DeskAdmin, Facts, StandFilter, done, step_page
from website.models import Message

ANSWER = "website.answer_message"


class AnswerForm(forms.Form):
    """What the person reads in the letter."""

    words = WordsField(
        label="Your answer",
        rows=10,
        help_text="The letter greets them by name and ends with ours and their own words.",
        max_length=4000,
        missing="Write the answer: it is sent to them.",
    )


class CloseForm(forms.Form):
    """Why no letter goes."""

    why = forms.CharField(
        label="Why no letter goes",
        help_text="For example: answered by telephone, or advertising.",
        max_length=300,
        error_messages={"required": "Say why, for those who read it later."},
    )


class MessageAdmin(OwnPages, DeskAdmin):
    """Read here; `inbox` alone writes."""

    list_display = ("name", "topic", "state", "sent_at", "due_on")
    list_filter = (StandFilter, "topic")
    ordering = (F("closed_at").desc(nulls_first=True), "due_on", "pk")
    search_fields = ("name", "email")
    search_help_text = "A name or an e-mail address."
    change_form_template = "admin/website/message/change_form.html"
    fields = readonly_fields = (
        "name",
        "email",
        "topic",
        "words",
        "state",
        "sent_at",
        "due_on",
        "answer",
        "closed_at",
        "closed_by",
        "log",
    )

    def own_pages(self) -> Sequence[OwnPage]:
        return (
            ("<int:pk>/answer/", answer, "website_message_answer"),
            ("<int:pk>/close/", close, "website_message_close"),
        )


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write back; the message is answered then."""
    by, message = require(request, ANSWER), get_object_or_404(Message, pk=pk)
    form = AnswerForm(posted(request))
    if form.is_valid():
        words = form.cleaned_data["words"]

        def step() -> None:
            inbox.answer(message_id=pk, words=words, by=by, at=timezone.now())

        told = "Answered. The letter is on its way."
        return done(request, message, step, refused=inbox.Closed, words=told)
    return _page(request, message, form, "Answer the message", "Send the answer")


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """It needs no letter."""
    by, message = require(request, ANSWER), get_object_or_404(Message, pk=pk)
    form = CloseForm(posted(request))
    if form.is_valid():
        why = form.cleaned_data["why"]

        def step() -> None:
            inbox.close(message_id=pk, why=why, by=by, at=timezone.now())

        return done(request, message, step, refused=inbox.Closed, words="Closed.")
    return _page(request, message, form, "Close without a letter", "Close it")


def _page(
    request: HttpRequest, message: Message, form: forms.Form, title: str, button: str
) -> HttpResponse:
    facts: Facts = [
        ("From", f"{message.name}, {message.email}"),
        ("About", message.get_topic_display()),
        ("Message", message.words),
    ]
    context: dict[str, Any] = {"title": title, "button": button, "facts": facts}
    return step_page(request, message, form, **context)
