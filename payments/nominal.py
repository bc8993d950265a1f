"""Pure: to which accounts of double entry a line of our ledger belongs.

A line of the ledger says what it does to a payer's account. In the society's books each has
another side: what was asked for is income, what came is in the bank or at PayPal.
"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

MEMBERS = "Members' accounts"
BANK, PAYPAL = "Bank", "PayPal"
VAT = "VAT"
WRITTEN_OFF = "Written off"
CHARGES = "PayPal's charges"
UNKNOWN = "Not assigned"
BEFORE = "Fees from before the portal"
"""What earlier books hold: asked for and paid there, it comes to nothing here."""
INCOME = {
    "joining": "Income: joining fees",
    "renewal": "Income: renewals",
    "upgrade": "Income: changes of type",
    "event": "Income: events",
    "other": "Income: other",
}
MONEY = {"bank": BANK, "paypal": PAYPAL, "before": BEFORE}
# Closed at the end of each year; the others are carried forward.
OF_THE_YEAR = (*INCOME.values(), CHARGES, WRITTEN_OFF)
EARLIER_YEARS = "Surplus of earlier years"
ORDER = (BANK, PAYPAL, MEMBERS, VAT, EARLIER_YEARS, *OF_THE_YEAR, BEFORE, UNKNOWN)
# The other side of what PayPal keeps, or pays out, of the money it holds for us.
FROM_PAYPAL = {"paypal_fee": CHARGES, "payout": BANK}
DECEMBER = 12


class Sort(NamedTuple):
    """What kind of line it is, how money moved, and what its invoice was for."""

    kind: str
    method: str = ""
    invoice_kind: str = ""
    reversed_kind: str = ""


@dataclass(frozen=True)
class Posting:
    """One side: above zero is a debit, below zero a credit; in pence."""

    account: str
    pence: int


def postings(sort: Sort, pence: int, *, vat_pence: int = 0) -> list[Posting]:
    """Both sides of a line of the ledger; they add up to nothing. VAT is within the sum."""
    if sort.kind in FROM_PAYPAL:
        return [Posting(PAYPAL, pence), Posting(FROM_PAYPAL[sort.kind], -pence)]
    if sort.kind == "transfer":
        return [Posting(MEMBERS, -pence)]
    vat = vat_pence if pence > 0 else -vat_pence
    sides = [Posting(MEMBERS, -pence), Posting(_other_side(sort), pence - vat), Posting(VAT, vat)]
    return [side for side in sides if side.pence]


def _other_side(sort: Sort) -> str:
    if sort.method in MONEY:
        return MONEY[sort.method]
    if sort.kind == "reversal" and sort.reversed_kind:
        return _other_side(sort._replace(kind=sort.reversed_kind))
    if sort.kind == "write_off":
        return WRITTEN_OFF
    if sort.invoice_kind == "before":
        return BEFORE
    return INCOME.get(sort.invoice_kind, UNKNOWN)


def year_of(day: dt.date, *, end_month: int) -> tuple[dt.date, dt.date]:
    """First and last day of the financial year that holds a day; it ends with a month."""
    year = day.year + (day.month > end_month)
    first_of_next = dt.date(year + end_month // DECEMBER, end_month % DECEMBER + 1, 1)
    return first_of_next.replace(year=first_of_next.year - 1), first_of_next - dt.timedelta(days=1)
