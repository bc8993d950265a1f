"""Rows of a CSV file: where its header stands, and a row read into a line by named columns."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from payments.statements.amounts import NoAmount, read_amount
from payments.statements.days import NoDay, read_day
from payments.statements.decoding import Text
from payments.statements.lines import STERLING, Line, StatementRefused, plain

DELIMITERS = (",", ";", "|", "\t")
LINES_ABOVE = 20
LONGEST_ROW = 10
"""Physical lines of one row; more of them mean that a quotation mark was left open."""
Row = Sequence[str]


@dataclass(frozen=True)
class Places:
    """In which column, from 0, something stands; -1 where the file does not have it.

    `amount` is signed; `paid_in` and `paid_out` are two columns without signs.
    """

    on: int
    texts: tuple[int, ...]
    amount: int = -1
    paid_in: int = -1
    paid_out: int = -1
    payer: int = -1
    balance: int = -1
    bank_id: int = -1
    currency: int = -1
    holder: tuple[int, ...] = ()
    read: Callable[[str], int] = field(default=read_amount)


def rows(text: Text, delimiter: str, *, upto: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Physical line and cells of each row that is not empty. Raises StatementRefused."""
    number = 1
    with text.opened(newline="") as source:
        reader = csv.reader(source, delimiter=delimiter, skipinitialspace=True)
        try:
            for cells in reader:
                if reader.line_num - number >= LONGEST_ROW:
                    raise StatementRefused("A quotation mark is never closed.", number=number)
                if any(cells) and any(one.strip() for one in cells):
                    yield number, cells
                number = reader.line_num + 1
                if upto and number > upto:
                    return
        except csv.Error as error:
            raise StatementRefused("This row cannot be read.", number=number) from error


def heading(cell: str) -> str:
    """How a header's words are compared."""
    return " ".join(cell.strip(" '\"\t").casefold().split())


def cell(row: Row, place: int) -> str:
    """What stands in a column; without the quote that keeps spreadsheets from counting."""
    return row[place].strip().lstrip("'").strip() if 0 <= place < len(row) else ""


def line_of(number: int, row: Row, places: Places) -> Line | None:
    """One row as a line; None for a note of the bank's. Raises StatementRefused."""
    try:
        return _line_of(number, row, places)
    except (NoDay, NoAmount) as error:
        raise StatementRefused(str(error), number=number) from error


def _line_of(number: int, row: Row, places: Places) -> Line | None:
    written, amounts = cell(row, places.on), _amounts(row, places)
    if not any(amounts) and not any(char.isdigit() for char in written):
        return None
    on = read_day(written)
    text = " ".join(filter(None, (cell(row, place) for place in places.texts)))
    is_balance = not any(amounts) and "balance" in text.casefold()
    balance = cell(row, places.balance)
    return Line(
        number=number,
        on=on,
        pence=0 if is_balance else _pence(amounts, places),
        text=plain(text),
        payer=plain(cell(row, places.payer)),
        balance_pence=read_amount(balance) if balance else None,
        bank_id=plain(cell(row, places.bank_id)),
        holder=plain(" ".join(cell(row, place) for place in places.holder)),
        currency=cell(row, places.currency) or STERLING,
        is_balance=is_balance,
    )


def _amounts(row: Row, places: Places) -> tuple[str, str, str]:
    return (
        cell(row, places.amount),
        cell(row, places.paid_in),
        cell(row, places.paid_out),
    )


def _pence(amounts: tuple[str, str, str], places: Places) -> int:
    """Signed, or what came less what went; a row without any amount is refused."""
    signed, came, went = amounts
    if signed or not (came or went):
        return places.read(signed)
    return (places.read(came) if came else 0) - (abs(places.read(went)) if went else 0)
