"""Pure: which days a fee pays for. Late payers keep their old dates: no free day, no lost day."""

import datetime as dt
from dataclasses import dataclass

from foundation.dates import add_months
from membership.experience import months_between
from membership.types import FACTS, MembershipType

ONE_DAY = dt.timedelta(days=1)


def next_period(
    *,
    paid_on: dt.date,
    last_covered: dt.date | None,
    months: int,
    grace_days: int,
    late_months: int = 0,
) -> tuple[dt.date, dt.date]:
    """First and last day of the period that a payment made on a day covers.

    Somebody new starts on the day of the payment. Early, within grace, and within the months for
    late renewals the new period follows the old one without a gap. After that it starts anew.
    """
    if last_covered is None or paid_on > renewable_until(
        last_covered, months=months, grace_days=grace_days, late_months=late_months
    ):
        return paid_on, whole_period(paid_on, months=months)
    starts_on = last_covered + ONE_DAY
    return starts_on, whole_period(starts_on, months=months)


def renewable_until(
    last_covered: dt.date, *, months: int, grace_days: int, late_months: int
) -> dt.date:
    """The last day on which a payment keeps the old dates; nobody pays for a period that is over.

    Never sooner than the end of grace, whose benefits are paid for by keeping the old dates.
    """
    in_grace = last_covered + dt.timedelta(days=grace_days)
    return max(in_grace, add_months(last_covered, min(late_months, months)))


def whole_period(starts_on: dt.date, *, months: int) -> dt.date:
    """The last day of so many months."""
    return add_months(starts_on, months) - ONE_DAY


def first_of_period(ends_on: dt.date, *, months: int) -> dt.date:
    """The first day of so many months that end with a day."""
    return add_months(ends_on + ONE_DAY, -months)


def is_upgrade(old: str, new: str) -> bool:
    """Whether a member of one type moves up to another, rather than applying afresh."""
    return MembershipType(new) in FACTS[MembershipType(old)].upgrades_to


@dataclass(frozen=True)
class Reckoning:
    """What an upgrade costs, in pence, and of how many months; none where moving up is free."""

    pence: int
    months_left: int | None = None


def reckon_upgrade(
    *,
    old_pence: int,
    new_pence: int,
    on: dt.date,
    ends_on: dt.date,
    months: int,
    by_month: bool,
) -> Reckoning:
    """What an upgrade costs on a day: nothing, or the dearer rate for the whole months left.

    The rates, in pence, are those of one period of so many months. A month that has begun is free,
    half a penny is rounded up, and nobody is paid for moving up.
    """
    if not by_month or new_pence <= old_pence:
        return Reckoning(0)
    left = max(0, min(months, months_between(on, ends_on + ONE_DAY)))
    more = new_pence - old_pence
    pence = (2 * more * left + months) // (2 * months)
    return Reckoning(pence, left)


def handover(*, paid_on: dt.date, starts_on: dt.date, ends_on: dt.date) -> dt.date:
    """The first day of a new type within a term of the old one: the day of the payment.

    The old type keeps at least its first day, so that no term is empty. Who pays after the term
    is over gets its last day, so that grace and renewal are those of the new type.
    """
    return max(min(paid_on, ends_on), starts_on + ONE_DAY)


def upgraded_period(
    *, paid_on: dt.date, starts_on: dt.date, ends_on: dt.date
) -> tuple[dt.date, dt.date]:
    """The rest of a term for the new type; the term keeps its end."""
    first = handover(paid_on=paid_on, starts_on=starts_on, ends_on=ends_on)
    return first, max(first, ends_on)


def may_be_listed(type: str) -> bool:
    """Whether members of this type may appear in the directory."""
    return FACTS[MembershipType(type)].in_directory
