"""Pure: the VAT within a sum, in pence, and what a paper says of it.

Fees are what a payer pays: where VAT is charged it is within them. The VAT of a line is worked
out from the whole line and rounded half up to the penny; that of an invoice is the sum of its
lines (VAT Notice 700, section 17.5). Subscriptions to a professional body may be exempt (VAT Act
1994, schedule 9, group 9): which of the three applies is the society's own setting.
"""

from enum import StrEnum

WHOLE = 10_000  # a hundred percent, in hundredths of a percent
PERCENT = 100


class Treatment(StrEnum):
    NOT_REGISTERED = "not_registered"
    EXEMPT = "exempt"
    STANDARD = "standard"


WORDS = {Treatment.EXEMPT: "Subscription exempt from VAT"}


def vat_within(gross_pence: int, *, rate: int) -> int:
    """The VAT in a sum that includes it; the rate is in hundredths of a percent, 2000 for 20%."""
    whole = WHOLE + rate
    return (2 * gross_pence * rate + whole) // (2 * whole)


def rate_in_words(rate: int) -> str:
    """2000 as “20%”, 1750 as “17.5%”."""
    return f"{rate / PERCENT:g}%"


def title_of_invoice(treatment: str) -> str:
    """Only who charges VAT may call the paper a VAT invoice (VAT Act 1994, schedule 11)."""
    return "VAT invoice" if treatment == Treatment.STANDARD else "Invoice"
