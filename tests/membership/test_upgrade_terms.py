"""What an upgrade costs and which days it gets: pure."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.terms import Reckoning, is_upgrade, reckon_upgrade, upgraded_period, whole_period
from membership.types import MembershipType

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
ONE_DAY = dt.timedelta(days=1)


def cost(on, *, old=6000, new=9000, ends_on=dt.date(2027, 5, 31), by_month=True):
    return reckon_upgrade(
        old_pence=old, new_pence=new, on=on, ends_on=ends_on, months=12, by_month=by_month
    ).pence


@pytest.mark.parametrize(
    ("new", "on", "by_month", "reckoning"),
    [
        (9000, dt.date(2026, 6, 1), True, Reckoning(3000, 12)),
        (9000, dt.date(2026, 6, 2), True, Reckoning(2750, 11)),
        (9000, dt.date(2025, 6, 1), True, Reckoning(3000, 12)),
        (9000, dt.date(2027, 5, 2), True, Reckoning(0, 0)),
        (9000, dt.date(2027, 8, 1), True, Reckoning(0, 0)),
        (6000, dt.date(2026, 6, 1), True, Reckoning(0)),
        (9000, dt.date(2026, 6, 1), False, Reckoning(0)),
    ],
)
def test_a_reckoning_tells_the_months_that_are_left(new, on, by_month, reckoning):
    found = reckon_upgrade(
        old_pence=6000,
        new_pence=new,
        on=on,
        ends_on=dt.date(2027, 5, 31),
        months=12,
        by_month=by_month,
    )

    assert found == reckoning


@pytest.mark.parametrize(
    ("on", "pence"),
    [
        (dt.date(2026, 6, 1), 3000),
        (dt.date(2026, 6, 2), 2750),
        (dt.date(2027, 4, 30), 250),
        (dt.date(2027, 5, 1), 250),
        (dt.date(2027, 5, 2), 0),
        (dt.date(2027, 5, 31), 0),
        (dt.date(2027, 6, 1), 0),
    ],
)
def test_by_month_the_difference_is_paid_for_whole_months_left(on, pence):
    assert cost(on) == pence


@pytest.mark.parametrize(("new", "pence"), [(6005, 0), (6006, 1), (6017, 1), (6018, 2)])
def test_half_a_penny_is_rounded_up_and_less_is_rounded_down(new, pence):
    assert cost(dt.date(2027, 4, 30), new=new) == pence


def test_without_the_setting_an_upgrade_is_free():
    assert cost(dt.date(2026, 6, 1), by_month=False) == 0


@pytest.mark.parametrize(("new", "pence"), [(5999, 0), (6000, 0), (6001, 1)])
def test_nobody_is_paid_for_moving_up(new, pence):
    assert cost(dt.date(2026, 6, 1), new=new) == pence


@given(old=st.integers(0, 50_000), new=st.integers(0, 50_000), on=DAYS, ends_on=DAYS)
def test_the_price_is_never_below_zero_nor_above_the_difference(old, new, on, ends_on):
    assert 0 <= cost(on, old=old, new=new, ends_on=ends_on) <= max(0, new - old)


@given(old=st.integers(0, 50_000), new=st.integers(0, 50_000), on=DAYS, ends_on=DAYS)
def test_a_day_later_is_never_dearer(old, new, on, ends_on):
    today = cost(on, old=old, new=new, ends_on=ends_on)

    assert cost(on + ONE_DAY, old=old, new=new, ends_on=ends_on) <= today


@given(paid_on=DAYS, starts_on=DAYS, length=st.integers(1, 800))
def test_the_term_keeps_its_end_and_no_day_is_lost_or_counted_twice(paid_on, starts_on, length):
    ends_on = starts_on + dt.timedelta(days=length)

    first, last = upgraded_period(paid_on=paid_on, starts_on=starts_on, ends_on=ends_on)

    assert last == ends_on
    assert starts_on < first <= last
    if starts_on < paid_on <= ends_on:
        assert first == paid_on


def test_a_term_of_one_day_is_followed_by_one_day():
    day = dt.date(2026, 6, 1)

    assert upgraded_period(paid_on=day, starts_on=day, ends_on=day) == (
        day + ONE_DAY,
        day + ONE_DAY,
    )


def test_a_whole_period_ends_on_the_eve_of_its_first_day():
    assert whole_period(dt.date(2026, 6, 1), months=12) == dt.date(2027, 5, 31)


@pytest.mark.parametrize("old", list(MembershipType))
def test_who_moves_up_to_what(old):
    moves = {
        MembershipType.ASSOCIATE: ["case_manager"],
        MembershipType.OVERSEAS: ["case_manager", "associate"],
        MembershipType.STUDENT: ["case_manager", "associate"],
    }

    assert [new.value for new in MembershipType if is_upgrade(old, new)] == moves.get(old, [])
