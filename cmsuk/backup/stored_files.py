"""Walks over the stored files, and puts those of a backup in their place, all or none."""

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages

STORES = ("default", "evidence")
STAGED, ASIDE = ".restored-", ".before-restore-"
OURS_ALONE, AT_ONCE = 0o600, 48 * 1024


class NotAFolder(TypeError):
    """A store that is no folder of this machine: its keeper has backups of its own."""


class ForeignName(ValueError):
    """A file of the backup that would lie outside its store."""


def folder(store: str) -> Path:
    """Where a store keeps its files. Raises NotAFolder."""
    storage = storages[store]
    if not isinstance(storage, FileSystemStorage):
        raise NotAFolder(f"The store “{store}” is no folder: back it up where it is kept.")
    return Path(storage.location)


def names(store: str) -> list[str]:
    """Every file of a store by its path within, in order."""
    root = folder(store)
    found = (file.relative_to(root) for file in root.rglob("*") if file.is_file())
    return sorted(
        name.as_posix() for name in found if not name.parts[0].startswith((STAGED, ASIDE))
    )


def pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(AT_ONCE):
            yield piece


def digest(file: Path) -> str:
    counted = hashlib.sha256()
    for piece in pieces(file):
        counted.update(piece)
    return counted.hexdigest()


class Staging:
    """The files of a backup, beside those that are there until all have come.

    A store may be the root of a volume, so nothing but its contents is ever moved.
    """

    def __init__(self) -> None:
        self._staged: dict[str, Path] = {}
        self._aside: dict[str, Path] = {}
        for store in STORES:
            folder(store).mkdir(parents=True, exist_ok=True)
            self._staged[store] = Path(tempfile.mkdtemp(prefix=STAGED, dir=folder(store)))

    def begin(self, store: str, name: str) -> Path:
        """An empty file to be filled. Raises ForeignName."""
        root = self._staged.get(store)
        file = None if root is None else (root / name).resolve()
        if root is None or file is None or not file.is_relative_to(root.resolve()):
            raise ForeignName(f"The backup holds a file that has no place here: {store}.")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=OURS_ALONE)
        return file

    def put_in_place(self) -> None:
        for store, staged in self._staged.items():
            self._aside[store] = Path(tempfile.mkdtemp(prefix=ASIDE, dir=folder(store)))
            _move(folder(store), self._aside[store])
            _move(staged, folder(store))

    def take_back(self) -> None:
        """Everything as it was before."""
        for store, aside in self._aside.items():
            _move(folder(store), self._staged[store])
            _move(aside, folder(store))

    def end(self) -> None:
        for kept in (*self._staged.values(), *self._aside.values()):
            shutil.rmtree(kept, ignore_errors=True)


@contextlib.contextmanager
def staging() -> Iterator[Staging]:
    """Whatever breaks in between, the files are as they were."""
    staged = Staging()
    try:
        yield staged
    except BaseException:
        staged.take_back()
        raise
    finally:
        staged.end()


def _move(source: Path, target: Path) -> None:
    for child in source.iterdir():
        if not child.name.startswith((STAGED, ASIDE)):
            child.rename(target / child.name)
