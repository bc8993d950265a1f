"""What happened, in order, one hash chain a subject: added to, never changed, checkable by anybody.

Each line's digest covers the line before it and a salted digest of its text, so the text of a
person can be erased while the chain still proves that nothing was taken out or altered. The newest
digest stands on the chain itself: adding a line costs the same however long the chain is.
"""

import datetime as dt
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Max

from foundation import history_file, seals
from foundation.models import AnchoredHead, Chain, Event
from foundation.prepared import A_NAME, Rows
from foundation.prepared_writes import Columns, Inserts
from foundation.seals import Fault

LOCKED = Rows(A_NAME, lambda key: Chain.objects.select_for_update().filter(pk=key))
"""The chain of a subject, under lock."""
WRITE = Inserts(Event)
BEGIN = Inserts(Chain, ignoring=True)
MOVE = Inserts(Chain, moving=("length", "head"))


class Head(NamedTuple):
    """Where a chain ends: so many lines, and the digest of the newest one."""

    subject_key: str
    length: int = 0
    digest: str = ""


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
    line = _sealed(lock(subject_key), verb, at=at, by=by, text=text, salt=salt)
    _store([line])
    event = Event(**line)
    event._state.adding = False  # noqa: SLF001  # it is stored; a line is never saved again
    return event


@transaction.atomic
def begin(texts: Mapping[str, str], verb: str, *, at: dt.datetime, by: models.Model | None) -> None:
    """The first line of many new subjects at once, each with its own text."""
    Chain.objects.bulk_create(Chain(subject_key=key) for key in texts)
    record_all({Head(key): text for key, text in texts.items()}, verb, at=at, by=by)


@transaction.atomic(savepoint=False)
def record_all(
    texts: Mapping[Head, str], verb: str, *, at: dt.datetime, by: models.Model | None
) -> None:
    """One line to each of many chains, which are locked already: see `lock_all`."""
    _store(
        [
            _sealed(head, verb, at=at, by=by, text=text, salt=secrets.token_hex(16))
            for head, text in texts.items()
        ]
    )


def _sealed(
    head: Head, verb: str, *, at: dt.datetime, by: models.Model | None, text: str, salt: str
) -> Columns:
    """The next line of a chain, not stored yet."""
    line = {
        "chain_id": head.subject_key,
        "number": head.length + 1,
        "at": at,
        "actor": actor(by),
        "verb": verb,
        "text": text,
        "salt": salt,
        "text_digest": seals.text_digest(salt, text),
        "previous": head.digest,
    }
    told = {**line, "chain": head.subject_key, "at": history_file.written(at)}
    return {**line, "digest": seals.line_digest(told)}


def _store(lines: Sequence[Columns]) -> None:
    """Write lines, one a chain, and move the heads of their chains on."""
    WRITE(lines)
    MOVE(
        [
            {"subject_key": one["chain_id"], "length": one["number"], "head": one["digest"]}
            for one in lines
        ]
    )


def lock(subject_key: str) -> Head:
    """The end of a subject's chain, begun where there is none; nobody else adds to it meanwhile."""
    if not (found := LOCKED(subject_key)):
        BEGIN([{"subject_key": subject_key}])
        found = LOCKED(subject_key)
    return Head(subject_key, found[0].length, found[0].head)


def lock_all(subject_keys: Collection[str], *, waits: bool) -> list[Head]:
    """Lock many chains, begun where there is none; where those end that are locked now.

    Where it does not wait, those that somebody else holds are left out: who holds many rows and
    waits for another would sooner or later wait in a ring.
    """
    heads = _locked(subject_keys, waits=waits)
    missing = set(subject_keys) - {one.subject_key for one in heads}
    known = Chain.objects.filter(pk__in=missing).values_list("pk", flat=True) if missing else ()
    if begun := sorted(missing - set(known)):
        BEGIN([{"subject_key": key} for key in begun])
        heads += _locked(begun, waits=waits)
    return heads


def _locked(subject_keys: Collection[str], *, waits: bool) -> list[Head]:
    locked = Chain.objects.select_for_update(skip_locked=not waits).filter(pk__in=subject_keys)
    return [Head(*told) for told in locked.order_by("pk").values_list("pk", "length", "head")]


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
