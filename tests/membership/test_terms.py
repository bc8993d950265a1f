"""The days that a fee pays for: none lost, none twice, also around 29 February."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.dates import add_months
from membership import terms

ONE_DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31))
MONTHS = st.integers(1, 36)
GRACE = st.integers(0, 90)


def period(paid_on, last_covered=None, months=12, grace_days=30):
    return terms.next_period(
        paid_on=paid_on, last_covered=last_covered, months=months, grace_days=grace_days
    )


@given(DAYS, MONTHS)
def test_somebody_new_starts_on_the_day_of_the_payment_and_gets_every_month(paid_on, months):
    starts_on, ends_on = period(paid_on, months=months)

    assert starts_on == paid_on
    assert ends_on + ONE_DAY == add_months(paid_on, months)


@given(DAYS, MONTHS, GRACE, st.data())
def test_early_or_within_grace_no_day_is_lost_and_none_paid_twice(last, months, grace, draw):
    paid_on = last + dt.timedelta(days=draw.draw(st.integers(-60, grace)))

    starts_on, _ends_on = period(paid_on, last, months, grace)

    assert starts_on == last + ONE_DAY


@given(DAYS, MONTHS, GRACE, st.integers(1, 4000))
def test_after_grace_a_membership_starts_anew_and_never_overlaps(last, months, grace, late):
    paid_on = last + dt.timedelta(days=grace + late)

    starts_on, ends_on = period(paid_on, last, months, grace)

    assert starts_on == paid_on
    assert last < starts_on < ends_on


@given(DAYS, st.lists(st.integers(-60, 30), min_size=1, max_size=12))
def test_whoever_pays_in_time_every_year_is_covered_on_every_day(first, delays):
    first_start, covered = period(first)
    total = (covered - first_start).days + 1
    for delay in delays:
        starts_on, covered = period(covered + dt.timedelta(days=delay), covered)
        total += (covered - starts_on).days + 1

    assert total == (covered - first).days + 1


@pytest.mark.parametrize(
    ("paid_on", "ends_on"),
    [
        (dt.date(2026, 11, 22), dt.date(2027, 11, 21)),
        (dt.date(2027, 2, 28), dt.date(2028, 2, 27)),
        (dt.date(2027, 3, 1), dt.date(2028, 2, 29)),
        (dt.date(2028, 2, 29), dt.date(2029, 2, 28)),
        (dt.date(2028, 3, 1), dt.date(2029, 2, 28)),
        (dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    ],
)
def test_a_year_ends_on_the_day_before_its_anniversary(paid_on, ends_on):
    assert period(paid_on) == (paid_on, ends_on)


@pytest.mark.parametrize(
    ("paid_on", "starts_on"),
    [
        (dt.date(2026, 10, 1), dt.date(2026, 11, 1)),
        (dt.date(2026, 10, 31), dt.date(2026, 11, 1)),
        (dt.date(2026, 11, 30), dt.date(2026, 11, 1)),
        (dt.date(2026, 12, 1), dt.date(2026, 12, 1)),
    ],
)
def test_the_last_day_of_grace_keeps_the_old_dates_and_the_next_does_not(paid_on, starts_on):
    assert period(paid_on, dt.date(2026, 10, 31))[0] == starts_on


@pytest.mark.parametrize(
    ("type", "listed"),
    [
        ("case_manager", True),
        ("associate", False),
        ("supporter", False),
        ("overseas", False),
        ("student", False),
    ],
)
def test_case_managers_alone_may_be_listed(type, listed):
    assert terms.may_be_listed(type) is listed


@pytest.mark.parametrize(
    ("ends_on", "months", "starts_on"),
    [
        (dt.date(2027, 5, 31), 12, dt.date(2026, 6, 1)),
        (dt.date(2027, 2, 28), 12, dt.date(2026, 3, 1)),
        (dt.date(2028, 2, 29), 12, dt.date(2027, 3, 1)),
        (dt.date(2027, 5, 30), 24, dt.date(2025, 5, 31)),
        (dt.date(2026, 12, 31), 1, dt.date(2026, 12, 1)),
    ],
)
def test_a_period_that_ends_with_a_day_began_so_many_months_before(ends_on, months, starts_on):
    assert terms.first_of_period(ends_on, months=months) == starts_on
    assert terms.whole_period(starts_on, months=months) == ends_on
