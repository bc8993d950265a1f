"""The only writer of messages to the office: received, answered, closed."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters, links
from membership.models import User
from website import office_hours
from website.models import Message


class Closed(Exception):
    """The message was answered or closed; the text says when."""


@dataclass(frozen=True)
class Written:
    """What somebody wrote; `sent_once` is the same when a page is sent twice."""

    name: str
    email: str
    topic: str
    words: str
    sent_once: str


@transaction.atomic
def receive(written: Written, *, at: dt.datetime) -> Message:
    """Keep a message and tell the office that it came; the same page twice is one."""
    facts = {name: value for name, value in vars(written).items() if name != "sent_once"}
    facts |= {"sent_at": at, "due_on": office_hours.answer_by(timezone.localtime(at))}
    message, made = Message.objects.get_or_create(sent_once=written.sent_once, defaults=facts)
    if made:
        history.record(message.history_key, "message received", at=at, by=None)
        _write(message, "office_message", to=str(settings.SOCIETY["email"]), at=at)
    return message


@transaction.atomic
def answer(*, message_id: int, words: str, by: User, at: dt.datetime) -> Message:
    """Write back to them. Raises Closed where somebody did so before."""
    message = _open(message_id)
    message.answer = words
    _close(message, Message.State.ANSWERED, by=by, at=at)
    history.record(message.history_key, "message answered", at=at, by=by, text=words)
    _write(message, "message_answer", to=message.email, at=at)
    return message


@transaction.atomic
def close(*, message_id: int, why: str, by: User, at: dt.datetime) -> Message:
    """No letter goes: it was settled otherwise, or is none. Raises Closed."""
    message = _open(message_id)
    _close(message, Message.State.CLOSED, by=by, at=at)
    history.record(message.history_key, "message closed", at=at, by=by, text=why)
    return message


def _open(message_id: int) -> Message:
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.closed_at is not None:
        day = timezone.localdate(message.closed_at)
        raise Closed(
            f"This message was closed on {day:%-d %B %Y}: “{message.get_state_display()}”."
        )
    return message


def _close(message: Message, state: str, *, by: User, at: dt.datetime) -> None:
    message.state, message.closed_at, message.closed_by = state, at, by
    message.save()


def _write(message: Message, kind: str, *, to: str, at: dt.datetime) -> None:
    page = reverse("admin:website_message_change", args=[message.pk])
    letters.queue(
        kind,
        key=f"{kind}:{message.pk}",
        to=to,
        context={"message": message, "page_url": links.absolute(page)},
        at=at,
        subject_key=message.history_key,
    )
