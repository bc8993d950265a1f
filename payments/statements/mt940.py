"""SWIFT MT940: `:61:` is a line, `:86:` its words; amounts have a comma, days are yymmdd."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from payments.statements.amounts import NoAmount, read_plain_amount
from payments.statements.days import NoDay, read_day
from payments.statements.decoding import Text
from payments.statements.lines import STERLING, Line, StatementRefused, plain

_TAG = re.compile(r":(?P<tag>\d{2}[A-Z]?|NS):(?P<rest>.*)")
_ENTRY = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4}|\s{4})?(?P<sign>R?[CD])(?P<funds>[A-Z])?"
    r"(?P<amount>\d+,?\d*)(?P<kind>[A-Z][A-Z0-9]{3}|[A-Z]\d{2}|[A-Z]{1,4})?(?P<rest>.*)"
)
_BALANCE = re.compile(r"[CD]\d{6}(?P<currency>[A-Z]{3})?")
_PART = re.compile(r"[?>](\d{2})")
_IN_PARTS = re.compile(r"\s*\d{3}[?>]\d{2}")
_NAMES = ("32", "33")
_TEXTS = (*(f"{number}" for number in range(20, 30)), *(f"{number}" for number in range(60, 66)))
_END = re.compile(r"-\}?(?:\{.*)?")


@dataclass
class _Entry:
    """A `:61:` line with what follows it, before it is read."""

    number: int
    head: str
    more: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


class _Reader:
    """Keeps what the tags before a line said, and the line that is still being told."""

    def __init__(self) -> None:
        self.currency, self.holder = STERLING, ""
        self.entry: _Entry | None = None
        self.place: list[str] | None = None

    def tell(self, number: int, tag: str, rest: str) -> None:
        """One tag. Whoever calls has taken the entry before it, unless the tag belongs to it."""
        if tag == "61":
            self.entry = _Entry(number, rest)
            self.place = self.entry.more
        elif tag in WORDS and self.entry is not None:
            self.place = self.entry.words
            self.place.append(rest)
        elif tag == "25":
            self.holder = plain(rest)
        elif tag in OPENING and (balance := _BALANCE.match(rest)):
            self.currency = balance["currency"] or self.currency

    def go_on(self, written: str) -> None:
        """A line without a tag belongs to what stood before it."""
        if self.place is not None and written and not _END.fullmatch(written):
            self.place.append(written)

    def take(self) -> Iterator[Line]:
        """The line that was told, if there is one."""
        if self.entry is not None:
            yield _line(self.entry, self.currency, self.holder)
        self.entry = self.place = None


WORDS = ("86", "NS")
OPENING = ("60F", "60M")


def lines(text: Text) -> Iterator[Line]:
    """Every `:61:`, numbered by its physical line. Raises StatementRefused at an unreadable one."""
    reader = _Reader()
    for number, raw in text.lines():
        written = raw.strip("\x01\x03").rstrip()
        found = _TAG.match(written)
        if found is None:
            reader.go_on(written)
            continue
        if found["tag"] not in WORDS:
            yield from reader.take()
        reader.tell(number, found["tag"], found["rest"])
    yield from reader.take()


def _line(entry: _Entry, currency: str, holder: str) -> Line:
    found = _ENTRY.fullmatch(entry.head.strip())
    if found is None:
        raise StatementRefused(f"“{entry.head[:40]}” cannot be read.", number=entry.number)
    try:
        pence = read_plain_amount(found["amount"])
        on = _day(found["value"], (found["entry"] or "").strip())
    except (NoDay, NoAmount) as error:
        raise StatementRefused(str(error), number=entry.number) from error
    payer, words = _said(entry.words)
    told = (words, found["rest"], *entry.more)
    return Line(
        number=entry.number,
        on=on,
        pence=-pence if found["sign"] in ("D", "RC") else pence,
        text=plain(" ".join(plain(one) for one in told if one.strip())),
        payer=payer,
        holder=holder,
        currency=currency,
    )


def _day(value: str, entry: str) -> dt.date:
    """The value day; some banks write 30 February there, and then the day of the entry counts."""
    try:
        return read_day(f"20{value}")
    except NoDay:
        if not entry:
            raise
        return read_day(f"20{value[:2]}{entry}")


def _said(written: list[str]) -> tuple[str, str]:
    """The payer and the text out of `?20…?32…` parts, which lines cut anywhere; or the words."""
    if not written or not _IN_PARTS.match(written[0]):
        return "", plain(" ".join(written))
    parts = _PART.split("".join(written))
    known: dict[str, str] = {}
    for name, said in zip(parts[1::2], parts[2::2], strict=True):
        known[name] = known.get(name, "") + said
    payer = plain("".join(known.get(name, "") for name in _NAMES))
    text = plain("".join(known.get(name, "") for name in _TEXTS))
    return payer, f"{payer} {text}".strip() or plain("".join(written))
