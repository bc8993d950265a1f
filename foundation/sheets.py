"""A table that somebody sent as CSV: its rows, whichever spreadsheet saved it.

It may be UTF-8, UTF-16 or Windows, with commas, semicolons or tabs, its columns in any order, its
dates in the British one. Other columns are not read. It stores nothing.
"""

import csv
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from foundation import plain_text
from foundation.spreadsheets import STARTS_A_FORMULA

DELIMITERS = (",", ";", "\t")
TOO_WIDE = ""
"""The name under which a row tells that it has more cells than there are headings."""

DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
WITH_CLOCK = re.compile(r"(.+?)[ T]00:00(:00(\.0+)?)?")
SERIAL = re.compile(r"\d{4,5}(\.0+)?")
SHORT_YEAR = re.compile(r"\d{1,2}[/.\-](\d{1,2}|[A-Za-z]{3})[/.\-]\d{2}")
MONTH_NAMES = ("%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%B-%Y")


class FileRefused(ValueError):
    """The file cannot be read at all; the words say why and how to mend it."""


@dataclass(frozen=True)
class Headings:
    """The columns that are read: each name by its heading in small letters; which must be there."""

    names: Mapping[str, str]
    needed: Sequence[str]

    @classmethod
    def of(cls, names: Sequence[str], *, needed: Sequence[str]) -> "Headings":
        """Columns that are headed by their own names."""
        return cls({name: name for name in names}, needed)

    def name_of(self, heading: str) -> str:
        """What a heading stands for, whatever its case and its spaces."""
        plain = re.sub(r"[\s_\-]+", "_", heading.replace("\ufeff", "").strip().lower())
        return self.names.get(plain, plain)

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self.names.values())


def text_of(content: bytes, *, most_bytes: int) -> str:
    """The text of a file. Raises FileRefused."""
    if len(content) > most_bytes:
        raise FileRefused(f"The file has more than {most_bytes // 1_000_000} MB. Send it in parts.")
    try:
        return plain_text.decode(content)
    except plain_text.NoText as no_text:
        raise FileRefused(str(no_text)) from no_text


def rows(text: str, headings: Headings, *, most: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The line and the cells of each row that is not empty. Raises FileRefused, for none too."""
    number = 0
    for number, row in enumerate(_lines(text, headings), start=1):
        if number > most:
            raise FileRefused(f"The file has more than {most:,} rows. Send it in parts.")
        yield row
    if not number:
        raise FileRefused("The file has headings and no rows.")


def iso_day(cell: str) -> str:
    """A day as spreadsheets write it, day before month, in the form of ISO 8601.

    What is no day stays as it is. Raises ValueError where it could be several, saying so.
    """
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


def _lines(text: str, headings: Headings) -> Iterator[tuple[int, dict[str, str]]]:
    delimiter = _delimiter(text, headings)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    try:
        names = [headings.name_of(heading) for heading in next(reader, [])]
        _refuse_headings(names, headings)
        last = reader.line_num
        for row in reader:
            line, last = last + 1, reader.line_num
            if any(cell.strip() for cell in row):
                yield line, _cells(names, row, headings)
    except csv.Error as error:
        raise FileRefused(f"Line {reader.line_num} cannot be read as CSV: {error}.") from error


def _cells(names: list[str], row: list[str], headings: Headings) -> dict[str, str]:
    cells = {
        name: _cell(cell) for name, cell in zip(names, row, strict=False) if name in headings.known
    }
    if any(cell.strip() for cell in row[len(names) :]):
        cells[TOO_WIDE] = "more"
    return cells


def _delimiter(text: str, headings: Headings) -> str:
    """The sign that parts the headings into most of the names we know."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    known = headings.known
    return max(
        DELIMITERS,
        key=lambda sign: sum(
            headings.name_of(part.strip().strip('"')) in known for part in first.split(sign)
        ),
    )


def _refuse_headings(names: list[str], headings: Headings) -> None:
    missing = [name for name in headings.needed if name not in names]
    if len(missing) == len(headings.needed):
        raise FileRefused(
            "The first line has none of the headings we know. Start with the empty file below."
        )
    if missing:
        raise FileRefused(
            f"The column {missing[0]} is missing. Leave its cells empty if you do not know, but "
            "keep the heading."
        )
    twice = [name for name in names if name in headings.known and names.count(name) > 1]
    if twice:
        raise FileRefused(f"The column {twice[0]} is there twice. Keep one of them.")


def _cell(cell: str) -> str:
    """As typed, without the sign that guards a cell against being taken for a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(STARTS_A_FORMULA) else cell
