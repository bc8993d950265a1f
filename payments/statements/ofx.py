"""OFX and QFX, tolerantly: with or without closing tags, headers, order or case."""

import html
import re
from collections.abc import Iterator

from payments.statements.amounts import NoAmount, read_plain_amount
from payments.statements.days import NoDay, read_day
from payments.statements.lines import STERLING, Line, StatementRefused, plain

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TOKEN = re.compile(
    r"<STMTTRN>(?P<row>.*?)(?=</STMTTRN>|<STMTTRN>|</BANKTRANLIST>|</OFX>|\Z)"
    r"|<CURDEF>(?P<currency>[^<\r\n]*)|<ACCTID>(?P<holder>[^<\r\n]*)",
    re.DOTALL | re.IGNORECASE,
)
_FIELD = re.compile(
    r"<(?P<tag>[A-Z0-9.]+)>\s*(?:<!\[CDATA\[(?P<cdata>.*?)\]\]>|(?P<value>[^<]*))",
    re.DOTALL | re.IGNORECASE,
)
_ERROR = re.compile(
    r"<SEVERITY>\s*ERROR.*?(?:<MESSAGE>(?P<words>[^<\r\n]*)|</STATUS>)", re.DOTALL | re.IGNORECASE
)
DAY_DIGITS = 8


def lines(text: str) -> Iterator[Line]:
    """Every transaction, numbered from 1. Raises StatementRefused at the first unreadable one."""
    text = _COMMENT.sub("", text)
    if found := _ERROR.search(text):
        words = plain(html.unescape(found["words"] or "no reason given"))
        raise StatementRefused(f"The bank put an error in place of a statement: {words}.")
    number, currency, holder = 0, STERLING, ""
    for token in _TOKEN.finditer(text):
        if token["currency"] is not None:
            currency = token["currency"].strip().upper() or currency
        elif token["holder"] is not None:
            holder = token["holder"].strip()
        else:
            number += 1
            yield _line(number, _fields(token["row"]), currency, holder)


def _fields(row: str) -> dict[str, str]:
    """The first value of each tag; a closing tag ends a value as the next opening one does."""
    found: dict[str, str] = {}
    for field in _FIELD.finditer(row):
        value = field["cdata"] if field["cdata"] is not None else html.unescape(field["value"])
        found.setdefault(field["tag"].upper(), plain(value))
    return found


def _line(number: int, row: dict[str, str], currency: str, holder: str) -> Line:
    try:
        on = read_day(row.get("DTPOSTED", "")[:DAY_DIGITS])
        pence = read_plain_amount(row.get("TRNAMT", ""))
    except (NoDay, NoAmount) as error:
        raise StatementRefused(str(error), number=number, where="Entry") from error
    name, memo = row.get("NAME", ""), row.get("MEMO", "")
    return Line(
        number=number,
        on=on,
        pence=pence,
        text=memo if memo.startswith(name) else f"{name} {memo}".strip(),
        payer=name,
        bank_id=row.get("FITID", ""),
        holder=holder,
        currency=currency,
    )
