"""Everybody who may pay by transfer, looked up in the ways in which banks name them. Pure."""

import datetime as dt
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

_NOT_NAME = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Owed:
    """An open invoice: what is still to be paid, in pence, and since when."""

    invoice_id: int
    rest_pence: int
    issued_on: dt.date


@dataclass(frozen=True, slots=True)
class Payer:
    """One payer, whichever of their references is found; `owed` only what is open."""

    account_id: int
    digits: str
    family_name: str = ""
    given_name: str = ""
    owed: tuple[Owed, ...] = ()


@dataclass
class Book:
    """Everybody who may pay, looked up in the ways in which banks name them."""

    by_digits: dict[str, Payer] = field(default_factory=dict)
    own_words: tuple[str, ...] = ()
    booked: Mapping[int, Sequence[tuple[int, dt.date]]] = field(default_factory=dict)
    by_surname: defaultdict[str, list[Payer]] = field(default_factory=lambda: defaultdict(list))
    by_sum: defaultdict[int, list[Payer]] = field(default_factory=lambda: defaultdict(list))
    by_account: dict[int, Payer] = field(default_factory=dict)
    beginnings: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, payers: Iterable[Payer], *, own_words: Iterable[str] = ()) -> "Book":
        book = cls(own_words=tuple(name_key(word) for word in own_words if name_key(word)))
        for payer in payers:
            book.by_digits[payer.digits] = payer
            book.by_account[payer.account_id] = payer
            if payer.owed:
                book._add_debtor(payer)
        book.beginnings.sort()
        return book

    def _add_debtor(self, payer: Payer) -> None:
        self.beginnings.append(payer.digits)
        if surname := surname_key(payer.family_name):
            self.by_surname[surname].append(payer)
        for pence in {owed.rest_pence for owed in payer.owed}:
            self.by_sum[pence].append(payer)

    def beginning_with(self, digits: str) -> list[Payer]:
        """Payers with something to pay whose number begins so."""
        first = bisect_left(self.beginnings, digits)
        last = bisect_left(self.beginnings, f"{digits}~")
        return [self.by_digits[one] for one in self.beginnings[first:last]]


def payer_key(payer: str, text: str) -> str:
    """How one payer's name is told from another's: letters only, “” where there is no name."""
    written = payer or re.split(r"\d|\s{2,}|\bCMS", text, maxsplit=1)[0]
    key = name_key(written)
    return "" if len(key) < SHORTEST_NAME or key in NO_NAMES else key[:LONGEST_NAME]


SHORTEST_NAME = 5
LONGEST_NAME = 60
NO_NAMES = frozenset(
    ("FASTERPAYMENTSRECEIPT", "BANKGIROCREDIT", "FASTERPAYMENT", "CREDIT", "PAYMENT", "TRANSFER")
)


def name_key(text: str) -> str:
    """Letters and digits in capitals, without accents, spaces and signs."""
    return _NOT_NAME.sub("", plain_capitals(text))


def surname_key(family_name: str) -> str:
    """The last word of a family name, as banks write it."""
    words = plain_capitals(family_name).split()
    key = _NOT_NAME.sub("", words[-1]) if words else ""
    return key if len(key) > 1 else ""


def plain_capitals(text: str) -> str:
    if not text.isascii():
        text = text.translate(_STROKES)
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return text.upper()


_STROKES = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ß": "ss", "’": "'"})
