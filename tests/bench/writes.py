"""Writing one line of history, and the nightly run over client records."""

import itertools

from django.utils import timezone

from foundation import history
from foundation.models import Chain, Event
from records import schedule
from records.models import ClientRecord
from tests.bench.site import used_here
from tests.bench.timing import Result, compare, compare_both

LINES = 100_000
WRITES = 200
NIGHTS = 5


def measure() -> list[Result]:
    return [*one_line_of_history(), a_quiet_night()]


def one_line_of_history() -> list[Result]:
    """To a chain of many lines, beside one to a chain that has none."""
    now = timezone.now()
    long = Chain.objects.create(subject_key="long", length=LINES, head="0" * 64)
    Event.objects.bulk_create(
        (
            Event(
                digest=f"{number:064x}",
                chain=long,
                number=number,
                at=now,
                actor="the portal",
                verb="made up",
            )
            for number in range(1, LINES + 1)
        ),
        batch_size=5_000,
    )
    empty = [Chain(subject_key=f"empty {number}") for number in range(WRITES + 1)]
    Chain.objects.bulk_create(empty)
    fresh = itertools.count()
    return compare_both(
        "one line of history",
        lambda: history.record("long", "measured", at=now, by=None, text="A line."),
        lambda: history.record(f"empty {next(fresh)}", "measured", at=now, by=None, text="A line."),
        used=used_here,
        target=1.1,
        scale=f"{LINES:,} lines over none",
        runs=WRITES,
    )


def a_quiet_night() -> Result:
    """A run that finds nothing new, beside one indexed query for what is due."""
    today = timezone.localdate()
    schedule.run(on=today)
    return compare(
        "a quiet night of the records' schedule",
        lambda: schedule.run(on=today),
        lambda: ClientRecord.objects.filter(look_again_on__lte=today).count(),
        target=None,
        scale=f"{ClientRecord.objects.count():,} records",
        runs=NIGHTS,
    )
