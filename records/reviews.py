"""The queue of records that wait for a person; the only writer of reviews."""

import datetime as dt

from django.db import connection, transaction
from django.db.models import Case, DateField, Exists, F, OuterRef, TextField, Value, When

from membership.models import User
from records.models import ClientRecord, ClientRecordQuerySet, Review
from records.retention import Status

OPEN = Review.objects.filter(settled_at=None)
INDEFINITE = Value(Review.Why.INDEFINITE.value)
PERIOD_OVER = Value(Review.Why.PERIOD_OVER.value)


def is_open(record: ClientRecord) -> bool:
    return OPEN.filter(record=record).exists()


def how_many_open() -> int:
    return OPEN.count()


def queue_waiting(records: ClientRecordQuerySet, *, on: dt.date) -> int:
    """Queue one review for each of these records that waits and has none open; how many.

    One statement, whatever there is: the rows never leave the database. The records are locked, so
    that nothing is queued that is just being put off.
    """
    waiting = records.waiting(on).exclude(Exists(OPEN.filter(record=OuterRef("pk"))))
    new = {
        "record_id": F("pk"),
        "why": Case(When(status=Status.INDEFINITE_REVIEW, then=INDEFINITE), default=PERIOD_OVER),
        "queued_on": Value(on, DateField()),
        "outcome": Value("", TextField()),
        "reminders": Value(0),
    }
    chosen = waiting.order_by().select_for_update(of=("self",)).values_list(*new.values())
    with transaction.atomic(), connection.cursor() as cursor:
        sql, params = chosen.query.sql_with_params()
        # Two runs at once may both find one; the constraint lets one through.
        cursor.execute(
            f"INSERT INTO {Review._meta.db_table} ({', '.join(new)}) {sql} ON CONFLICT DO NOTHING",
            params,
        )
        return int(cursor.rowcount)


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
