"""Reads tables row by row, fills them again, and counts a digest over each.

The digest of a table is the sum of the SHA-256 digests of its rows: the order in which a database
gives them out is its own affair.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from cmsuk.backup import values
from foundation import append_only

AT_ONCE = 2_000
MOST_PARAMETERS = 900
MODULUS = 2**256

Model = type[models.Model]
Field: TypeAlias = "models.Field[Any, Any]"


@dataclass
class Digest:
    """Of the rows so far, in any order."""

    rows: int = 0
    total: int = 0

    def add(self, line: str) -> None:
        self.rows += 1
        row = int.from_bytes(hashlib.sha256(line.encode()).digest(), "big")
        self.total = (self.total + row) % MODULUS

    def __str__(self) -> str:
        return f"{self.total:064x}"


def everything() -> list[Model]:
    """Every table of every installed app, in the order of their names."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.label)


def by_name() -> dict[str, Model]:
    return {model._meta.label: model for model in everything()}


def columns(model: Model) -> list[str]:
    return [str(field.column) for field in _fields(model)]


def lines(model: Model) -> Iterator[str]:
    """Every row as a line. To be read within a transaction."""
    read = [_as_stored(field) for field in _fields(model)]
    rows = models.QuerySet[models.Model](model).order_by("pk").values_list(*read)
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield values.packed(row)


def digest(model: Model) -> Digest:
    """Of what the table holds now."""
    counted = Digest()
    for line in lines(model):
        counted.add(line)
    return counted


def last_number(model: Model) -> int | None:
    """The last number that the database gave a row, also of one that is gone; None without."""
    if not _is_numbered(model):
        return None
    if connection.vendor == "postgresql":
        found = _ask(f"SELECT last_value, is_called FROM {_sequence(model)}")  # noqa: S608
        last, was_given = found[0]
        return int(last) if was_given else int(last) - 1
    found = _ask("SELECT seq FROM sqlite_sequence WHERE name = %s", model._meta.db_table)
    return int(found[0][0]) if found else 0


def set_last_number(model: Model, last: int) -> None:
    """The next row gets the number after it. Undone with the transaction, unlike `setval`."""
    if connection.vendor == "postgresql":
        _execute(f"ALTER SEQUENCE {_sequence(model)} RESTART WITH {last + 1}")
        return
    table = model._meta.db_table
    _execute("DELETE FROM sqlite_sequence WHERE name = %s", table)
    if last:
        _execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", table, last)


def empty_all() -> None:
    """Take every row out of every table; the history's triggers must be off."""
    quoted = [_quoted(model._meta.db_table) for model in everything()]
    if connection.vendor == "postgresql":
        _execute(f"TRUNCATE {', '.join(quoted)}")
        return
    for table in quoted:
        _execute(f"DELETE FROM {table}")  # noqa: S608  # our own tables


def add_rows(model: Model, rows: list[list[Any]]) -> None:
    """Insert rows as they are: no default, no rule of a model has a say."""
    fields = _fields(model)
    into = ", ".join(_quoted(str(field.column)) for field in fields)
    one = f"({', '.join(['%s'] * len(fields))})"
    at_once = max(1, MOST_PARAMETERS // len(fields))
    for first in range(0, len(rows), at_once):
        some = rows[first : first + at_once]
        statement = (
            f"INSERT INTO {_quoted(model._meta.db_table)} ({into}) "  # noqa: S608  # our own tables
            f"VALUES {', '.join([one] * len(some))}"
        )
        _execute(statement, *_adapted(fields, some))


def let_history_go() -> None:
    append_only.take_off(connection)


def check_and_hold_history() -> None:
    """Every key leads somewhere, and the history is added to only. Raises IntegrityError."""
    connection.check_constraints()
    append_only.put_on(connection)


def migrations() -> list[str]:
    """Every migration that this database went through, as “app.name”."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def _as_stored(field: Field) -> str | models.ExpressionWrapper:
    """A telephone number is read as the text that it is."""
    if isinstance(field, models.CharField) and hasattr(field, "from_db_value"):
        return models.ExpressionWrapper(models.F(field.attname), output_field=models.TextField())
    return field.attname


def _adapted(fields: list[Field], rows: Iterable[list[Any]]) -> Iterator[Any]:
    for row in rows:
        for field, value in zip(fields, row, strict=True):
            yield _for_database(field, value)


def _for_database(field: Field, value: Any) -> Any:
    """Text stays as it was stored: a field may hold what it would not take today."""
    if isinstance(field, models.JSONField):
        if value is None and field.null:
            return None
        return connection.ops.adapt_json_value(value, None)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return field.get_db_prep_save(value, connection)


def _fields(model: Model) -> list[Field]:
    return list(model._meta.local_concrete_fields)


def _is_numbered(model: Model) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.BigAutoField)


def _sequence(model: Model) -> str:
    table, column = _quoted(model._meta.db_table), model._meta.pk.column
    return str(_ask("SELECT pg_get_serial_sequence(%s, %s)", table, column)[0][0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _execute(statement: str, *given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def _ask(statement: str, *given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
