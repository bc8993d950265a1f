"""Queries that are built once and asked often: building one takes longer than asking it.

A query is written with Django's models as always; its text is kept under what it depends on, and
every page asks it anew. Blanks stand for numbers that are known only then.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

FEWEST_BLANKS = 32
# What stands for the value that is known only when a query is asked; no row has one of them.
A_NUMBER = -1
A_NAME = "\N{SYMBOL FOR NULL}"
A_DAY = dt.date(1, 1, 2)
A_MOMENT = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
Value = TypeVar("Value", int, str, dt.date, dt.datetime)
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


class _Making(Generic[Row]):
    """How the columns of a query become rows; a raw query of Django's finds it out every time."""

    def __init__(self, compiler: SQLCompiler) -> None:
        made = compiler.klass_info or {}
        selected = [expression for expression, _sql, _alias in compiler.select or ()]
        self._model: type[Row] = made["model"]
        self._places: list[int] = made["select_fields"]
        self._names = [selected[place].target.attname for place in self._places]
        self._related = get_related_populators(  # type: ignore[call-arg]  # of Django 6 in the stubs
            made, compiler.select, connection.alias
        )
        told = set(_told(made))
        self._annotated = list((compiler.annotation_col_map or {}).items())
        self._conversions = [
            (place, convert, expression)
            for place, (converts, expression) in compiler.get_converters(selected).items()
            if place in told
            for convert in converts
        ]

    def row(self, columns: Sequence[Any]) -> Row:
        values = list(columns)
        for place, convert, expression in self._conversions:
            values[place] = convert(values[place], expression, connection)
        told = [values[place] for place in self._places]
        row = self._model.from_db(connection.alias, self._names, told)
        for name, place in self._annotated:
            setattr(row, name, values[place])
        for related in self._related:
            related.populate(values, row)
        return row


def _told(made: dict[str, Any]) -> Iterator[int]:
    """Where the columns of a row stand, and those of the rows that are read with it."""
    yield from made["select_fields"]
    for related in made.get("related_klass_infos", ()):
        yield from _told(related)


class LostBlank(Exception):
    """The query does not depend on its blank: Django leaves out what cannot be true of a column."""


class Rows(Generic[Value, Row]):
    """Whole rows by a query that depends on one value, asked anew every time.

    `build` makes the query for the blank it is given: `A_NUMBER`, `A_NAME`, `A_DAY` or `A_MOMENT`.
    What `select_related` names is read with it; what is annotated comes as the database writes it.
    """

    def __init__(self, blank: Value, build: "Callable[[Value], QuerySet[Row]]") -> None:
        self._blank: Value = blank
        self._build: Callable[[Value], QuerySet[Row]] = build

    @cached_property
    def _asked(self) -> tuple[_Making[Row], str, list[Any], list[int]]:
        """How its rows are made, the text, what goes into it, and where the blank stands there."""
        compiler = self._build(self._blank).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        blank = as_written(self._blank)
        places = [place for place, param in enumerate(params) if param == blank]
        if not places:
            raise LostBlank
        return _Making(compiler), sql, list(params), places

    def one(self, value: Value) -> Row:
        """The only row. Raises its DoesNotExist where there is none."""
        found = self(value)
        if not found:
            return self._build(self._blank).none().get()
        return found[0]

    def __call__(self, value: Value) -> list[Row]:
        making, sql, params, places = self._asked
        filled, written = params.copy(), as_written(value)
        for place in places:
            filled[place] = written
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            return [making.row(columns) for columns in cursor.fetchall()]


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


def as_written(value: object) -> object:
    """A value as this database takes it."""
    match value:
        case dt.datetime():
            return connection.ops.adapt_datetimefield_value(value)
        case dt.date():
            return connection.ops.adapt_datefield_value(value)
    return value
