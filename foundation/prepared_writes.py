"""Statements that write and are built once: Django takes longer to build one than to run it.

Their text is Django's own or as Django writes it. What must always be true of a row the database
holds itself; nothing else of its model is asked, so this is for rows that the portal makes, not
for what somebody typed.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import AutoField, Model
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

from foundation.prepared import as_written

Columns = Mapping[str, Any]
TEXTS_KEPT = 16


class Inserts:
    """Writes rows of a model, each given as its columns by name; those left out have defaults.

    Where there is a row of that key already, `moving` names the columns that alone are written,
    and `ignoring` leaves it as it is.
    """

    def __init__(
        self, model: type[Model], *, moving: Sequence[str] = (), ignoring: bool = False
    ) -> None:
        meta = model._meta
        self._model = model
        self._moving = [meta.get_field(name) for name in moving]
        self._conflict = OnConflict.UPDATE if moving else OnConflict.IGNORE if ignoring else None
        self._numbered = isinstance(meta.pk, AutoField)
        self._fields = [one for one in meta.concrete_fields if not isinstance(one, AutoField)]
        self._names = {one.attname for one in self._fields}
        self._text = lru_cache(maxsize=TEXTS_KEPT)(self._built)

    def __call__(self, rows: Sequence[Columns]) -> list[int]:
        """Write them, all or none; the numbers that the database gave them, in their order."""
        if unknown := set().union(*rows) - self._names:
            raise TypeError(f"No columns of {self._model.__name__}: {', '.join(sorted(unknown))}.")
        most = max(connection.ops.bulk_batch_size(self._fields, rows), 1)
        with transaction.atomic(savepoint=False):
            lots = (rows[first : first + most] for first in range(0, len(rows), most))
            return [number for lot in lots for number in self._write(lot)]

    def _write(self, rows: Sequence[Columns]) -> list[int]:
        sql, is_by_column = self._text(len(rows))
        columns = [self._column(field, rows) for field in self._fields]
        params: Iterable[Any] = columns if is_by_column else chain(*zip(*columns, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, list(params))
            return [number for (number,) in cursor.fetchall()] if self._numbered else []

    def _column(self, field: Any, rows: Sequence[Columns]) -> list[Any]:
        """One column of them all, each of its values put once as this database takes it."""
        default = field.get_default()
        values = [row.get(field.attname, default) for row in rows]
        if not field.get_internal_type().startswith("Date"):
            return values
        known = {one: as_written(one) for one in set(values)}
        return [known[one] for one in values]

    def _built(self, count: int) -> tuple[str, bool]:
        """The statement for so many rows, and whether it takes whole columns or row after row."""
        query = InsertQuery(
            self._model,
            on_conflict=self._conflict,
            update_fields=self._moving,
            unique_fields=[self._model._meta.pk],
        )
        query.insert_values(self._fields, [self._model() for _each in range(count)])
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = [self._model._meta.pk] if self._numbered else None
        [(sql, params)] = compiler.as_sql()
        return sql, len(params) < count * len(self._fields)


class Updates:
    """Writes some columns of a row that is there, by its key."""

    def __init__(self, model: type[Model], names: Sequence[str]) -> None:
        self._table, self._key = model._meta.db_table, model._meta.pk
        self._fields: list[Any] = [model._meta.get_field(name) for name in names]

    def __call__(self, row: Model) -> None:
        """As they stand on it. Raises DatabaseError where it is gone."""
        values = [
            field.get_db_prep_save(getattr(row, field.attname), connection=connection)
            for field in self._fields
        ]
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(self._text, [*values, row.pk])
            if cursor.rowcount != 1:
                raise DatabaseError(f"No row of {self._table} was written.")

    @cached_property
    def _text(self) -> str:
        quoted = connection.ops.quote_name
        columns = ", ".join(f"{quoted(one.column)} = %s" for one in self._fields)
        key = quoted(str(self._key.column))
        return f"UPDATE {quoted(self._table)} SET {columns} WHERE {key} = %s"  # noqa: S608
