"""Takes an import back, record by record, where nobody has touched the record since.

Whether somebody has is told by the length of the record's own history: every act of a person adds a
line to it, and the nightly run none.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from foundation import history
from foundation.dates import in_words
from foundation.models import Chain, Event
from membership.models import User
from records import register as actions
from records.models import ClientRecord, Hold, ImportedRow, RecordImport, Review

FACTS = actions.FACTS
UNDO_FOR = dt.timedelta(days=30)


@dataclass(frozen=True)
class Staying:
    """A record that an undoing leaves as it is, and why."""

    key: str
    reference: str
    why: str


def snapshot(record: ClientRecord) -> dict[str, Any]:
    """The facts and holds of a record, to put back."""
    facts = {name: _written(getattr(record, name)) for name in FACTS}
    holds = [[hold.pk, _written(hold.resolved_on)] for hold in record.holds.all()]
    return {"facts": facts, "holds": holds}


def is_possible(batch: RecordImport, *, at: dt.datetime) -> bool:
    """Whether anything of an import can still be taken back."""
    in_time = batch.taken_at is not None and at < batch.taken_at + UNDO_FOR
    return in_time and bool(_untouched(batch))


@transaction.atomic
def undo(*, batch_id: int, by: User, at: dt.datetime) -> RecordImport:
    """Take back what nobody has touched. Undoing again tries the rest again."""
    batch = RecordImport.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if not is_possible(batch, at=at):
        return batch
    done = 0
    for row in _untouched(batch):
        locked = ClientRecord.objects.select_for_update(of=("self",)).get(pk=row.record_id)
        # It may have been touched while the lock was waited for.
        if Chain.objects.get(pk=locked.history_key).length != row.events:
            continue
        _take_back(row, locked, by=by, at=at)
        done += 1
    batch.undone_at, batch.undone_by, batch.undone = at, by, batch.undone + done
    batch.save(update_fields=["undone_at", "undone_by", "undone"])
    text = f"{done} taken back, {batch.done.count()} stay"
    history.record(batch.register.history_key, "import undone", at=at, by=by, text=text)
    return batch


def staying(batch: RecordImport) -> list[Staying]:
    """The records that were touched since, with what was done to them last. Three queries."""
    rows = list(batch.done.select_related("record").order_by("line"))
    lengths = _lengths(rows)
    kept = [row for row in rows if lengths.get(row.record.history_key) != row.events]
    last = _last_lines([row.record.history_key for row in kept])
    return [
        Staying(str(row.record.key), row.record.reference, last[row.record.history_key])
        for row in kept
    ]


def _take_back(row: ImportedRow, record: ClientRecord, *, by: User, at: dt.datetime) -> None:
    if row.was is None:
        history.record(record.history_key, "import undone", at=at, by=by)
        row.delete()
        for model in (Review, Hold):
            model._default_manager.filter(record=record).delete()
        record.delete()
        return
    columns = {column.name: column for column in ClientRecord._meta.concrete_fields}
    for name, value in row.was["facts"].items():
        setattr(record, name, columns[name].to_python(value))
    before = dict(row.was["holds"])
    record.holds.exclude(pk__in=before).delete()
    for key, resolved_on in before.items():
        record.holds.filter(pk=key).update(resolved_on=resolved_on)
    actions.save(record, "import undone", by=by, at=at)
    row.delete()


def _untouched(batch: RecordImport) -> list[ImportedRow]:
    rows = list(batch.done.select_related("record").order_by("pk"))
    lengths = _lengths(rows)
    return [row for row in rows if lengths.get(row.record.history_key) == row.events]


def _lengths(rows: list[ImportedRow]) -> dict[str, int]:
    chains = Chain.objects.filter(pk__in=[row.record.history_key for row in rows])
    return dict(chains.values_list("pk", "length"))


def _last_lines(keys: list[str]) -> dict[str, str]:
    """What happened last to each: the newest line wins, because it is read last."""
    lines = Event.objects.filter(chain__in=keys).order_by("number")
    return {line.chain_id: f"{line.verb} on {in_words(line.at.date())}" for line in lines}


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
