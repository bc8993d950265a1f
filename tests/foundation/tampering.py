"""Changes history behind the portal's back, as somebody with a key to the database could."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from foundation import append_only


def begin() -> None:
    """From here on the database refuses nothing."""
    if connection.vendor == "postgresql":
        _run("SET session_replication_role = replica")
    else:
        append_only.take_off(connection)


def end() -> None:
    if connection.vendor == "postgresql":
        _run("SET session_replication_role = origin")
    else:
        append_only.put_on(connection)


@contextmanager
def tampered(statement: str = "", *values: Any) -> Iterator[None]:
    """The history as it is after one statement; afterwards it is as it was."""
    with transaction.atomic():
        begin()
        if statement:
            _run(statement, *values)
        yield
        end()
        transaction.set_rollback(True)


def _run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
