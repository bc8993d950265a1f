"""The queue of records that wait for a person; the only writer of reviews."""

import datetime as dt
from operator import itemgetter

from django.db.models import Exists, OuterRef

from membership.models import User
from records.chunks import work_through
from records.models import ClientRecord, ClientRecordQuerySet, Review
from records.retention import Status

OPEN = Review.objects.filter(settled_at=None)


def is_open(record: ClientRecord) -> bool:
    return OPEN.filter(record=record).exists()


def how_many_open() -> int:
    return OPEN.count()


def queue_waiting(records: ClientRecordQuerySet, *, on: dt.date) -> int:
    """Queue one review for each of these records that waits and has none open; how many."""
    without = records.waiting(on).exclude(Exists(OPEN.filter(record=OuterRef("pk"))))

    def queue(lot: list[tuple[int, str]]) -> None:
        found = [Review(record_id=pk, why=_why(status), queued_on=on) for pk, status in lot]
        # Two runs at once may both find it; the constraint lets one through.
        Review.objects.bulk_create(found, ignore_conflicts=True)

    return work_through(without, read=_read, key=itemgetter(0), work=queue)


def _read(records: ClientRecordQuerySet) -> list[tuple[int, str]]:
    return list(records.values_list("pk", "status"))


def close_not_due(
    records: ClientRecordQuerySet | None, *, on: dt.date, at: dt.datetime, by: User | None
) -> int:
    """Close the open reviews of those of these records, or of all, that no longer wait; how many.

    All are asked for by none, since naming a million records costs more than looking.
    """
    waiting = ClientRecord.objects.waiting(on).filter(pk=OuterRef("record"))
    reviews = OPEN if records is None else OPEN.filter(record__in=records)
    return reviews.exclude(Exists(waiting)).update(
        settled_at=at, settled_by=by, outcome=Review.Outcome.NOT_DUE
    )


def settle_as_kept(record: ClientRecord, *, by: User, at: dt.datetime) -> None:
    """Close the open review of a record that is to be kept longer."""
    OPEN.filter(record=record).update(
        settled_at=at, settled_by=by, outcome=Review.Outcome.KEPT_LONGER
    )


def reminded(keys: list[int], step: int) -> None:
    """Note that people were reminded of open reviews, so that this step is not taken again."""
    OPEN.filter(pk__in=keys).update(reminders=step)


def _why(status: str) -> str:
    if status == Status.INDEFINITE_REVIEW:
        return Review.Why.INDEFINITE.value
    return Review.Why.PERIOD_OVER.value
