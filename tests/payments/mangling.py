"""A society's year at the bank: fees paid as people really type them, among everything else.

`truth` is what a row really was; only a reference that arrived whole may be booked by itself.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tests.payments.statement_files import Row

A_YEAR_BEFORE = dt.date(2026, 11, 20)


@dataclass(frozen=True)
class Debtor:
    """Who owes how many pence, and under which reference."""

    reference: str
    surname: str
    pence: int

    @property
    def digits(self) -> str:
        return self.reference[3:]


@dataclass(frozen=True)
class Told:
    """A row of the statement, what was done to its reference, and whose it really is."""

    row: Row
    kind: str
    debtor: Debtor | None = None


def _whole(rng: random.Random, debtor: Debtor) -> str:
    return debtor.reference


def _spaced(rng: random.Random, debtor: Debtor) -> str:
    at = rng.randrange(1, 7)
    return f"cms {debtor.digits[:at]} {debtor.digits[at:]}"


def _wrong_digit(rng: random.Random, debtor: Debtor) -> str:
    at = rng.randrange(7)
    other = str((int(debtor.digits[at]) + rng.randrange(1, 10)) % 10)
    return f"CMS{debtor.digits[:at]}{other}{debtor.digits[at + 1 :]}"


def _swapped(rng: random.Random, debtor: Debtor) -> str:
    """Of two equal neighbours a swap is none: take one that shows, where there is one."""
    digits = debtor.digits
    shows = [at for at in range(6) if digits[at] != digits[at + 1]] or [0]
    at = rng.choice(shows)
    return f"CMS{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}"


def _alike(rng: random.Random, debtor: Debtor) -> str:
    """A letter for a digit; a reference without 0, 1 and 5 has its S mistaken for a 5."""
    found = {"0": "O", "1": "l", "5": "S"}
    for digit in rng.sample(sorted(found), len(found)):
        if digit in debtor.digits:
            return "CMS" + debtor.digits.replace(digit, found[digit], 1)
    return f"CM5{debtor.digits}"


def _cut_prefix(rng: random.Random, debtor: Debtor) -> str:
    return debtor.reference[rng.randrange(1, 4) :]


def _cut_end(rng: random.Random, debtor: Debtor) -> str:
    """“MEMBERSHIP CMS1234563” is more than the 18 letters that banks keep."""
    return f"MEMBERSHIP {debtor.reference}"[:18]


MANGLED: dict[str, Callable[[random.Random, Debtor], str]] = {
    "whole": _whole,
    "spaces and small letters": _spaced,
    "one wrong digit": _wrong_digit,
    "two digits swapped": _swapped,
    "letters that look alike": _alike,
    "prefix cut": _cut_prefix,
    "end cut": _cut_end,
}
PROOF = ("whole", "spaces and small letters")
OTHERS = ("A CLIENT LTD", "INTEREST", "GRANT OF EXAMPLE", "B DONOR", "REFUND HMRC", "CASH")


def statement(debtors: list[Debtor], *, lines: int, seed: int) -> list[Told]:
    """So many rows: everybody's fee once, mangled in turn; twins, returns, others to fill up."""
    rng = random.Random(f"{seed}")  # noqa: S311  # not a secret
    told = list(_fees(debtors, rng))[: lines * 3 // 4]
    told += _twins_and_returns(told, rng)
    while len(told) < lines:
        told.append(_other(rng))
    rng.shuffle(told)
    return told[:lines]


def _fees(debtors: list[Debtor], rng: random.Random) -> Iterator[Told]:
    kinds = list(MANGLED)
    for number, debtor in enumerate(debtors):
        kind = kinds[number % len(kinds)] if number % 2 else "whole"
        words = MANGLED[kind](rng, debtor)
        row = Row(_day(rng), debtor.pence, f"P {debtor.surname.upper()}", words)
        yield Told(row, kind, debtor)


def _twins_and_returns(told: list[Told], rng: random.Random) -> list[Told]:
    """Some pay twice on one day, some payments come back."""
    whole = [one for one in told if one.kind == "whole"]
    twins = [replace(one, kind="twin") for one in whole[::20]]
    returns = [
        Told(replace(one.row, pence=-one.row.pence, words=f"RETURNED {one.row.words}"), "return")
        for one in whole[5::20]
    ]
    return twins + returns


def _other(rng: random.Random) -> Told:
    """Other money, with numbers in it as banks have them."""
    pence = rng.choice((7200, 9000, -1999, -450_00, 5000, rng.randrange(1, 90_000)))
    words = f"{rng.randrange(10**6, 10**7)} INV {rng.randrange(10**9)}"
    row = Row(_day(rng), pence, rng.choice(OTHERS), words)
    return Told(row, "other")


def _day(rng: random.Random) -> dt.date:
    return A_YEAR_BEFORE - dt.timedelta(days=rng.randrange(300))
