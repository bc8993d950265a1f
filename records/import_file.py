"""Reads a file of client records: each row is either readable or refused with how to mend it.

It takes the columns of `retention_file`, as Excel and others save them: UTF-8, UTF-16 or Windows,
with commas, semicolons or tabs, with dates in the British order. It stores nothing.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foundation import sheets
from foundation.sheets import TOO_WIDE, Headings
from records import pseudonyms
from records.retention_checks import problems
from records.retention_file import COLUMNS, facts_of

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
LONGEST_REFERENCE = 40
NEEDED = tuple(name for name in COLUMNS if name != "as_of")
DATES = ("date_of_birth", "care_concluded_on", "last_contact_on", "date_of_death", "knowledge_date")
CODES = ("capacity", "category")
HEADINGS = Headings.of(tuple(COLUMNS), needed=NEEDED)


@dataclass(frozen=True)
class Row:
    """A row that can be read: its line in the file, and its cells as the register takes them."""

    line: int
    cells: Mapping[str, str]

    @property
    def values(self) -> dict[str, Any]:
        """The cells as the parsers of `retention_file` read them."""
        return {name: parse(self.cells.get(name, "")) for name, parse in COLUMNS.items()}


@dataclass(frozen=True)
class Refusal:
    """A row that is not taken, and everything that has to be mended in it."""

    line: int
    reference: str  # empty where it is what was refused
    words: str


@dataclass(frozen=True)
class Read:
    """A whole file."""

    rows: tuple[Row, ...]
    refused: tuple[Refusal, ...]


def read(content: bytes, *, on: dt.date) -> Read:
    """Every row of a file, readable or refused. Raises FileRefused."""
    text = sheets.text_of(content, most_bytes=MOST_BYTES)
    rows: list[Row] = []
    refused: list[Refusal] = []
    for line, cells in sheets.rows(text, HEADINGS, most=MOST_ROWS):
        wrong = tuple(_tidied(cells, on=on))
        if wrong:
            refused.append(Refusal(line, _harmless(cells["id"]), " ".join(wrong)))
        else:
            rows.append(Row(line, cells))
    return Read(tuple(rows), tuple(refused))


def _tidied(cells: dict[str, str], *, on: dt.date) -> Iterator[str]:
    """Bring the cells into one form, in place; a sentence for each that cannot be."""
    if cells.pop(TOO_WIDE, ""):
        yield "It has more values than there are columns."
    cells["as_of"] = ""
    cells["id"] = pseudonyms.tidy(cells.get("id", ""))
    reference = _objection(cells["id"])
    if reference:
        yield reference
    mistakes = []
    for name in COLUMNS:
        try:
            cells[name] = _plain(name, cells.get(name, ""))
            COLUMNS[name](cells[name])
        except ValueError as error:
            mistakes.append(f"Column {name}: {_sentence(error, cells[name])}")
    yield from mistakes
    if not mistakes:
        values = {name: parse(cells[name]) for name, parse in COLUMNS.items()}
        yield from (problem.words for problem in problems(facts_of(values), on=on))


def _objection(reference: str) -> str:
    if not reference:
        return "The reference (column id) is missing."
    if len(reference) > LONGEST_REFERENCE:
        return f"The reference is longer than {LONGEST_REFERENCE} signs. Use a shorter one."
    return pseudonyms.objection(reference)


def _harmless(reference: str) -> str:
    """The reference, unless it must not be kept."""
    return "" if _objection(reference) else reference


def _plain(name: str, cell: str) -> str:
    if name in DATES:
        return sheets.iso_day(cell)
    if name in CODES:
        return re.sub(r"[\s\-]+", "_", cell.lower())
    return cell


def _sentence(error: ValueError, cell: str) -> str:
    """What is wrong, without repeating a value that may name somebody."""
    words = str(error)
    if cell and cell in words and (pseudonyms.identifier(cell) or pseudonyms.has_name(cell)):
        words = words.replace(f"“{cell}”", "what stands there")
    return words.rstrip(".") + "."
