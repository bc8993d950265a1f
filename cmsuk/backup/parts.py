"""What a backup consists of, in the order of its lines: a head, tables, files, and an end."""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from cmsuk.backup.sealing import Altered, Opened
from cmsuk.backup.tables import Digest

UNFINISHED = "The backup is not whole: it was never finished."


@dataclass(frozen=True)
class Head:
    """When it was made, and the migrations that its tables had gone through."""

    made_at: str
    migrations: list[str]


@dataclass(frozen=True)
class Table:
    """A table begins: its model and its columns."""

    model: str
    columns: list[str]


@dataclass(frozen=True)
class Row:
    """The packed values of a row."""

    values: list[Any]


@dataclass(frozen=True)
class TableEnd:
    """A table is over: what it held, and the last number given to a row of it."""

    model: str
    rows: int
    digest: str
    last_number: int | None


@dataclass(frozen=True)
class File:
    """A file begins."""

    store: str
    name: str


@dataclass(frozen=True)
class Piece:
    """The next bytes of the file."""

    content: bytes


@dataclass(frozen=True)
class FileEnd:
    """A file is over: how long it was, and its SHA-256."""

    store: str
    name: str
    size: int
    digest: str


@dataclass(frozen=True)
class End:
    """Nothing is missing."""

    tables: int
    files: int


Part = Head | Table | Row | TableEnd | File | Piece | FileEnd | End


def read(path: Path, key: bytes) -> Iterator[Part]:
    """Every part, each checked. Raises NotABackup, AnotherKey or Altered."""
    with path.open("rb") as file:
        opened = cast(BinaryIO, Opened(file, key))
        with gzip.GzipFile(fileobj=opened, mode="rb") as plain:
            is_over = False
            for part in _checked(plain):
                is_over = isinstance(part, End)
                yield part
    if not is_over:
        raise Altered(UNFINISHED)


def _checked(plain: gzip.GzipFile) -> Iterator[Part]:
    rows, size, content = Digest(), 0, hashlib.sha256()
    for line in plain:
        part = _part(line)
        match part:
            case Table():
                rows = Digest()
            case Row():
                rows.add(_body(line))
            case TableEnd():
                _insist((part.rows, part.digest) == (rows.rows, str(rows)))
            case File():
                size, content = 0, hashlib.sha256()
            case Piece():
                size += len(part.content)
                content.update(part.content)
            case FileEnd():
                _insist((part.size, part.digest) == (size, content.hexdigest()))
        yield part


def _insist(is_so: bool) -> None:
    if not is_so:
        raise Altered("The backup does not add up: it was not written whole.")


KINDS: dict[str, type] = {
    kind.__name__: kind for kind in (Head, Table, TableEnd, File, FileEnd, End)
}


def _part(line: bytes) -> Part:
    """A row is a line of its own; pieces begin with a plus; anything else names its kind."""
    if line.startswith(b"["):
        return Row(json.loads(line))
    if line.startswith(b"+"):
        return Piece(base64.b64decode(line[1:]))
    kind, _space, rest = line.partition(b" ")
    return cast(Part, KINDS[kind.decode()](**json.loads(rest)))


def as_line(part: Head | Table | TableEnd | File | FileEnd | End) -> bytes:
    return f"{type(part).__name__} {json.dumps(vars(part))}\n".encode()


def as_piece(content: bytes) -> bytes:
    return b"+" + base64.b64encode(content) + b"\n"


def _body(line: bytes) -> str:
    return line.decode().removesuffix("\n")
