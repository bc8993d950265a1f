"""What every format is read into, and how a file is refused."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

STERLING = "GBP"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a statement. Money that went out is negative; pence are whole.

    `number` is the physical line of the file, in XML and OFX the number of the entry. `bank_id` is
    the bank's own id of the row, where it gives one; `holder` the account that the row names.
    """

    number: int
    on: dt.date
    pence: int
    text: str
    payer: str = ""
    balance_pence: int | None = None
    bank_id: str = ""
    holder: str = ""
    currency: str = STERLING
    is_balance: bool = False


@dataclass(frozen=True)
class Statement:
    """A file that was recognised. `lines` may be called again: it reads the file anew each time.

    Going through the lines raises StatementRefused at a row whose day or amount cannot be read.
    """

    layout: str
    lines: Callable[[], Iterator[Line]]


class StatementRefused(ValueError):
    """The file is refused whole; the text names the line and is fit for people."""

    def __init__(self, words: str, *, number: int | None = None, where: str = "Line") -> None:
        super().__init__(f"{where} {number}: {words}" if number else words)


class UnknownLayout(StatementRefused):
    """A CSV file whose columns nobody has explained yet."""

    def __init__(self) -> None:
        super().__init__(
            "This file has a layout that is not known. Import it in the office's pages once, and "
            "say there which column is which; or download it from the bank in another format."
        )


def plain(text: str) -> str:
    """One line of text without control characters, as a column of the database takes it."""
    if text.isprintable():
        return text.strip()
    return "".join(char if char.isprintable() else " " for char in text).strip()
