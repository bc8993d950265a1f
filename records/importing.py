"""Takes a file of client records into a register: kept until it is confirmed, then taken once.

One import is one transaction. What it did is noted row by row, so that `undoing` can take back what
nobody has touched since.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from foundation import history
from foundation.models import Chain
from foundation.under_way import ANOTHER_TRY, Tell, nobody_is_at, unheard
from membership.models import User
from records import register as actions
from records import reviews, versions
from records.import_file import Row, read
from records.judging import Judged, Verdict, digest, is_same, judge
from records.models import ClientRecord, Hold, ImportedRow, RecordImport, Register
from records.reckoning import reckon_by
from records.retention_facts import Hold as HoldFact
from records.terms import TermsNotAccepted
from records.undoing import snapshot

LOT = 200
AT_ONCE = 300
"""So many rows are taken while the browser waits; more go to the worker."""


class Overtaken(Exception):
    """The file would no longer do what was shown; look at it again."""


@transaction.atomic
def keep(*, register: Register, content: bytes, by: User, at: dt.datetime) -> RecordImport:
    """Keep what can be read of a file until it is confirmed.

    Raises FileRefused, and what adding a record raises: TermsNotAccepted or RegisterEnds.
    """
    actions.lock_to_add(register)
    found = read(content, on=timezone.localdate(at))
    return RecordImport.objects.create(
        register=register,
        sent_at=at,
        sent_by=by,
        rows=[[row.line, dict(row.cells)] for row in found.rows],
        refused=[asdict(one) for one in found.refused],
        turned_away=len(found.refused),
    )


def shown(batch: RecordImport, *, on: dt.date) -> list[Judged]:
    """What the file would do today, and what is wrong with the rest, in the order of its lines."""
    refused = [
        Judged(one["line"], one["reference"], Verdict.REFUSED, one["words"])
        for one in batch.refused
    ]
    judged = judge(batch.register, _rows(batch), on=on, rules=versions.in_force(on=on))
    return sorted([*judged, *refused], key=lambda one: one.line)


def begin(batch: RecordImport, *, at: dt.datetime) -> bool:
    """Mark a file as being taken by the worker; False where it is in hand already."""
    free = RecordImport.objects.filter(nobody_is_at(at), pk=batch.pk, taken_at=None)
    return bool(free.update(begun_at=at, stopped=""))


def is_given_up(batch: RecordImport, *, at: dt.datetime) -> bool:
    """Whether the worker that began with a file has not come back."""
    return batch.begun_at is not None and batch.begun_at < at - ANOTHER_TRY


def stop(batch_id: int, words: str) -> None:
    """The worker could not take it; the page says why, and it can be confirmed again."""
    waiting = RecordImport.objects.filter(pk=batch_id, taken_at=None)
    waiting.update(begun_at=None, stopped=words)


def take_or_say_why(
    *, batch_id: int, seen: str, user_id: int, at: dt.datetime, tell: Tell = unheard
) -> None:
    """For the worker: what stands against it is kept for the page of the file."""
    by = User.objects.filter(pk=user_id).first()
    try:
        take(batch_id=batch_id, seen=seen, by=by, at=at, tell=tell)
    except (Overtaken, TermsNotAccepted, actions.RegisterEnds) as against:
        stop(batch_id, str(against))


@transaction.atomic
def take(
    *, batch_id: int, seen: str, by: User | None, at: dt.datetime, tell: Tell = unheard
) -> RecordImport:
    """Put the rows of a file into its register. Twice is once.

    `seen` is the digest of what was shown. Raises Overtaken where the register has changed since,
    TermsNotAccepted or RegisterEnds.
    """
    batch = RecordImport.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if batch.taken_at is not None:
        return batch
    register = actions.lock_to_add(batch.register)
    batch.register = register
    judged = shown(batch, on=timezone.localdate(at))
    if digest(judged) != seen:
        raise Overtaken("The register has changed since you looked. Look at the file again.")
    _put_in(batch, judged, by=by, at=at, tell=tell)
    _note(batch, judged, by=by, at=at)
    return batch


def _put_in(
    batch: RecordImport, judged: list[Judged], *, by: User | None, at: dt.datetime, tell: Tell
) -> None:
    new = [one for one in judged if one.verdict is Verdict.TAKEN]
    changed = [one for one in judged if one.verdict is Verdict.CHANGED]
    total = len(new) + len(changed)
    for first in range(0, len(new), LOT):
        _add(batch, new[first : first + LOT], by=by, at=at)
        tell(min(first + LOT, len(new)), total)
    for number, one in enumerate(changed, start=1):
        _change(batch, one, by=by, at=at)
        if number % LOT == 0:
            tell(len(new) + number, total)


def _add(batch: RecordImport, lot: Sequence[Judged], *, by: User | None, at: dt.datetime) -> None:
    """Add some records at once, with their answers, holds and first lines of history."""
    on, records, holds = timezone.localdate(at), [], []
    rules = versions.in_force(on=on)
    for one in lot:
        record = ClientRecord(
            register=batch.register, reference=one.reference, added_at=at, **one.facts
        )
        held = [Hold(record=record, **_columns(hold)) for hold in one.holds]
        reckon_by(rules, record, held, on=on)
        records.append(record)
        holds += held
    ClientRecord.objects.bulk_create(records)
    Hold.objects.bulk_create(holds)
    texts = {record.history_key: actions.in_short(record) for record in records}
    history.begin(texts, "record imported", at=at, by=by)
    reviews.queue_waiting(ClientRecord.objects.filter(pk__in=[each.pk for each in records]), on=on)
    ImportedRow.objects.bulk_create(
        ImportedRow(batch=batch, record=record, line=one.line, events=1)
        for record, one in zip(records, lot, strict=True)
    )


def _change(batch: RecordImport, one: Judged, *, by: User | None, at: dt.datetime) -> None:
    if one.record is None:
        raise ValueError("A row that changes a record names it.")
    record = ClientRecord.objects.select_for_update(of=("self",)).get(pk=one.record.pk)
    was = snapshot(record)
    for name, value in one.facts.items():
        setattr(record, name, value)
    for hold in one.holds:
        known = [each for each in record.holds.filter(resolved_on=None) if is_same(each, hold)]
        if known:
            record.holds.filter(pk=known[0].pk).update(resolved_on=hold.resolved_on)
        else:
            record.holds.create(**_columns(hold))
    actions.save(record, "record changed by an import", by=by, at=at)
    events = Chain.objects.get(pk=record.history_key).length
    ImportedRow.objects.create(batch=batch, record=record, line=one.line, was=was, events=events)


def _note(batch: RecordImport, judged: list[Judged], *, by: User | None, at: dt.datetime) -> None:
    """Count what was done, and forget the file."""
    counts = dict.fromkeys(Verdict, 0)
    for one in judged:
        counts[one.verdict] += 1
    batch.added, batch.changed = counts[Verdict.TAKEN], counts[Verdict.CHANGED]
    batch.twins, batch.turned_away = counts[Verdict.TWIN], counts[Verdict.REFUSED]
    batch.taken_at, batch.rows, batch.refused, batch.stopped = at, [], [], ""
    batch.save()
    text = f"{batch.added} added, {batch.changed} changed, {batch.turned_away} refused"
    history.record(batch.register.history_key, "file imported", at=at, by=by, text=text)


def _rows(batch: RecordImport) -> list[Row]:
    return [Row(line, cells) for line, cells in batch.rows]


def _columns(hold: HoldFact) -> dict[str, object]:
    return {
        "kind": hold.kind.value,
        "opened_on": hold.opened_on,
        "resolved_on": hold.resolved_on,
    }
