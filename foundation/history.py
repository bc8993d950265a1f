"""What happened, in order, one hash chain a subject: added to, never changed, checkable by anybody.

Each line's digest covers the line before it and a salted digest of its text, so the text of a
person can be erased while the chain still proves that nothing was taken out or altered.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models, transaction

from foundation.models import Chain, Event


@dataclass(frozen=True)
class Fault:
    """A place where a chain does not verify."""

    subject_key: str
    number: int
    words: str


def actor(user: models.Model | None) -> str:
    """Who did it, without a name: names can be erased, history cannot."""
    return f"user {user.pk}" if user is not None else "the portal"


@transaction.atomic
def record(
    subject_key: str, verb: str, *, at: dt.datetime, by: models.Model | None, text: str = ""
) -> Event:
    """Add one line to a subject's chain, in the transaction of what it tells."""
    Chain.objects.get_or_create(subject_key=subject_key)
    chain = Chain.objects.select_for_update().get(subject_key=subject_key)
    salt = secrets.token_hex(16)
    event = Event(
        chain=chain,
        number=chain.length + 1,
        at=at,
        actor=actor(by),
        verb=verb,
        text=text,
        salt=salt,
        text_digest=_text_digest(salt, text),
        previous=chain.head,
    )
    event.digest = _digest(event)
    event.save()
    chain.length, chain.head = event.number, event.digest
    chain.save(update_fields=["length", "head"])
    return event


def of(subject_key: str) -> models.QuerySet[Event]:
    """The lines of one subject, newest first."""
    return Event.objects.filter(chain__subject_key=subject_key).order_by("-number")


def erase_text(subject_key: str) -> int:
    """Forget the words about a subject; the lines, their times and digests stay."""
    return Event.objects.filter(chain__subject_key=subject_key).update(text="", salt="")


def faults() -> Iterator[Fault]:
    """Every place where a chain was changed, cut or lengthened."""
    for chain in Chain.objects.order_by("pk").iterator():
        yield from _faults_of(chain)


def _faults_of(chain: Chain) -> Iterator[Fault]:
    previous, expected = "", 1
    for event in chain.events.order_by("number").iterator():
        if event.number != expected:
            yield Fault(chain.subject_key, expected, "a line is missing")
        if event.previous != previous or event.digest != _digest(event):
            yield Fault(chain.subject_key, event.number, "the line was changed")
        # Erasing takes the salt with the words: words without a salt were put there afterwards.
        is_kept = bool(event.salt or event.text)
        if is_kept and event.text_digest != _text_digest(event.salt, event.text):
            yield Fault(chain.subject_key, event.number, "the text was changed")
        previous, expected = event.digest, event.number + 1
    if (chain.head, chain.length) != (previous, expected - 1):
        yield Fault(chain.subject_key, chain.length, "the end of the chain was changed")


def _text_digest(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def _digest(event: Event) -> str:
    parts = (
        event.previous,
        str(event.number),
        event.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        event.actor,
        event.verb,
        event.text_digest,
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
