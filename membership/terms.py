"""Pure: which days a fee pays for. Late payers keep their old dates: no free day, no lost day."""

import datetime as dt

from foundation.dates import add_months
from membership.types import FACTS, MembershipType

ONE_DAY = dt.timedelta(days=1)


def next_period(
    *, paid_on: dt.date, last_covered: dt.date | None, months: int, grace_days: int
) -> tuple[dt.date, dt.date]:
    """First and last day of the period that a payment made on a day covers.

    Somebody new starts on the day of the payment. Early and within grace the new period follows
    the old one without a gap. After grace the membership has lapsed and starts anew.
    """
    follows = last_covered is not None and paid_on <= last_covered + dt.timedelta(days=grace_days)
    starts_on = last_covered + ONE_DAY if follows and last_covered is not None else paid_on
    return starts_on, add_months(starts_on, months) - ONE_DAY


def may_be_listed(type: str) -> bool:
    """Whether members of this type may appear in the directory."""
    return FACTS[MembershipType(type)].in_directory
