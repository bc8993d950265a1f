"""The only writer of a callback request's state: asked for, tried, called, closed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters, links
from membership.models import User
from website import office_hours
from website.models import CallbackRequest

State = CallbackRequest.State
NEXT: Mapping[str, tuple[str, ...]] = {
    State.NEW: (State.NO_ANSWER, State.CALLED, State.CLOSED),
    State.NO_ANSWER: (State.NO_ANSWER, State.CALLED, State.CLOSED),
    State.CALLED: (State.CLOSED,),
    State.CLOSED: (),
}


class NotPossible(Exception):
    """The request is past that step; the text says where it stands."""


@dataclass(frozen=True)
class Wish:
    """What somebody asked for; `sent_once` is the same when a page is sent twice."""

    name: str
    phone: str
    email: str
    best_time: str
    topic: str
    message: str
    sent_once: str


@transaction.atomic
def ask(wish: Wish, *, at: dt.datetime) -> CallbackRequest:
    """Put a wish into the office's queue and write to the office; the same page twice is one."""
    facts = {name: value for name, value in vars(wish).items() if name != "sent_once"}
    request, made = CallbackRequest.objects.get_or_create(
        sent_once=wish.sent_once,
        defaults={**facts, "asked_at": at, "due_at": due(wish.best_time, at=at)},
    )
    if made:
        history.record(request.history_key, "callback asked for", at=at, by=None)
        _tell_office(request, at=at)
    return request


def due(best_time: str, *, at: dt.datetime) -> dt.datetime:
    """Until when somebody is called who asks, or was not reached, at a moment."""
    until = CallbackRequest.UNTIL[best_time]
    return office_hours.call_by(timezone.localtime(at), until=until)


def promised_on(at: dt.datetime) -> dt.date:
    """The day by which somebody is called who asks now, whatever time of day they choose."""
    return timezone.localdate(due(CallbackRequest.Time.ANY, at=at))


@transaction.atomic
def mark(
    *, callback_id: int, state: str, by: User, at: dt.datetime, words: str = ""
) -> CallbackRequest:
    """Note what came of it, with words for the log. Raises NotPossible where it is no next step."""
    request = CallbackRequest.objects.select_for_update().get(pk=callback_id)
    if state not in NEXT[request.state]:
        raise NotPossible(f"This request is “{request.get_state_display()}” already.")
    request.state = state
    request.changed_at, request.changed_by = at, by
    if state == State.NO_ANSWER:
        request.tries += 1
        request.due_at = due(request.best_time, at=at)
    if state == State.CLOSED:
        request.closed_at = at
    request.save()
    verb = f"callback {request.get_state_display().lower()}"
    history.record(request.history_key, verb, at=at, by=by, text=words)
    return request


def _tell_office(request: CallbackRequest, *, at: dt.datetime) -> None:
    page = reverse("admin:website_callbackrequest_change", args=[request.pk])
    letters.to_office(
        "callback_request",
        key=f"callback:{request.pk}",
        at=at,
        subject_key=request.history_key,
        callback=request,
        page_url=links.absolute(page),
    )
