"""Reads a CSV file of cases as a whole, or refuses it naming the line and the column."""

import csv
import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class CaseFileError(ValueError):
    """The file cannot be read; the text says where, and what was expected."""


@dataclass(frozen=True)
class Case:
    """One row: the line of the file on which it starts, and its parsed values by column name."""

    line: int
    values: Mapping[str, Any]


Parser = Callable[[str], Any]
"""Reads one cell; raises ValueError with words that say what is wrong with it."""


def text(value: str) -> str:
    return value.strip()


def required(value: str) -> str:
    if not value.strip():
        raise ValueError("a value is missing")
    return value.strip()


def optional_date(value: str) -> dt.date | None:
    """An ISO date such as 2026-11-22, or nothing."""
    value = value.strip()
    if not value:
        return None
    try:
        return dt.datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError as error:
        raise ValueError(f"“{value}” is not a date; write it like 2026-11-22") from error


def optional_number(value: str) -> int | None:
    """A whole number of zero or more, or nothing."""
    value = value.strip()
    if not value:
        return None
    if not (value.isascii() and value.isdigit()):
        raise ValueError(f"“{value}” is not a whole number")
    return int(value)


def one_of(codes: Collection[str], *, empty: bool = False) -> Parser:
    """A parser for one code out of a vocabulary."""

    def parse(value: str) -> str:
        value = value.strip()
        if value in codes or (empty and not value):
            return value
        raise ValueError(f"“{value}” is not one of: {', '.join(sorted(codes))}")

    return parse


def list_of(codes: Collection[str]) -> Parser:
    """A parser for codes joined by semicolons; nothing is an empty list."""
    parse_one = one_of(codes)

    def parse(value: str) -> tuple[str, ...]:
        return tuple(parse_one(part) for part in value.split(";") if part.strip())

    return parse


def read_cases(path: Path, columns: Mapping[str, Parser]) -> list[Case]:
    """Parse every row by the parser of its column; columns not named are ignored.

    Raises CaseFileError for a file that cannot be opened or decoded, a missing column, a row
    with more cells than the header, or the first value that its parser refuses.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            return _parse(csv.DictReader(file, strict=True), columns)
    except OSError as error:
        raise CaseFileError(f"{path.name} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CaseFileError(f"{path.name} cannot be read: save it as CSV in UTF-8") from error
    except csv.Error as error:
        raise CaseFileError(f"{path.name} cannot be read as CSV: {error}") from error


def _parse(reader: "csv.DictReader[str]", columns: Mapping[str, Parser]) -> list[Case]:
    missing = [name for name in columns if name not in (reader.fieldnames or [])]
    if missing:
        raise CaseFileError(f"line 1: the column {missing[0]} is missing")
    cases = []
    for row in reader:
        line = reader.line_num - _line_breaks(row)
        if None in row:
            raise CaseFileError(f"line {line}: more values than columns")
        values = {name: _value(row, name, parser, line) for name, parser in columns.items()}
        cases.append(Case(line=line, values=values))
    return cases


def _line_breaks(row: Mapping[str, str | None]) -> int:
    """How many lines a row runs over, because cells in quotation marks may hold line breaks."""
    return sum(value.count("\n") for value in row.values() if isinstance(value, str))


def _value(row: Mapping[str, str | None], name: str, parser: Parser, line: int) -> Any:
    try:
        return parser(row[name] or "")
    except ValueError as error:
        raise CaseFileError(f"line {line}, column {name}: {error}") from error
