"""The CSV layouts of UK banks, told by their header, and HSBC's, which has none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from payments.statements.amounts import NoAmount, read_amount, read_pence
from payments.statements.days import NoDay, read_day
from payments.statements.decoding import Text
from payments.statements.lines import Line, plain
from payments.statements.table import DELIMITERS, LINES_ABOVE, Places, heading, line_of, rows

BARCLAYS_COLUMN = 18
"""Barclays' memo: so many letters of the payer, then as many of the reference."""


@dataclass(frozen=True)
class Layout:
    """One bank's header. `needed` and `may_have` are its columns; “*” lets it have any others."""

    name: str
    needed: tuple[str, ...]
    may_have: tuple[str, ...] = ("*",)
    on: str = "date"
    texts: tuple[str, ...] = ("description",)
    amount: str = ""
    paid_in: str = ""
    paid_out: str = ""
    payer: str = ""
    balance: str = "balance"
    bank_id: str = ""
    currency: str = ""
    holder: tuple[str, ...] = ()
    in_pence: bool = False


LAYOUTS = (
    Layout(
        "Lloyds, Halifax or Bank of Scotland",
        ("transaction date", "transaction description", "debit amount", "credit amount"),
        on="transaction date",
        texts=("transaction description",),
        paid_in="credit amount",
        paid_out="debit amount",
        holder=("sort code", "account number"),
    ),
    Layout(
        "Barclays",
        ("number", "date", "account", "amount", "subcategory", "memo"),
        texts=("memo",),
        amount="amount",
        holder=("account",),
    ),
    Layout(
        "NatWest or RBS",
        ("date", "type", "description", "value", "balance"),
        amount="value",
        holder=("account number",),
    ),
    Layout(
        "Nationwide",
        ("date", "transaction type", "description", "paid out", "paid in"),
        paid_in="paid in",
        paid_out="paid out",
    ),
    Layout(
        "Starling",
        ("date", "counter party", "amount (gbp)"),
        texts=("counter party", "reference", "notes"),
        amount="amount (gbp)",
        payer="counter party",
        balance="balance (gbp)",
    ),
    Layout(
        "Monzo",
        ("transaction id", "date", "name", "amount", "currency"),
        texts=("name", "description", "notes and #tags"),
        amount="amount",
        payer="name",
        bank_id="transaction id",
        currency="currency",
    ),
    Layout(
        "Monzo, amounts in pence",
        ("id", "created", "amount", "currency", "local_amount", "description"),
        on="created",
        texts=("description", "notes"),
        amount="amount",
        bank_id="id",
        currency="currency",
        in_pence=True,
    ),
    Layout(
        "Santander",
        ("date", "description", "money in", "money out"),
        paid_in="money in",
        paid_out="money out",
    ),
    Layout(
        "midata",
        ("date", "type", "merchant/description", "debit/credit", "balance"),
        texts=("merchant/description",),
        amount="debit/credit",
    ),
    Layout(
        "Bank of Ireland",
        ("date", "details", "debit", "credit"),
        ("balance",),
        texts=("details",),
        paid_in="credit",
        paid_out="debit",
    ),
    Layout(
        "HSBC or first direct", ("date", "description", "amount"), ("balance",), amount="amount"
    ),
)


@dataclass(frozen=True)
class Recognised:
    """A file's layout: how its cells are parted, the line of its header, and its columns."""

    name: str
    delimiter: str
    header_line: int
    places: Places


def recognise(text: Text) -> Recognised | None:
    """Which bank's file this is; None where no layout fits."""
    for delimiter in DELIMITERS:
        for number, row in rows(text, delimiter, upto=LINES_ABOVE):
            header = {heading(cell): at for at, cell in enumerate(row) if heading(cell)}
            for layout in LAYOUTS:
                if _fits(layout, header):
                    return Recognised(layout.name, delimiter, number, _places(layout, header))
    return Recognised("HSBC", ",", 0, _WITHOUT_HEADER) if _is_headerless(text) else None


def lines(text: Text, found: Recognised) -> Iterator[Line]:
    """Every line below the header. Raises StatementRefused at the first that cannot be read."""
    for number, row in rows(text, found.delimiter):
        if number > found.header_line and (line := line_of(number, row, found.places)):
            yield _with_payer(line, found.name)


_WITHOUT_HEADER = Places(on=0, texts=(1,), amount=2, balance=3)
_NATWEST_PARTS = re.compile(r"\s+,\s*")


def _with_payer(line: Line, bank: str) -> Line:
    """Two banks write the payer first and set it apart."""
    if bank == "Barclays":
        return replace(line, payer=plain(line.text[:BARCLAYS_COLUMN]))
    if bank == "NatWest or RBS" and " , " in line.text:
        return replace(line, payer=_NATWEST_PARTS.split(line.text)[0])
    return line


def _fits(layout: Layout, header: dict[str, int]) -> bool:
    others = set(header) - set(layout.needed)
    may_have_others = "*" in layout.may_have or others <= set(layout.may_have)
    return may_have_others and all(name in header for name in layout.needed)


def _places(layout: Layout, header: dict[str, int]) -> Places:
    def at(name: str) -> int:
        return header.get(name, -1)

    return Places(
        on=at(layout.on),
        texts=tuple(at(name) for name in layout.texts),
        amount=at(layout.amount),
        paid_in=at(layout.paid_in),
        paid_out=at(layout.paid_out),
        payer=at(layout.payer),
        balance=-1 if layout.in_pence else at(layout.balance),
        bank_id=at(layout.bank_id),
        currency=at(layout.currency),
        holder=tuple(at(name) for name in layout.holder),
        read=read_pence if layout.in_pence else read_amount,
    )


def _is_headerless(text: Text) -> bool:
    """HSBC: a day, a text and an amount, from the first row on, and perhaps a balance."""
    for _number, row in rows(text, ",", upto=LINES_ABOVE):
        try:
            read_day(row[0])
            return len(row) in (3, 4) and bool(row[1].strip()) and bool(read_amount(row[2]) or 1)
        except (NoDay, NoAmount, IndexError):
            return False
    return False
