"""Members by month and type over two years: one query, a picture of columns, and its text twin."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from foundation.dates import add_months
from membership.models import FeeDue
from membership.types import MembershipType

MONTHS = 24
WIDTH, HEIGHT, LEFT, BOTTOM = 720, 220, 36, 24
"""The picture in its own units: all of it, and the margins that hold the figures."""


@dataclass(frozen=True)
class Block:
    """One type within a column: the place of its top, and its height."""

    type: MembershipType
    count: int
    y: float
    height: float


@dataclass(frozen=True)
class Column:
    """The members of one month, on its first day; `label` where the axis names it."""

    month: dt.date
    x: float
    width: float
    blocks: tuple[Block, ...]
    label: str

    @property
    def total(self) -> int:
        return sum(block.count for block in self.blocks)


@dataclass(frozen=True)
class Picture:
    columns: tuple[Column, ...]
    types: tuple[MembershipType, ...]
    highest: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def floor(self) -> int:
        return HEIGHT - BOTTOM

    @property
    def rows(self) -> list[tuple[dt.date, list[int], int]]:
        """The text twin, newest month first: the counts by type and their sum."""
        return [
            (one.month, [block.count for block in one.blocks], one.total)
            for one in reversed(self.columns)
        ]


def picture(on: dt.date) -> Picture:
    """The first days of the last 24 months. Whoever had left or died by then does not count."""
    months = [add_months(on.replace(day=1), -back) for back in reversed(range(MONTHS))]
    counts = _counts(months)
    types = tuple(one for one in MembershipType if any(counts[one]))
    highest = max((sum(counts[one][i] for one in types) for i in range(MONTHS)), default=0)
    columns = [_column(i, month, counts, types, highest) for i, month in enumerate(months)]
    return Picture(tuple(columns), types, highest)


def _counts(months: Sequence[dt.date]) -> dict[MembershipType, list[int]]:
    """How many of each type were covered on each of these days. One query."""
    on_each = {f"month_{i}": Count("pk", filter=_covering(day)) for i, day in enumerate(months)}
    found = FeeDue.objects.filter(ends_on__gte=months[0], starts_on__lte=months[-1])
    rows: dict[str, Any] = {
        row["type"]: row for row in found.order_by().values("type").annotate(**on_each)
    }
    return {
        one: [rows[one.value][name] if one.value in rows else 0 for name in on_each]
        for one in MembershipType
    }


def _covering(day: dt.date) -> Q:
    left = Q(person__membership__resigned_on__lte=day) | Q(person__died_on__lte=day)
    return Q(starts_on__lte=day, ends_on__gte=day) & ~left


def _column(
    number: int,
    month: dt.date,
    counts: Mapping[MembershipType, Sequence[int]],
    types: Sequence[MembershipType],
    highest: int,
) -> Column:
    """Blocks stand on each other from the floor, in the order of the types."""
    step = (WIDTH - LEFT) / MONTHS
    y, blocks = float(HEIGHT - BOTTOM), []
    for one in types:
        count = counts[one][number]
        height = round(count * (HEIGHT - BOTTOM - 12) / highest, 1) if highest else 0.0
        y = round(y - height, 1)
        blocks.append(Block(one, count, y, height))
    label = f"{month:%b %Y}" if month.month in (1, 7) else ""
    return Column(month, round(LEFT + number * step, 1), round(step - 4, 1), tuple(blocks), label)
