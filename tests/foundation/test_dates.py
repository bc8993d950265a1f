"""Ages, birthdays and periods over whole days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.dates import (
    add_months,
    add_years,
    age_on,
    birthday,
    in_words,
    in_years,
    months_at_most,
    nth,
)

ORDINALS = """
    0th 1st 2nd 3rd 4th 9th 10th 11th 12th 13th 14th 20th 21st 22nd 23rd 24th 26th 30th 101st
    110th 111th 112th 113th 114th 121st 1000th 1100th 1200th 1212th 1213th 2001st
"""
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2020, 3, 31), 8, date(2028, 3, 31)),
        (date(2024, 2, 29), 8, date(2032, 2, 29)),
        (date(2004, 2, 29), 25, date(2029, 3, 1)),
        (date(2000, 2, 29), 100, date(2100, 3, 1)),
        (date(2020, 2, 28), 1, date(2021, 2, 28)),
    ],
)
def test_years_end_on_the_same_day_and_never_too_early(day, years, expected):
    assert add_years(day, years) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2024, 1, 30), 1, date(2024, 3, 1)),
        (date(2024, 1, 29), 1, date(2024, 2, 29)),
        (date(2026, 11, 30), 2, date(2027, 1, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_first_of_the_next_month(day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 7, 19), 17),
        (date(2022, 7, 20), 18),
        (date(2022, 7, 21), 18),
        (date(2004, 7, 20), 0),
        (date(2004, 7, 19), -1),
    ],
)
def test_an_age_is_reached_at_the_start_of_the_birthday(day, expected):
    assert age_on(date(2004, 7, 20), day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 2, 28), 17),
        (date(2022, 3, 1), 18),
        (date(2024, 2, 28), 19),
        (date(2024, 2, 29), 20),
    ],
)
def test_a_leap_day_child_has_a_birthday_on_the_first_of_march_in_a_common_year(day, expected):
    assert age_on(date(2004, 2, 29), day) == expected


@given(birth=DAYS, day=DAYS)
def test_an_age_lies_between_its_own_birthday_and_the_next(birth, day):
    age = age_on(birth, day)

    assert birthday(birth, age) <= day < birthday(birth, age + 1)


@given(day=DAYS, years=st.integers(0, 100))
def test_twelve_months_are_a_year(day, years):
    assert add_months(day, 12 * years) == add_years(day, years)


def test_a_day_is_written_as_people_write_it():
    assert in_words(date(2030, 7, 2)) == "2 July 2030"


@pytest.mark.parametrize(
    ("years", "words"), [(0, "0 years"), (1, "1 year"), (2, "2 years"), (10, "10 years")]
)
def test_years_are_counted_as_people_write_them(years, words):
    assert in_years(years) == words


@pytest.mark.parametrize("words", ORDINALS.split())
def test_an_ordinal_ends_as_it_is_spoken(words):
    assert nth(int(words[:-2])) == words


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 1, 29), 1, date(2024, 2, 29)),
        (date(2026, 1, 28), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2026, 5, 15), 6, date(2026, 11, 15)),
    ],
)
def test_a_time_in_which_to_do_something_is_never_longer(day, months, last):
    assert months_at_most(day, months) == last
