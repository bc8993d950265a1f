"""Queries that are built once and asked often: building one takes longer than asking it.

A query is written with Django's models as always; its text is kept under what it depends on, and
every page asks it anew. Blanks stand for numbers that are known only then.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

FEWEST_BLANKS = 32
DAYS = 8
A_NAME = "\N{SYMBOL FOR NULL}"
"""Stands for a name that is known only when it is asked for; no row has it."""
NO_MOMENT = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
"""Stands for the moment at which it is asked; nothing happened then."""
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Prepared:
    """The text of a query, and what goes into it; negative numbers are blanks."""

    sql: str
    params: tuple[Any, ...]
    blanks: int = 0

    def rows(self, numbers: Sequence[int] = ()) -> list[tuple[Any, ...]]:
        """Ask for plain columns; days come as the database writes them."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(numbers))
            return list(cursor.fetchall())

    def filled(self, numbers: Sequence[int]) -> tuple[Any, ...]:
        """What goes into it, with these numbers in the blanks and zeros in those left over."""
        if not self.blanks:
            return self.params
        if len(numbers) > self.blanks:
            raise ValueError(f"This prepared query has {self.blanks} blanks at most.")
        values = [*numbers, *[0] * (self.blanks - len(numbers))]
        params = list(self.params)
        for place, blank in self._places:
            params[place] = values[blank - 1]
        return tuple(params)

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """Where its blanks stand, and which."""
        return [(place, _blank(one)) for place, one in enumerate(self.params) if _blank(one)]


class RowsOf(Generic[Row]):
    """Whole rows that belong to one row of another table.

    `build` makes the query for one blank. Each is asked anew every time; what the query
    annotates comes as the database writes it.
    """

    def __init__(self, build: "Callable[[list[int]], QuerySet[Row]]") -> None:
        self._build = build

    @cached_property
    def _asked(self) -> tuple[type[Row], Prepared]:
        return _asked(self._build(blanks(1)))

    def __call__(self, number: int) -> list[Row]:
        model, ask = self._asked
        return list(QuerySet(model).raw(ask.sql, ask.filled([number])))


class RowsNamed(Generic[Row]):
    """Whole rows that a name picks; `build` makes the query for the name it is given."""

    def __init__(self, build: "Callable[[str], QuerySet[Row]]") -> None:
        self._build = build

    @cached_property
    def _asked(self) -> tuple[type[Row], Prepared]:
        return _asked(self._build(A_NAME))

    def __call__(self, name: str) -> list[Row]:
        model, ask = self._asked
        params = tuple(name if one == A_NAME else one for one in ask.params)
        return list(QuerySet(model).raw(ask.sql, params))


class RowsOn(Generic[Row]):
    """Whole rows by a query that depends on a day alone; built once for each of a few days."""

    def __init__(self, build: "Callable[[dt.date], QuerySet[Row]]") -> None:
        self._asked = lru_cache(maxsize=DAYS)(lambda on: _asked(build(on)))

    def __call__(self, on: dt.date) -> list[Row]:
        model, ask = self._asked(on)
        return list(QuerySet(model).raw(ask.sql, ask.params))


class RowsAt(Generic[Row]):
    """Whole rows by a query that depends on a moment; `build` makes it for the one it is given."""

    def __init__(self, build: "Callable[[dt.datetime], QuerySet[Row]]") -> None:
        self._build = build

    @cached_property
    def _asked(self) -> tuple[type[Row], Prepared, object]:
        return *_asked(self._build(NO_MOMENT)), _as_written(NO_MOMENT)

    def __call__(self, at: dt.datetime) -> list[Row]:
        model, ask, blank = self._asked
        params = tuple(_as_written(at) if one == blank else one for one in ask.params)
        return list(QuerySet(model).raw(ask.sql, params))


def prepare(query: "QuerySet[Any, Any]") -> Prepared:
    """Build the text of a query that may hold `blanks`."""
    sql, params = query.query.sql_with_params()
    return Prepared(sql, tuple(params), max(map(_blank, params), default=0))


def blanks(most: int) -> list[int]:
    """Numbers to build a query with: no row has one of them."""
    return list(range(-1, -most - 1, -1))


def enough_blanks(numbers: Sequence[int]) -> int:
    """How many blanks to ask these with: few sizes, none much too large.

    The database plans by the number of blanks: for a thousand it would read whole tables.
    """
    size = FEWEST_BLANKS
    while size < len(numbers):
        size *= 2
    return size


def _asked(query: "QuerySet[Row]") -> tuple[type[Row], Prepared]:
    return query.model, prepare(query)


def _blank(param: Any) -> int:
    """Which blank this is, counted from one; none of them: 0."""
    return -param if isinstance(param, int) and param < 0 else 0


def as_day(written: dt.date | str | None) -> dt.date | None:
    """A day of such a row, whichever way the database writes it."""
    return dt.date.fromisoformat(written) if isinstance(written, str) else written


def as_moment(written: dt.datetime | str) -> dt.datetime:
    """The same of a moment; SQLite writes them in UTC, without saying so."""
    if isinstance(written, dt.datetime):
        return written
    return dt.datetime.fromisoformat(written).replace(tzinfo=dt.UTC)


def _as_written(moment: dt.datetime) -> object:
    """A moment as this database takes it."""
    return connection.ops.adapt_datetimefield_value(moment)
