"""The only writer of a callback request's state: asked for, tried, called, closed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from foundation import history, letters, links
from membership.models import User
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
        sent_once=wish.sent_once, defaults={**facts, "asked_at": at}
    )
    if made:
        history.record(_key(request), "callback asked for", at=at, by=None)
        _tell_office(request, at=at)
    return request


@transaction.atomic
def mark(*, callback_id: int, state: str, by: User, at: dt.datetime) -> CallbackRequest:
    """Note what came of it. Raises NotPossible where that step is not the next one."""
    request = CallbackRequest.objects.select_for_update().get(pk=callback_id)
    if state not in NEXT[request.state]:
        raise NotPossible(f"This request is “{request.get_state_display()}” already.")
    request.state = state
    request.changed_at, request.changed_by = at, by
    if state == State.NO_ANSWER:
        request.tries += 1
    if state == State.CLOSED:
        request.closed_at = at
    request.save()
    history.record(_key(request), f"callback {request.get_state_display().lower()}", at=at, by=by)
    return request


def _tell_office(request: CallbackRequest, *, at: dt.datetime) -> None:
    page = reverse("admin:website_callbackrequest_change", args=[request.pk])
    letters.queue(
        "callback_request",
        key=f"callback:{request.pk}",
        to=str(settings.SOCIETY["email"]),
        context={"callback": request, "page_url": links.absolute(page)},
        at=at,
        subject_key=_key(request),
    )


def _key(request: CallbackRequest) -> str:
    return f"callback {request.pk}"
