"""QIF: one letter a field, the day before the month; Santander's texts are padded to 80 letters."""

import html
import re
from collections.abc import Iterator

from payments.statements.amounts import NoAmount, read_amount
from payments.statements.days import NoDay, read_day
from payments.statements.decoding import Text
from payments.statements.lines import Line, StatementRefused, plain

_REPEATED_AMOUNT = re.compile(r"\s{2,},\s*[\d.,]+\s*$")
END = "^"
HEADER = "!"


def lines(text: Text) -> Iterator[Line]:
    """Every record, numbered by its first physical line.

    Raises StatementRefused at the first record that cannot be read.
    """
    fields: dict[str, str] = {}
    began = 0
    for number, written in text.lines():
        if written.startswith(HEADER) or not written.strip():
            continue
        if not written.startswith(END):
            began = began or number
            fields.setdefault(written[0].upper(), written[1:].strip())
        elif fields:
            yield _line(began, fields)
            fields, began = {}, 0
    if fields:
        yield _line(began, fields)


def _line(number: int, fields: dict[str, str]) -> Line:
    try:
        on = read_day(fields.get("D", "").replace(" ", ""))
        pence = read_amount(fields.get("T") or fields.get("U", ""))
    except (NoDay, NoAmount) as error:
        raise StatementRefused(str(error), number=number) from error
    payer = _REPEATED_AMOUNT.sub("", html.unescape(fields.get("P", "")))
    memo = html.unescape(fields.get("M", ""))
    return Line(
        number=number, on=on, pence=pence, text=plain(f"{payer} {memo}"), payer=plain(payer)
    )
