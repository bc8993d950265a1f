"""All dates anew after a change of rules, lot by lot, beside the rule function over the same facts.

A million records are gone through once: each lot is followed by the rules alone over what was in
it, so that whatever else the machine does weighs on both alike.
"""

import datetime as dt
import itertools
import resource
import statistics

from django.db import connection
from django.utils import timezone

from records import answer_rows, redating, versions
from records.models import ClientRecord, Redating, RetentionRules
from records.retention import assess
from tests.bench import two_workers
from tests.bench.timing import Result, result
from tests.bench.using import processor_and_database

BLOCKS = 10
MOST_OVER_RULES = 6
MOST_GROWTH = 1.1
KIBIBYTES = 1_024

_versions = itertools.count(2)


def begin() -> Redating:
    """Other rules are in force, and their lots are planned."""
    now = timezone.now()
    number = next(_versions)
    rules = RetentionRules.objects.create(
        version=f"bench-{number}",
        adult_years=8 + number % 3,
        effective_from=timezone.localdate() - dt.timedelta(days=20 - number),
        adopted_at=now,
        board_minute="Benchmark",
    )
    return redating.begin(rules, on=timezone.localdate(), at=now)


def measure() -> list[Result]:
    scale = f"{ClientRecord.objects.count():,} records"
    one = over_the_rules(scale)
    if connection.vendor != "postgresql":
        return one
    return [*one, two_over_one(scale)]


def over_the_rules(scale: str) -> list[Result]:
    """The median of blocks of lots, each lot beside the rules alone over its facts."""
    begun = begin()
    rules, today = versions.of_row(begun.rules), timezone.localdate()
    lots = list(begun.lots.order_by("first_id").values_list("first_id", "last_id"))
    taken, sizes = [], []
    for first, last in lots:
        records = ClientRecord.objects.filter(pk__range=(first, last)).order_by("pk")
        facts = [row.facts for row in answer_rows.read(records)]
        moments = [processor_and_database()]
        redating.do_a_lot(begun.pk, on=today, at=timezone.now())
        moments.append(processor_and_database())
        for each in facts:
            assess(each, rules=rules, on=today)
        moments.append(processor_and_database())
        taken.append((moments[1] - moments[0], moments[2] - moments[1]))
        sizes.append(memory())
    redating.finish(begun.pk, at=timezone.now())
    by_block = [block for block in blocks(taken) if block]
    ours = statistics.median(sum(mine for mine, _theirs in block) for block in by_block)
    theirs = statistics.median(sum(theirs for _mine, theirs in block) for block in by_block)
    early = sizes[len(sizes) // BLOCKS]
    name = "all dates anew by other rules"
    return [
        result(
            f"{name}, processor time", ours, theirs, target=MOST_OVER_RULES, scale=f"{scale} in all"
        ),
        result(
            f"{name}, most memory at the end over after a tenth",
            sizes[-1],
            early,
            target=MOST_GROWTH,
            scale=scale,
            unit="MiB",
        ),
    ]


def blocks(taken: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    size = -(-len(taken) // BLOCKS)
    return [taken[first : first + size] for first in range(0, len(taken), size)]


def memory() -> float:
    """The most that this process ever took, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES


def two_over_one(scale: str) -> Result:
    begun = begin()
    return two_workers.over_one(
        "all dates anew",
        "dates",
        begun.pk,
        lots=begun.lots.count(),
        blocks=BLOCKS,
        scale=scale,
    )
