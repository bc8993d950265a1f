"""Writes the values of rows as JSON, and reads them back as they were."""

import base64
import datetime as dt
import json
import uuid
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

# What JSON does not know stands as a pair of its kind and a text. Moments before days: each is one.
KINDS: tuple[tuple[str, Any, Callable[[Any], Any], Callable[[Any], Any]], ...] = (
    ("moment", dt.datetime, lambda value: value.isoformat(), dt.datetime.fromisoformat),
    ("day", dt.date, lambda value: value.isoformat(), dt.date.fromisoformat),
    ("uuid", uuid.UUID, str, uuid.UUID),
    ("decimal", Decimal, str, Decimal),
    ("bytes", bytes, lambda value: base64.b64encode(value).decode("ascii"), base64.b64decode),
    ("json", dict | list, lambda value: value, lambda value: value),
)
READ = {name: read for name, _kind, _write, read in KINDS}


def packed(row: Sequence[Any]) -> str:
    """One line; the same row is always the same line."""
    return json.dumps(
        [_packed(value) for value in row],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )


def unpacked(values: Sequence[Any]) -> list[Any]:
    """The row of a line that `packed` wrote."""
    return [READ[one[0]](one[1]) if isinstance(one, list) else one for one in values]


def _packed(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, memoryview):
        value = bytes(value)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        value = value.astimezone(dt.UTC)
    for name, kind, write, _read in KINDS:
        if isinstance(value, kind):
            return [name, write(value)]
    raise TypeError(f"A backup cannot hold a value of the kind {type(value).__name__}.")
