"""The nightly run over client records, and all dates anew after a change of rules."""

import datetime as dt

from django.db import connection
from django.utils import timezone

from records import schedule
from tests.bench.filling_records import fill
from tests.bench.statements import undone
from tests.bench.timing import Result, compare_both
from tests.bench.using import processor_and_database

DUE = 1_000
NIGHTS = 9
MOST_OVER_BARE = 3
MOST_GROWTH = 1.2
MOST_OVER_RULES = 6
LEAST_OF_TWO = 1.6
MIB = 1_024


def nights(records: int) -> list[Result]:
    """A night with so many records that are not due, one with ten times as many."""
    today = timezone.localdate()
    found = []
    for size in (records // 10, records):
        fill(size, due=DUE, on=today)
        schedule.run(on=today - dt.timedelta(days=1))
        found.append(
            compare_both(
                "a night of the records' schedule",
                undone(lambda: schedule.run(on=today)),
                undone(lambda: bare_night(today)),
                used=processor_and_database,
                target=MOST_OVER_BARE,
                scale=f"{DUE:,} due, {size:,} not",
                runs=NIGHTS,
            )
        )
    few, many = found
    return [*few, *many, *(_growth(a, b) for a, b in zip(few, many, strict=True))]


def _growth(few: Result, many: Result) -> Result:
    return Result(
        f"growth, {many.name}",
        many.ours,
        few.ours,
        round(many.ours / few.ours, 2),
        MOST_GROWTH,
        many.unit,
        f"{many.scale} over {few.scale}",
    )


def bare_night(today: dt.date) -> None:
    """What is due by its index, and the same change to all of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, born_on, capacity, category, care_concluded_on, last_contact_on, died_on,"
            " known_on, status, retain_until, rule FROM records_clientrecord"
            " WHERE look_again_on <= %s ORDER BY id",
            [today],
        )
        cursor.fetchall()
        cursor.execute(
            "UPDATE records_clientrecord SET status = 'due_for_review', reason = reason,"
            " computed_on = %s, look_again_on = NULL WHERE look_again_on <= %s",
            [today, today],
        )
