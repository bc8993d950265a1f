"""What is done to the records of a register: add, change, hold, resolve, keep longer."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation import history
from foundation.dates import add_years, in_words
from membership.models import User
from records import reviews, terms
from records.models import ClientRecord, Hold, Register
from records.reckoning import reckon
from records.retention import Status
from records.words import STATUSES

FACTS = (
    "reference",
    "born_on",
    "capacity",
    "category",
    "care_concluded_on",
    "last_contact_on",
    "died_on",
    "known_on",
)
"""The columns that people fill in."""


class ReferenceTaken(ValueError):
    """Two records of one register cannot share a reference."""


class RegisterEnds(ValueError):
    """Nothing new goes into a register that is closed, or whose owner is leaving."""


class NothingToReview(ValueError):
    """The record does not wait for a decision."""


class DayNotAllowed(ValueError):
    """The record cannot be put off to that day."""


class HoldIsResolved(ValueError):
    """A hold is resolved once."""


@transaction.atomic
def add(*, register: Register, facts: dict[str, Any], by: User, at: dt.datetime) -> ClientRecord:
    """Put a record into a register. Raises ReferenceTaken, TermsNotAccepted or RegisterEnds."""
    record = ClientRecord(register=lock_to_add(register), added_at=at, **facts)
    save(record, "record added", by=by, at=at)
    return record


@transaction.atomic
def change(*, record_id: int, facts: dict[str, Any], by: User, at: dt.datetime) -> ClientRecord:
    """Correct the facts of a record. Raises ReferenceTaken."""
    record = _locked(record_id)
    for name in FACTS:
        setattr(record, name, facts[name])
    save(record, "record changed", by=by, at=at)
    return record


@transaction.atomic
def open_hold(
    *, record_id: int, kind: str, opened_on: dt.date, by: User, at: dt.datetime
) -> ClientRecord:
    """Keep a record, whatever its date says, until the hold is resolved. Twice is once."""
    record = _locked(record_id)
    _hold, made = record.holds.get_or_create(kind=kind, opened_on=opened_on, resolved_on=None)
    if made:
        save(record, "hold opened", by=by, at=at)
    return record


@transaction.atomic
def resolve_hold(*, hold_id: int, resolved_on: dt.date, by: User, at: dt.datetime) -> ClientRecord:
    """End a hold; the record is kept to that day at least. Raises HoldIsResolved."""
    record = _locked(Hold.objects.values_list("record_id", flat=True).get(pk=hold_id))
    hold = Hold.objects.get(pk=hold_id)
    if hold.resolved_on is not None:
        raise HoldIsResolved(f"This hold was already resolved on {in_words(hold.resolved_on)}.")
    hold.resolved_on = resolved_on
    hold.save(update_fields=["resolved_on"])
    save(record, "hold resolved", by=by, at=at)
    return record


@transaction.atomic
def keep_longer(
    *, record_id: int, until: dt.date, because: str, by: User, at: dt.datetime
) -> ClientRecord:
    """Put a record that is due off to a later day. Raises NothingToReview or DayNotAllowed."""
    record = _locked(record_id)
    on = timezone.localdate(at)
    if not reviews.is_open(record):
        raise NothingToReview("Nothing has to be decided about this record at the moment.")
    if until <= on:
        raise DayNotAllowed("Choose a day after today.")
    if record.is_indefinite and until > add_years(on, 1):
        raise DayNotAllowed("A record without an end is reviewed at least every 12 months.")
    record.extended_until, record.extended_because = until, because
    reviews.settle_as_kept(record, by=by, at=at)
    save(record, "record kept longer", by=by, at=at)
    return record


def lock_to_add(register: Register) -> Register:
    """The register under lock. Raises RegisterEnds or TermsNotAccepted: nothing new goes in."""
    found = Register.objects.select_for_update().get(pk=register.pk)
    if found.state != Register.State.OPEN:
        raise RegisterEnds("Nothing new goes into this register: its owner is leaving.")
    terms.require(found)
    return found


def _locked(record_id: int) -> ClientRecord:
    return ClientRecord.objects.select_for_update().get(pk=record_id)


def save(record: ClientRecord, verb: str, *, by: User | None, at: dt.datetime) -> None:
    """Answer again, save, queue or close its review, and write the line of history.

    Raises ReferenceTaken. The caller holds the lock.
    """
    on = timezone.localdate(at)
    reckon(record, record.holds.all() if record.pk else [], on=on)
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        if "record_reference_once_a_register" not in str(error):
            raise
        raise ReferenceTaken(
            f"There is already a record {record.reference} in this register. "
            "Open that one, or use another number."
        ) from error
    this = ClientRecord.objects.filter(pk=record.pk)
    reviews.close_not_due(this, on=on, at=at, by=by)
    reviews.queue_waiting(this, on=on)
    history.record(record.history_key, verb, at=at, by=by, text=in_short(record))


def in_short(record: ClientRecord) -> str:
    """What the history says of a record: its answer, and never why.

    A reason may tell of a client's health, and history is kept for years.
    """
    until = f", {in_words(record.retain_until)}" if record.retain_until else ""
    return f"{STATUSES[Status(record.status)]}{until}"
