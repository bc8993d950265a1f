"""Pure: which way a record's date moves from one answer to another, counted without records."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

from records.retention import Indefinite, Status
from records.retention_facts import Category

Until = dt.date | Indefinite | None


class Move(StrEnum):
    SAME = "same"
    EARLIER = "earlier"
    LATER = "later"
    GAINS_END = "gains_end"
    LOSES_END = "loses_end"


FALLS_DUE = "falls_due"
"""Counted beside the move: a date that moves into the past, so that a person must look."""

Tally = Counter[str]
"""Counts by "category:move"; a category that is not known is empty."""


def move(before: Until, after: Until) -> Move:
    """The way from one last day to another; no end is later than any day, no answer stays so."""
    if before == after or before is None or after is None:
        return Move.SAME
    if isinstance(after, Indefinite):
        return Move.LOSES_END
    if isinstance(before, Indefinite):
        return Move.GAINS_END
    return Move.LATER if after > before else Move.EARLIER


def count(
    tally: Tally,
    *,
    category: Category | None,
    before: tuple[Until, Status],
    after: tuple[Until, Status],
) -> None:
    """Add one record to a tally."""
    name = category.value if category else ""
    tally[f"{name}:{move(before[0], after[0])}"] += 1
    if after[1] is Status.DUE_FOR_REVIEW and before[1] is not Status.DUE_FOR_REVIEW:
        tally[f"{name}:{FALLS_DUE}"] += 1


def how_many(tally: Mapping[str, int]) -> int:
    """The records in a tally: each has one move."""
    return sum(number for name, number in tally.items() if not name.endswith(FALLS_DUE))


def add_up(tallies: list[Mapping[str, int]]) -> Tally:
    total: Tally = Counter()
    for tally in tallies:
        total.update(tally)
    return total
