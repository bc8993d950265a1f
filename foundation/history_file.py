"""The history as records: what `seals` verifies, here in the portal and offline out of a file."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast

from foundation import seals
from foundation.models import AnchoredHead, Chain, Event

# As PostgreSQL and SQLite write a moment in UTC. Anything else is taken as it stands, and so found.
MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?)(\+00)?"
)
COLUMNS = ("number", "actor", "verb", "text", "salt", "text_digest", "previous", "digest")
HEAD = ("anchor", "number", "digest", "leaf")

Record = dict[str, Any]


def line(event: Event) -> Record:
    """One line as a record."""
    told = {name: getattr(event, name) for name in COLUMNS}
    return {"kind": "line", "chain": event.chain_id, "at": written(event.at), **told}


def written(at: dt.datetime) -> str:
    """A moment as it is sealed: in UTC, to the microsecond."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def everything(*, anchors: int) -> Iterator[Record]:
    """Every record of the history, anchored heads first; `anchors` as far as they are looked at."""
    held = AnchoredHead.objects.filter(anchor__lte=anchors).order_by("anchor", "leaf")
    for row in held.values("chain", *HEAD).iterator():
        yield {"kind": "anchored", **row}
    # The head comes with each line, from one statement: a line added meanwhile disturbs nothing.
    yield from _chains(Event.objects.all())
    emptied = Chain.objects.filter(events=None).order_by("pk")
    for chain in emptied.iterator():
        yield _head(chain.pk, chain.length, chain.head)


def of_subjects(subject_keys: Sequence[str]) -> Iterator[Record]:
    """The records of some subjects, with the anchors and the way from each own head to them."""
    own = AnchoredHead.objects.filter(chain__in=subject_keys).order_by("anchor", "leaf")
    for head in own:
        leaves = AnchoredHead.objects.filter(anchor=head.anchor).values_list("leaf", flat=True)
        yield {
            "kind": "proof",
            "anchor": head.anchor,
            "chain": head.chain_id,
            "number": head.number,
            "digest": head.digest,
            "path": seals.path_of(head.leaf, leaves),
        }
    yield from _chains(Event.objects.filter(chain__in=[*subject_keys, seals.ANCHORS]))


def sealed_all(*, at: dt.datetime) -> Iterator[str]:
    """The lines of a file with the whole history; `seals` checks it without the portal."""
    anchors = anchored()
    return seals.sealed_file(
        _about(seals.EVERYTHING, anchors=anchors, at=at), everything(anchors=anchors)
    )


def sealed(subject_keys: Sequence[str], *, at: dt.datetime) -> Iterator[str]:
    """The same with the history of one person: of nobody else a key or a word is in it."""
    whose = _about(", ".join(subject_keys), anchors=0, at=at)
    return seals.sealed_file(whose, of_subjects(subject_keys))


def anchored() -> int:
    """How many anchors there are."""
    return Chain.objects.filter(pk=seals.ANCHORS).values_list("length", flat=True).first() or 0


def _about(of: str, *, anchors: int, at: dt.datetime) -> Record:
    return {"format": seals.FORMAT, "of": of, "anchors": anchors, "exported_at": written(at)}


def strays() -> Iterator[tuple[str, int]]:
    """Lines whose chain is gone or was filed under another key."""
    kept = Chain.objects.filter(pk=OuterRef("chain_id"))
    found = Event.objects.filter(~Exists(kept)).order_by("chain_id", "number")
    return found.values_list("chain_id", "number").iterator()


def _chains(events: QuerySet[Event]) -> Iterator[Record]:
    ends = {"length": F("chain__length"), "head": F("chain__head")}
    rows = events.annotate(moment=Cast("at", TextField()), **ends).order_by("chain_id", "number")
    found = rows.values("chain_id", "moment", "length", "head", *COLUMNS).iterator()
    for key, lines in groupby(found, key=itemgetter("chain_id")):
        length, head = 0, ""
        for row in lines:
            length, head = row["length"], row["head"]
            told = {name: row[name] for name in COLUMNS}
            yield {"kind": "line", "chain": key, "at": _read(row["moment"]), **told}
        yield _head(key, length, head)


def _head(chain: str, length: int, head: str) -> Record:
    return {"kind": "head", "chain": chain, "length": length, "head": head}


def _read(moment: str) -> str:
    found = MOMENT.fullmatch(moment)
    if found is None:
        return moment
    try:
        return written(dt.datetime.fromisoformat(found[1]).replace(tzinfo=dt.UTC))
    except ValueError:  # the thirteenth month
        return moment
