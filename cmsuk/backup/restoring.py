"""Puts a backup back: all of it, or nothing.

The whole file is read and proved before anything is changed. Then one transaction empties and fills
the tables, and the files change places just before it is committed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction

from cmsuk.backup import parts, stored_files, tables, values
from foundation.models import Event

AT_ONCE = 2_000


class InUse(RuntimeError):
    """The portal holds people or history, which a restore would replace."""


class AnotherSchema(RuntimeError):
    """The backup's tables are not those of this portal."""


class NotEqual(RuntimeError):
    """What was restored is not what the backup holds; nothing was kept of it."""


@dataclass(frozen=True)
class Proved:
    """A table or a file that is as the backup has it: how many rows or bytes, and their digest."""

    kind: str
    name: str
    size: int
    digest: str


@dataclass
class Found:
    """What a backup promises: read through to its end, every digest counted."""

    head: parts.Head
    tables: list[parts.TableEnd] = field(default_factory=list)
    files: list[parts.FileEnd] = field(default_factory=list)


def look_through(path: Path, key: bytes) -> Found:
    """Prove a backup without changing anything. Raises NotABackup, AnotherKey or Altered."""
    found = Found(parts.Head("", []))
    for part in parts.read(path, key):
        match part:
            case parts.Head():
                found.head = part
            case parts.TableEnd():
                found.tables.append(part)
            case parts.FileEnd():
                found.files.append(part)
    return found


def restore(path: Path, key: bytes, *, replace: bool = False, verify: bool = False) -> list[Proved]:
    """Put everything back; what was proved, where it is to be verified.

    To verify is to read every row and file back, before it counts. A database without tables is set
    up first. Raises InUse, AnotherSchema, NotEqual, and what `look_through` raises.
    """
    found = look_through(path, key)
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    refuse_another_schema(found.head.migrations, tables.migrations())
    if not replace and is_in_use():
        raise InUse(
            "This portal holds people or history. To replace them by the backup, say --replace."
        )
    with stored_files.staging() as staged, transaction.atomic():
        tables.let_history_go()
        tables.empty_all()
        _fill(parts.read(path, key), staged)
        tables.check_and_hold_history()
        staged.put_in_place()
        proved = list(_prove(found)) if verify else []
    cache.clear()
    return proved


def refuse_another_schema(theirs: list[str], ours: list[str]) -> None:
    """Raise AnotherSchema unless tables have gone through the very same migrations."""
    if newer := sorted(set(theirs) - set(ours)):
        raise AnotherSchema(
            f"The backup was made by a newer portal: this one lacks {_some(newer)}. "
            "Install that version, and restore there."
        )
    if older := sorted(set(ours) - set(theirs)):
        raise AnotherSchema(
            f"The backup was made by an older portal: it lacks {_some(older)}. "
            "Install that version, restore there, and upgrade afterwards."
        )


def is_in_use() -> bool:
    return get_user_model().objects.exists() or Event.objects.exists()


def _fill(given: Iterator[parts.Part], staged: stored_files.Staging) -> None:
    models, rows = tables.by_name(), list[list[object]]()
    table, output = "", None
    for part in given:
        match part:
            case parts.Table():
                table = part.model
            case parts.Row():
                rows.append(values.unpacked(part.values))
                if len(rows) == AT_ONCE:
                    tables.add_rows(models[table], rows)
                    rows = []
            case parts.TableEnd():
                _finish(models[table], rows, part.last_number)
                rows = []
            case parts.File():
                output = staged.begin(part.store, part.name).open("wb")
            case parts.Piece() | parts.FileEnd():
                _go_on(output, part)


def _finish(model: tables.Model, rows: list[list[object]], last_number: int | None) -> None:
    tables.add_rows(model, rows)
    if last_number is not None:
        tables.set_last_number(model, last_number)


def _go_on(output: BinaryIO | None, part: parts.Piece | parts.FileEnd) -> None:
    if output is None:
        return
    if isinstance(part, parts.Piece):
        output.write(part.content)
    else:
        output.close()


def _prove(found: Found) -> Iterator[Proved]:
    """Read everything back. Raises NotEqual."""
    models = tables.by_name()
    for table in found.tables:
        digest = tables.digest(models[table.model])
        _insist(table.model, str(digest) == table.digest)
        yield Proved("table", table.model, digest.rows, str(digest))
    there = [
        f"{store}/{name}" for store in stored_files.STORES for name in stored_files.names(store)
    ]
    _insist("the list of files", there == [f"{file.store}/{file.name}" for file in found.files])
    for file in found.files:
        digest_now = stored_files.digest(stored_files.folder(file.store) / file.name)
        _insist(file.name, digest_now == file.digest)
        yield Proved("file", f"{file.store}/{file.name}", file.size, digest_now)


def _insist(name: str, is_equal: bool) -> None:
    if not is_equal:
        raise NotEqual(f"{name} did not come back as it was; nothing was changed.")


def _some(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
