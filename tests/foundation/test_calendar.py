"""Working days: bank holidays by rule, and counting that goes forth and back."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import calendar

# As published for England and Wales.
KNOWN = {
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}
DAYS = st.dates(dt.date(2020, 2, 1), dt.date(2040, 6, 1))
COUNTS = st.integers(0, 60)


@pytest.mark.parametrize("year", KNOWN)
def test_the_holidays_are_those_that_were_published(year):
    published = {dt.date.fromisoformat(f"{year}-{day}") for day in KNOWN[year].split()}

    assert calendar.bank_holidays(year) == published


# As published: ten years together, the earliest and latest there are, the two exceptions that
# keep Easter from 26 April, and each side of centuries with and without a leap day.
EASTERS = """
    1598-03-22 1609-04-19 1666-04-25 1693-03-22 1699-04-19 1700-04-11 1734-04-25 1761-03-22
    1799-03-24 1800-04-13 1818-03-22 1886-04-25 1899-04-02 1900-04-15 1913-03-23 1943-04-25
    1954-04-18 1961-04-02 1981-04-19 1999-04-04 2000-04-23 2001-04-15 2002-03-31 2003-04-20
    2004-04-11 2005-03-27 2006-04-16 2007-04-08 2008-03-23 2009-04-12 2024-03-31 2025-04-20
    2026-04-05 2035-03-25 2038-04-25 2049-04-18 2076-04-19 2099-04-12 2100-03-28 2106-04-18
    2285-03-22
"""


@pytest.mark.parametrize("sunday", EASTERS.split())
def test_easter_falls_where_the_tables_have_it(sunday):
    day = dt.date.fromisoformat(sunday)

    assert calendar.easter(day.year) == day


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_between_22_march_and_25_april(year):
    sunday = calendar.easter(year)

    assert sunday.isoweekday() == 7
    assert dt.date(year, 3, 22) <= sunday <= dt.date(year, 4, 25)


@pytest.mark.parametrize("year", range(calendar.FIRST_YEAR, calendar.LAST_YEAR + 1))
def test_every_year_has_eight_holidays_or_more_and_none_at_a_weekend(year):
    days = calendar.bank_holidays(year)

    assert len(days) == 8 + len(calendar.ONCE.get(year, ()))
    assert {day for day in days if day.weekday() >= calendar.SATURDAY} == set()


@pytest.mark.parametrize("year", [2019, 2041])
def test_other_years_are_not_guessed(year):
    with pytest.raises(calendar.YearNotKnown) as refused:
        calendar.bank_holidays(year)

    assert str(refused.value) == "Bank holidays are known from 2020 to 2040."


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-20", "2026-11-20", 0),  # a Friday
        ("2026-11-20", "2026-11-22", 0),
        ("2026-11-20", "2026-11-23", 1),
        ("2026-11-23", "2026-11-24", 1),  # a Monday
        ("2026-12-24", "2026-12-28", 0),  # Christmas, a weekend, Boxing Day's substitute
        ("2026-12-24", "2026-12-29", 1),
        ("2026-12-29", "2026-12-24", -1),
    ],
)
def test_weekends_and_holidays_do_not_count(start, end, days):
    between = calendar.working_days_between(
        dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    )

    assert between == days


def test_days_are_counted_forward_only():
    with pytest.raises(ValueError, match=r"^Working days are counted forward: give zero"):
        calendar.add_working_days(dt.date(2026, 11, 23), -1)


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        ("2026-11-21", 0, "2026-11-21"),  # a Saturday
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-12-24", 1, "2026-12-29"),
        ("2026-12-31", 2, "2027-01-05"),
    ],
)
def test_working_days_are_added_over_weekends_and_holidays(day, count, later):
    later = dt.date.fromisoformat(later)

    assert calendar.add_working_days(dt.date.fromisoformat(day), count) == later


@given(DAYS, COUNTS)
def test_what_was_added_is_what_lies_between(day, count):
    later = calendar.add_working_days(day, count)

    assert calendar.working_days_between(day, later) == count
    assert later == day or calendar.is_working_day(later)


@given(DAYS, COUNTS, COUNTS)
def test_two_stretches_add_up(day, first, second):
    halfway = calendar.add_working_days(day, first)

    assert calendar.add_working_days(halfway, second) == calendar.add_working_days(
        day, first + second
    )
