"""The text of a file, read in pieces as often as is asked: a statement is never held whole.

It is UTF-8 with or without its mark, UTF-16, or what Windows wrote.
"""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import BinaryIO, TextIO

from foundation.plain_text import WINDOWS, encodings
from payments.statements.lines import StatementRefused

Content = bytes | Path
"""A file that is held, or where one lies."""
A_PIECE = 64 * 1024
ZIP = b"PK\x03\x04"
OTHERS = {
    ZIP: "This is a zip archive or a spreadsheet. Unpack it, or save the sheet as CSV.",
    b"%PDF": "This is a PDF. Download the statement from the bank as CSV or OFX.",
    b"\xd0\xcf\x11\xe0": "This is an Excel sheet. Save it as CSV and import that.",
}
NOTHING = "The file is empty. Download it from the bank again."
NO_STATEMENT = "This is not a bank statement. Download it from the bank as CSV or OFX."


@dataclass(frozen=True)
class Text:
    """What a file says; `encoding` is known to fit all of it."""

    content: Content
    encoding: str

    @contextmanager
    def opened(self, *, newline: str | None = None) -> Iterator[TextIO]:
        """The text from its beginning on; every end of a line is “\\n”, unless “” is asked for."""
        file = open_file(self.content)
        with io.TextIOWrapper(file, self.encoding, errors="replace", newline=newline) as text:
            yield text

    def pieces(self) -> Iterator[str]:
        with self.opened() as text:
            yield from iter(partial(text.read, A_PIECE), "")

    def lines(self) -> Iterator[tuple[int, str]]:
        """Every physical line with its number, from 1, and without its end."""
        with self.opened() as text:
            for number, line in enumerate(text, 1):
                yield number, line.removesuffix("\n")

    @cached_property
    def head(self) -> str:
        """The beginning, in which a file says what it is."""
        return next(self.pieces(), "")


def open_file(content: Content) -> BinaryIO:
    return content.open("rb") if isinstance(content, Path) else io.BytesIO(content)


def pieces_of(content: Content) -> Iterator[bytes]:
    """Its bytes, a few at a time."""
    with open_file(content) as file:
        yield from iter(partial(file.read, A_PIECE), b"")


def size(content: Content) -> int:
    """In bytes."""
    return content.stat().st_size if isinstance(content, Path) else len(content)


def decode(content: Content) -> Text:
    """The text, whichever way it was encoded. Raises StatementRefused where it is no text."""
    start = next(pieces_of(content), b"")
    for mark, words in OTHERS.items():
        if start.startswith(mark):
            raise StatementRefused(words)
    fits = (name for name in encodings(start) if _is_written_in(name, content))
    text = Text(content, next(fits, WINDOWS))
    _refuse_unless_written(text)
    return text


def _is_written_in(encoding: str, content: Content) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in pieces_of(content):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _refuse_unless_written(text: Text) -> None:
    is_blank = True
    for piece in text.pieces():
        if "\0" in piece:
            raise StatementRefused(NO_STATEMENT)
        is_blank = is_blank and not piece.strip()
    if is_blank:
        raise StatementRefused(NOTHING)
