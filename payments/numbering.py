"""The numbers of papers: one row of numbers for each kind and year, without gaps.

The counter's row stays locked until the transaction ends: whatever is rolled back gives its number
back, and two never get the same.
"""

from foundation.counters import next_numbers

INVOICES = ("CMS", "invoices of ")
BEFORE = ("CMSB", "fees from before the portal in ")
RECEIPTS = ("CMSR", "receipts of ")
CREDIT_NOTES = ("CMSC", "credit notes of ")
Row = tuple[str, str]


def next_paper_number(row: Row, year: int) -> str:
    """The next number of a row, for example “CMS-2026-0001”."""
    return next_paper_numbers(row, year, 1)[0]


def next_paper_numbers(row: Row, year: int, how_many: int) -> list[str]:
    """The same for so many at once."""
    prefix, counter = row
    numbers = next_numbers(f"{counter}{year}", how_many)
    return [written(prefix, year, number) for number in numbers]


def written(prefix: str, year: int, number: int) -> str:
    return f"{prefix}-{year}-{number:04d}"
