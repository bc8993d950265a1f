"""Reads a file of client records: each row is either readable or refused with how to mend it.

It takes the columns of `retention_file`, as Excel and others save them: UTF-8, UTF-16 or Windows,
with commas, semicolons or tabs, with dates in the British order. It stores nothing.
"""

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foundation import plain_text
from foundation.spreadsheets import STARTS_A_FORMULA
from records import pseudonyms
from records.retention_checks import problems
from records.retention_file import COLUMNS, facts_of

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
LONGEST_REFERENCE = 40
DELIMITERS = (",", ";", "\t")
NEEDED = tuple(name for name in COLUMNS if name != "as_of")
DATES = ("date_of_birth", "care_concluded_on", "last_contact_on", "date_of_death", "knowledge_date")
CODES = ("capacity", "category")
DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
WITH_CLOCK = re.compile(r"(.+?)[ T]00:00(:00(\.0+)?)?")
SERIAL = re.compile(r"\d{4,5}(\.0+)?")
SHORT_YEAR = re.compile(r"\d{1,2}[/.\-](\d{1,2}|[A-Za-z]{3})[/.\-]\d{2}")
MONTH_NAMES = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y")


class FileRefused(ValueError):
    """The file cannot be read at all; the words say why and how to mend it."""


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
    words: str


@dataclass(frozen=True)
class Read:
    """A whole file."""

    rows: tuple[Row, ...]
    refused: tuple[Refusal, ...]


def read(content: bytes, *, on: dt.date) -> Read:
    """Every row of a file, readable or refused. Raises FileRefused."""
    if len(content) > MOST_BYTES:
        raise FileRefused(f"The file has more than {MOST_BYTES // 1_000_000} MB. Send it in parts.")
    try:
        text = plain_text.decode(content)
    except plain_text.NoText as no_text:
        raise FileRefused(str(no_text)) from no_text
    rows: list[Row] = []
    refused: list[Refusal] = []
    for number, (line, cells) in enumerate(_lines(text), start=1):
        if number > MOST_ROWS:
            raise FileRefused(f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
        wrong = tuple(_tidied(cells, on=on))
        if wrong:
            refused.append(Refusal(line, " ".join(wrong)))
        else:
            rows.append(Row(line, cells))
    if not rows and not refused:
        raise FileRefused("The file has headings and no rows.")
    return Read(tuple(rows), tuple(refused))


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The line and the cells of each row that is not empty. Raises FileRefused."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    try:
        names = [_name(heading) for heading in next(reader, [])]
        _refuse_headings(names)
        last = reader.line_num
        for row in reader:
            line, last = last + 1, reader.line_num
            if any(cell.strip() for cell in row):
                cells = {
                    name: _cell(cell)
                    for name, cell in zip(names, row, strict=False)
                    if name in COLUMNS
                }
                if any(cell.strip() for cell in row[len(names) :]):
                    cells[""] = "more"
                yield line, cells
    except csv.Error as error:
        raise FileRefused(f"Line {reader.line_num} cannot be read as CSV: {error}.") from error


def _delimiter(text: str) -> str:
    """The sign that parts the headings into most of the names we know."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    return max(
        DELIMITERS,
        key=lambda sign: sum(_name(part.strip('"')) in COLUMNS for part in first.split(sign)),
    )


def _name(heading: str) -> str:
    return re.sub(r"[\s_\-]+", "_", heading.replace("\ufeff", "").strip().lower())


def _refuse_headings(names: list[str]) -> None:
    missing = [name for name in NEEDED if name not in names]
    if len(missing) == len(NEEDED):
        raise FileRefused(
            "The first line has none of the headings we know. Start with the empty file below."
        )
    if missing:
        raise FileRefused(
            f"The column {missing[0]} is missing. Leave its cells empty if you do not know, but "
            "keep the heading."
        )
    twice = [name for name in names if name in COLUMNS and names.count(name) > 1]
    if twice:
        raise FileRefused(f"The column {twice[0]} is there twice. Keep one of them.")


def _cell(cell: str) -> str:
    """As typed, without the sign that guards a cell against being taken for a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(STARTS_A_FORMULA) else cell


def _tidied(cells: dict[str, str], *, on: dt.date) -> Iterator[str]:
    """Bring the cells into one form, in place; a sentence for each that cannot be."""
    if cells.pop("", ""):
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


def _plain(name: str, cell: str) -> str:
    if name in DATES:
        return _date(cell)
    if name in CODES:
        return re.sub(r"[\s\-]+", "_", cell.lower())
    return cell


def _date(cell: str) -> str:
    """A day as spreadsheets write it, day before month, in the form of ISO 8601."""
    clock = WITH_CLOCK.fullmatch(cell)
    cell = clock[1] if clock else cell
    if SERIAL.fullmatch(cell):
        raise ValueError("it is a number; format the column as a date, like 2026-11-22")
    if SHORT_YEAR.fullmatch(cell):
        raise ValueError("write the year in four figures, like 2026-11-22")
    british = DAY_FIRST.fullmatch(cell)
    if british:
        return f"{british[3]}-{int(british[2]):02}-{int(british[1]):02}"
    for form in MONTH_NAMES:
        try:
            return dt.datetime.strptime(cell, form).replace(tzinfo=dt.UTC).date().isoformat()
        except ValueError:
            continue
    return cell


def _sentence(error: ValueError, cell: str) -> str:
    """What is wrong, without repeating a value that may name somebody."""
    words = str(error)
    if cell and cell in words and (pseudonyms.identifier(cell) or pseudonyms.has_name(cell)):
        words = words.replace(f"“{cell}”", "what stands there")
    return words.rstrip(".") + "."
