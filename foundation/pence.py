"""Money as whole pence of sterling: how it is shown, and how it is read; pure."""

import re
from decimal import Decimal

CURRENCY = "GBP"
# Far above any fee or payment, and far below what a column of whole pence holds.
MOST_PENCE = 100_000_000
_AMOUNT = re.compile(r"^£?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{2}))?$", re.ASCII)


def pounds(pence: int) -> str:
    """9000 as “£90.00”, with thousands set apart; a negative sum has its sign before the £."""
    sign = "-" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{rest:02d}"


def price(pence: int) -> str:
    """9000 as “£90”, 7250 as “£72.50”: what something costs. Sums that move keep their pence."""
    return pounds(pence).removesuffix(".00")


def read_pounds(text: str) -> int:
    """“£1,250.00”, “1250” or “90.00” in pence. Raises ValueError with words for anything else."""
    match = _AMOUNT.fullmatch(text.strip().replace(" ", ""))
    if not match:
        raise ValueError("Enter an amount in pounds and pence, for example 90.00.")
    return int(match[1].replace(",", "")) * 100 + int(match[2] or 0)


def decimal_string(pence: int) -> str:
    """9000 as “90.00”, the form in which amounts cross our borders."""
    return f"{Decimal(pence).scaleb(-2):.2f}"
