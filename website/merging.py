"""Merging two accounts of one person, and undoing it.

The accounts are told to be one by `merged_into`. What lives on moves: the login, the payer's
account, the membership, an open application, evidence, the listing. Ledger entries, history and
what was decided stay where they are and are read together. What moved is noted, so that undoing
gives exactly that back.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from foundation import history, letters
from foundation.links import absolute
from membership import cards
from membership.models import Membership, Person, User
from website.merging_rows import give_back, move, moving
from website.merging_rules import refusals, staying
from website.models import Merger

READ_TOGETHER = "Ledger, decisions, letters and history are read together, and stay with"


class CannotMerge(Exception):
    """The two accounts cannot be merged as they are; the text says what to do first."""


@dataclass(frozen=True)
class Preview:
    """What merging would do, in sentences; with a refusal it does not happen."""

    moves: tuple[str, ...]
    stays: tuple[str, ...]
    refusals: tuple[str, ...]


def preview(*, kept: Person, gone: Person, on: dt.date) -> Preview:
    """Whether, and how, one account would be taken in by another."""
    counted = {words: rows.count() for words, rows in moving(kept, gone)}
    moves = [words if n == 1 else f"{words} ({n})" for words, n in counted.items() if n]
    stays = (f"{READ_TOGETHER} {gone}.", *staying(kept, gone))
    return Preview(tuple(moves), stays, tuple(refusals(kept, gone, on)))


@transaction.atomic
def merge(*, kept_id: int, gone_id: int, by: User, at: dt.datetime, reason: str) -> Merger:
    """Take one account into another. Raises CannotMerge."""
    kept, gone = _locked(kept_id, gone_id)
    against = list(refusals(kept, gone, timezone.localdate(at)))
    if against:
        raise CannotMerge(" ".join(against))
    moved = move(kept, gone)
    merger = Merger.objects.create(
        kept=kept,
        gone=gone,
        merged_at=at,
        merged_by=by,
        reason=reason.strip(),
        address_before=gone.email,
        moved=moved,
    )
    gone.refresh_from_db()
    # Whatever is still written to the account that went reaches its person where they read.
    gone.merged_into, gone.email = kept, kept.email
    gone.save(update_fields=["merged_into", "email"])
    if Membership.objects.filter(person=gone).exists():
        cards.card_of(kept, at=at)  # where the card of the former membership leads from now on
    _tell(merger, "merged", at=at)
    _note(merger, "merged with another account", by=by, at=at, text=merger.reason)
    return merger


@transaction.atomic
def undo(*, merger_id: int, by: User, at: dt.datetime, reason: str) -> Merger:
    """Make two accounts of one again; what had moved goes back. Undoing twice is undoing once."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is not None:
        return merger
    kept, gone = _locked(merger.kept_id, merger.gone_id)
    give_back(merger, kept, gone)
    gone.refresh_from_db()
    gone.merged_into, gone.email = None, merger.address_before
    gone.save(update_fields=["merged_into", "email"])
    merger.undone_at, merger.undone_by, merger.undo_reason = at, by, reason.strip()
    merger.save()
    _tell(merger, "separated", at=at)
    _note(merger, "separated from another account", by=by, at=at, text=merger.undo_reason)
    return merger


def _locked(kept_id: int, gone_id: int) -> tuple[Person, Person]:
    """Both rows under lock, in one order whoever asks."""
    rows = Person.objects.select_for_update(of=("self",)).select_related("user").order_by("pk")
    found = {one.pk: one for one in rows.filter(pk__in={kept_id, gone_id})}
    return found[kept_id], found[gone_id]


def _tell(merger: Merger, kind: str, *, at: dt.datetime) -> None:
    """To both addresses, so that nobody loses an account without hearing of it."""
    addresses = dict.fromkeys((merger.kept.email, merger.address_before))
    for number, address in enumerate(addresses, start=1):
        letters.queue(
            kind,
            key=f"{kind}:{merger.pk}:{number}",
            to=address,
            subject_key=merger.kept.history_key,
            at=at,
            context={
                "person": merger.kept,
                "other": merger.address_before,
                "login_url": absolute("/accounts/login/"),
            },
        )


def _note(merger: Merger, verb: str, *, by: User, at: dt.datetime, text: str) -> None:
    for one, other in ((merger.kept, merger.gone), (merger.gone, merger.kept)):
        words = f"{other.history_key}. {text}"
        history.record(one.history_key, verb, at=at, by=by, text=words)
