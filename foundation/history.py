"""What happened, in order, one hash chain a subject: added to, never changed, checkable by anybody.

Each line's digest covers the line before it and a salted digest of its text, so the text of a
person can be erased while the chain still proves that nothing was taken out or altered. The newest
digest stands on the chain itself: adding a line costs the same however long the chain is.
"""

import datetime as dt
import secrets
from collections.abc import Collection, Iterator, Mapping

from django.db import models, transaction
from django.db.models import Max

from foundation import history_file, seals
from foundation.models import AnchoredHead, Chain, Event
from foundation.prepared import A_NAME, Rows
from foundation.seals import Fault

LOCKED = Rows(A_NAME, lambda key: Chain.objects.select_for_update().filter(pk=key))
"""The chain of a subject, under lock."""


def actor(user: models.Model | None) -> str:
    """Who did it, without a name: names can be erased, history cannot."""
    return f"user {user.pk}" if user is not None else "the portal"


@transaction.atomic(savepoint=False)
def record(
    subject_key: str, verb: str, *, at: dt.datetime, by: models.Model | None, text: str = ""
) -> Event:
    """Add one line to a subject's chain, in the transaction of what it tells."""
    return add(subject_key, verb, at=at, by=by, text=text, salt=secrets.token_hex(16))


def add(
    subject_key: str, verb: str, *, at: dt.datetime, by: models.Model | None, text: str, salt: str
) -> Event:
    """The same, for who chooses the salt."""
    chain = lock(subject_key)
    event = _sealed(chain, verb, at=at, by=by, text=text, salt=salt)
    event.save(force_insert=True)
    chain.length, chain.head = event.number, event.digest
    chain.save(update_fields=["length", "head"])
    return event


@transaction.atomic
def begin(texts: Mapping[str, str], verb: str, *, at: dt.datetime, by: models.Model | None) -> None:
    """The first line of many new subjects at once, each with its own text."""
    chains = Chain.objects.bulk_create(Chain(subject_key=key) for key in texts)
    _add_to_all(chains, texts, verb, at=at, by=by)


@transaction.atomic(savepoint=False)
def record_all(
    texts: Mapping[str, str], verb: str, *, at: dt.datetime, by: models.Model | None
) -> None:
    """One line to each of many subjects, whose chains are locked already: see `lock_all`."""
    chains = list(Chain.objects.filter(pk__in=texts).order_by("pk"))
    _add_to_all(chains, texts, verb, at=at, by=by)


def _add_to_all(
    chains: list[Chain],
    texts: Mapping[str, str],
    verb: str,
    *,
    at: dt.datetime,
    by: models.Model | None,
) -> None:
    events = []
    for chain in chains:
        text = texts[chain.pk]
        event = _sealed(chain, verb, at=at, by=by, text=text, salt=secrets.token_hex(16))
        chain.length, chain.head = event.number, event.digest
        events.append(event)
    Event.objects.bulk_create(events)
    Chain.objects.bulk_create(
        chains,
        update_conflicts=True,
        unique_fields=["subject_key"],
        update_fields=["length", "head"],
    )


def _sealed(
    chain: Chain, verb: str, *, at: dt.datetime, by: models.Model | None, text: str, salt: str
) -> Event:
    """The next line of a chain, not stored yet."""
    event = Event(
        chain=chain,
        number=chain.length + 1,
        at=at,
        actor=actor(by),
        verb=verb,
        text=text,
        salt=salt,
        text_digest=seals.text_digest(salt, text),
        previous=chain.head,
    )
    event.digest = seals.line_digest(history_file.line(event))
    return event


def lock(subject_key: str) -> Chain:
    """The subject's chain, begun where there is none; nobody else adds to it meanwhile."""
    if not (found := LOCKED(subject_key)):
        Chain.objects.bulk_create([Chain(pk=subject_key)], ignore_conflicts=True)
        found = LOCKED(subject_key)
    return found[0]


def lock_all(subject_keys: Collection[str], *, waits: bool) -> set[str]:
    """Lock many chains, begun where there is none; which of them are locked now.

    Where it does not wait, those that somebody else holds are left out: who holds many rows and
    waits for another would sooner or later wait in a ring.
    """
    known = Chain.objects.filter(pk__in=subject_keys).values_list("pk", flat=True)
    missing = sorted(set(subject_keys) - set(known))
    Chain.objects.bulk_create([Chain(pk=key) for key in missing], ignore_conflicts=True)
    locked = Chain.objects.select_for_update(skip_locked=not waits).filter(pk__in=subject_keys)
    return set(locked.order_by("pk").values_list("pk", flat=True))


def of(*subject_keys: str) -> models.QuerySet[Event]:
    """The lines of one subject, or of several read together, newest first."""
    lines = Event.objects.filter(chain__in=subject_keys)
    if len(subject_keys) == 1:
        return lines.order_by("-number")
    return lines.order_by("-at", "chain", "-number")


def erase_text(subject_key: str) -> int:
    """Forget the words about a subject; the lines, their times and digests stay."""
    return Event.objects.filter(chain=subject_key).update(text="", salt="")


def faults() -> Iterator[Fault]:
    """Every place where a chain was changed, cut or lengthened. Reads every line once."""
    # In this order: of an anchor that is being made meanwhile nothing is seen, or all.
    held = AnchoredHead.objects.aggregate(last=Max("anchor"))["last"] or 0
    anchors = history_file.anchored()
    if held > anchors:
        yield Fault(seals.ANCHORS, held, "the anchor is missing")
    yield from seals.faults_of(history_file.everything(anchors=anchors), anchors=anchors)
    for chain, number in history_file.strays():
        yield Fault(chain, number, "the line belongs to no chain")
