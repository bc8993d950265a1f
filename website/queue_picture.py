"""Pure: the picture of what waits for a decision, one column for each working day of waiting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LAST = 20
"""The last column holds whatever has waited so long or longer."""
STEP, WIDE, TALL, FOOT = 30, 22, 120, 24
"""Of the drawing, in its own units: column to column, a column, the tallest, the line of days."""


@dataclass(frozen=True)
class Column:
    """So many applications have waited so many working days; `x` and `y` are its upper corner."""

    days: str
    count: int
    x: int
    y: int
    height: int
    is_late: bool

    @property
    def is_named(self) -> bool:
        """Every fifth day is enough below the drawing."""
        return self.x // STEP % 5 == 0

    @property
    def middle(self) -> int:
        return self.x + WIDE // 2

    @property
    def above(self) -> int:
        """Where the number stands."""
        return self.y - 4


@dataclass(frozen=True)
class Picture:
    """The columns, and where the line stands after which an application is late."""

    columns: tuple[Column, ...]
    limit_x: int
    wide: int = STEP * (LAST + 1)
    base: int = TALL + 16
    feet: int = TALL + 16 + FOOT - 6
    whole: int = TALL + 16 + FOOT


def draw(ages: Sequence[int], *, limit: int) -> Picture | None:
    """None where nothing waits. `limit` is the last working day on which none is late."""
    if not ages:
        return None
    counts = Counter(min(max(age, 0), LAST) for age in ages)
    tallest = max(counts.values())
    columns = tuple(
        _column(day, counts[day], tallest=tallest, limit=limit) for day in range(LAST + 1)
    )
    return Picture(columns=columns, limit_x=(limit + 1) * STEP - (STEP - WIDE) // 2)


def _column(day: int, count: int, *, tallest: int, limit: int) -> Column:
    height = count * TALL // tallest
    return Column(
        days=f"{day}+" if day == LAST else str(day),
        count=count,
        x=day * STEP,
        y=TALL + 16 - height,
        height=height,
        is_late=day > limit,
    )
