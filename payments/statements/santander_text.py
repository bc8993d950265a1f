"""Santander's text file: blocks of Date, Description, Amount and Balance."""

import re
from collections.abc import Iterator

from payments.statements.amounts import NoAmount, read_amount
from payments.statements.days import NoDay, read_day
from payments.statements.decoding import Text
from payments.statements.lines import Line, StatementRefused, plain

LOOKS = re.compile(r"^Date:.*\n\s*Description:.*\n\s*Amount:", re.MULTILINE)
_FIELD = re.compile(r"\s*(Date|Description|Amount|Balance|Account):(.*)")


def lines(text: Text) -> Iterator[Line]:
    """Every block, numbered by the line of its date.

    Raises StatementRefused at the first block that cannot be read.
    """
    holder, began = "", 0
    block: dict[str, str] = {}
    for number, written in text.lines():
        found = _FIELD.match(written)
        if found is None:
            continue
        name, value = found[1], plain(found[2])
        if name == "Account":
            holder = value
            continue
        if name == "Date":
            if block:
                yield _line(began, block, holder)
            block, began = {}, number
        block[name] = value
    if block:
        yield _line(began, block, holder)


def _line(number: int, block: dict[str, str], holder: str) -> Line:
    try:
        balance = _sum(block.get("Balance", ""))
        return Line(
            number=number,
            on=read_day(block.get("Date", "")),
            pence=read_amount(_sum(block.get("Amount", ""))),
            text=block.get("Description", ""),
            balance_pence=read_amount(balance) if balance else None,
            holder=holder,
        )
    except (NoDay, NoAmount) as error:
        raise StatementRefused(str(error), number=number) from error


def _sum(text: str) -> str:
    return text.removesuffix("GBP").strip()
