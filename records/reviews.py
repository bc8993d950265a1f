"""The queue of records that wait for a person; the only writer of reviews."""

import datetime as dt

from django.db.models import Exists, OuterRef

from membership.models import User
from records.chunks import work_through
from records.models import ClientRecord, ClientRecordQuerySet, Review
from records.retention import Status

OPEN = Review.objects.filter(settled_at=None)


def is_open(record: ClientRecord) -> bool:
    return OPEN.filter(record=record).exists()


def queue_waiting(records: ClientRecordQuerySet, *, on: dt.date) -> int:
    """Queue one review for each of these records that waits and has none open; how many."""
    without = records.waiting(on).exclude(Exists(OPEN.filter(record=OuterRef("pk"))))

    def queue(lot: list[ClientRecord]) -> None:
        found = [Review(record=record, why=_why(record), queued_on=on) for record in lot]
        # Two runs at once may both find it; the constraint lets one through.
        Review.objects.bulk_create(found, ignore_conflicts=True)

    return work_through(without, queue)


def close_not_due(
    records: ClientRecordQuerySet, *, on: dt.date, at: dt.datetime, by: User | None
) -> int:
    """Close the open reviews of those of these records that no longer wait; how many."""
    waiting = ClientRecord.objects.waiting(on).filter(pk=OuterRef("record"))
    return (
        OPEN.filter(record__in=records)
        .exclude(Exists(waiting))
        .update(settled_at=at, settled_by=by, outcome=Review.Outcome.NOT_DUE)
    )


def settle_as_kept(record: ClientRecord, *, by: User, at: dt.datetime) -> None:
    """Close the open review of a record that is to be kept longer."""
    OPEN.filter(record=record).update(
        settled_at=at, settled_by=by, outcome=Review.Outcome.KEPT_LONGER
    )


def _why(record: ClientRecord) -> str:
    if record.status == Status.INDEFINITE_REVIEW:
        return Review.Why.INDEFINITE.value
    return Review.Why.PERIOD_OVER.value
