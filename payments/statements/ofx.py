"""OFX and QFX, tolerantly: with or without closing tags, headers, order or case."""

import html
import re
from collections.abc import Iterator

from payments.statements.amounts import NoAmount, read_plain_amount
from payments.statements.days import NoDay, read_day
from payments.statements.decoding import Text
from payments.statements.lines import STERLING, Line, StatementRefused, plain

OPENED, CLOSED = "<!--", "-->"
_ROW = re.compile(r"<STMTTRN>", re.IGNORECASE)
_END = re.compile(r"</STMTTRN>|</BANKTRANLIST>|</OFX>", re.IGNORECASE)
_TOLD = re.compile(r"<CURDEF>(?P<currency>[^<\r\n]*)|<ACCTID>(?P<holder>[^<\r\n]*)", re.IGNORECASE)
_FIELD = re.compile(
    r"<(?P<tag>[A-Z0-9.]+)>\s*(?:<!\[CDATA\[(?P<cdata>.*?)\]\]>|(?P<value>[^<]*))",
    re.DOTALL | re.IGNORECASE,
)
_ERROR = re.compile(
    r"<SEVERITY>\s*ERROR.*?(?:<MESSAGE>(?P<words>[^<\r\n]*)|</STATUS>)", re.DOTALL | re.IGNORECASE
)
DAY_DIGITS = 8


def lines(text: Text) -> Iterator[Line]:
    """Every transaction, numbered from 1. Raises StatementRefused at the first unreadable one."""
    currency, holder = STERLING, ""
    for number, part in enumerate(_parts(text)):
        row, rest = _cut(part) if number else ("", part)
        if number:
            yield _line(number, _fields(row), currency, holder)
        _refuse_error(rest)
        for told in _TOLD.finditer(rest):
            currency = (told["currency"] or "").strip().upper() or currency
            holder = holder if told["holder"] is None else told["holder"].strip()


def _parts(text: Text) -> Iterator[str]:
    """What stands above the first transaction, then each with whatever comes behind it."""
    held = ""
    for piece in _without_comments(text):
        *whole, held = _ROW.split(held + piece)
        yield from whole
    yield held


def _without_comments(text: Text) -> Iterator[str]:
    """In pieces; one that is never closed is none."""
    held = ""
    for piece in text.pieces():
        held += piece
        while OPENED in held and CLOSED in held.partition(OPENED)[2]:
            before, _opened, rest = held.partition(OPENED)
            yield before
            held = rest.partition(CLOSED)[2]
        if OPENED not in held:
            safe = len(held) - len(OPENED) + 1
            yield held[:safe]
            held = held[safe:]
    yield held


def _cut(part: str) -> tuple[str, str]:
    """A transaction, and what stands between it and the next."""
    end = _END.search(part)
    return (part[: end.start()], part[end.start() :]) if end else (part, "")


def _refuse_error(text: str) -> None:
    if found := _ERROR.search(text):
        words = plain(html.unescape(found["words"] or "no reason given"))
        raise StatementRefused(f"The bank put an error in place of a statement: {words}.")


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
