"""Writes a backup: one moment of the database, then the stored files."""

import contextlib
import datetime as dt
import gzip
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from django.db import connection, transaction

from cmsuk.backup import parts, stored_files, tables
from cmsuk.backup.sealing import Sealed

LEVEL = 6
OURS_ALONE = 0o600


@dataclass
class Written:
    """What went into a backup."""

    tables: int = 0
    rows: int = 0
    files: int = 0


def write(path: Path, key: bytes, *, at: dt.datetime) -> Written:
    """Write it under another name, read it through, and only then give it its own.

    Raises what reading a backup raises: one that cannot be read is none.
    """
    half = path.with_name(path.name + ".half")
    half.unlink(missing_ok=True)
    half.touch(mode=OURS_ALONE)
    try:
        written = _write(half, key, at)
        for _part in parts.read(half, key):
            pass
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
    return written


def _write(path: Path, key: bytes, at: dt.datetime) -> Written:
    written = Written()
    with path.open("wb") as file:
        sealed = Sealed(file, key)
        with gzip.GzipFile(
            fileobj=cast(BinaryIO, sealed), mode="wb", compresslevel=LEVEL, mtime=0
        ) as plain:
            with one_moment():
                plain.write(parts.as_line(parts.Head(at.isoformat(), tables.migrations())))
                _write_tables(plain, written)
            _write_files(plain, written)
            plain.write(parts.as_line(parts.End(written.tables, written.files)))
        sealed.finish()
        file.flush()
        os.fsync(file.fileno())
    return written


@contextlib.contextmanager
def one_moment() -> Iterator[None]:
    """All tables as they are now, whatever others write meanwhile.

    PostgreSQL shows one state and holds nobody up; SQLite lets nobody write until it is read.
    Within a transaction that began before, it is that one's moment.
    """
    has_begun = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not has_begun:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_tables(plain: gzip.GzipFile, written: Written) -> None:
    for model in tables.everything():
        name, digest = model._meta.label, tables.Digest()
        plain.write(parts.as_line(parts.Table(name, tables.columns(model))))
        for line in tables.lines(model):
            digest.add(line)
            plain.write(f"{line}\n".encode())
        last = tables.last_number(model)
        plain.write(parts.as_line(parts.TableEnd(name, digest.rows, str(digest), last)))
        written.tables += 1
        written.rows += digest.rows


def _write_files(plain: gzip.GzipFile, written: Written) -> None:
    """A file that is deleted meanwhile was meant to go, and is left out."""
    for store in stored_files.STORES:
        for name in stored_files.names(store):
            with contextlib.suppress(FileNotFoundError):
                _write_file(plain, store, name)
                written.files += 1


def _write_file(plain: gzip.GzipFile, store: str, name: str) -> None:
    size, digest = 0, hashlib.sha256()
    with (stored_files.folder(store) / name).open("rb") as opened:
        plain.write(parts.as_line(parts.File(store, name)))
        while piece := opened.read(stored_files.AT_ONCE):
            plain.write(parts.as_piece(piece))
            size += len(piece)
            digest.update(piece)
    plain.write(parts.as_line(parts.FileEnd(store, name, size, digest.hexdigest())))
