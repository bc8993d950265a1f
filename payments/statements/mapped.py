"""Any other CSV file, once somebody of the office has said which column is which."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from payments.statements.decoding import Text
from payments.statements.lines import Line, plain
from payments.statements.table import DELIMITERS, LINES_ABOVE, Places, heading, line_of, rows

FEWEST_COLUMNS = 3


@dataclass(frozen=True)
class Columns:
    """What the columns under one header mean; kept for its bank account."""

    name: str
    signature: str
    places: Places


def columns_for(name: str, signature: str, roles: Mapping[str, Any]) -> Columns:
    """Out of what was kept: a column's number from 0 for each role, and several for the text."""

    def place(role: str) -> int:
        told = roles.get(role)
        return -1 if told is None else int(told)

    places = Places(
        on=place("on"),
        texts=tuple(int(one) for one in roles["texts"]),
        amount=place("amount"),
        paid_in=place("paid_in"),
        paid_out=place("paid_out"),
        payer=place("payer"),
        balance=place("balance"),
    )
    return Columns(name, signature, places)


def signature(text: Text) -> str:
    """Tells a layout by the words of its header."""
    _number, header = _header(text)
    words = "|".join(heading(cell) for cell in header)
    return hashlib.sha256(words.encode()).hexdigest()


def first_rows(text: Text, *, how_many: int = 6) -> list[list[str]]:
    """The header and the rows below it, for somebody to look at."""
    start, header = _header(text)
    below = (row for number, row in rows(text, _delimiter(text)) if number > start)
    width = len(header)
    shown = [header, *islice(below, how_many)]
    return [[plain(cell)[:60] for cell in (row + [""] * width)[:width]] for row in shown]


def lines(text: Text, columns: Columns) -> Iterator[Line]:
    """Every line below the header. Raises StatementRefused at the first that cannot be read."""
    start, _cells = _header(text)
    for number, row in rows(text, _delimiter(text)):
        if number > start and (line := line_of(number, row, columns.places)):
            yield line


def _delimiter(text: Text) -> str:
    """What parts the first rows into most columns."""
    return max(DELIMITERS, key=lambda one: _widest(text, one))


def _widest(text: Text, delimiter: str) -> int:
    return max((len(row) for _number, row in rows(text, delimiter, upto=LINES_ABOVE)), default=0)


def _header(text: Text) -> tuple[int, list[str]]:
    """The first row with the most words in it and no numbers; its line and its cells."""
    best: tuple[int, list[str]] = (0, [])
    for number, row in rows(text, _delimiter(text), upto=LINES_ABOVE):
        words = [cell for cell in row if cell.strip() and not any(map(str.isdigit, cell))]
        known = [cell for cell in best[1] if cell.strip()]
        if len(words) >= FEWEST_COLUMNS and len(words) > len(known):
            best = (number, row)
    return best
