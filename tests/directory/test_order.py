"""The published order: nearest band first, a new draw every day, nobody favoured."""

from collections import Counter
from datetime import date, timedelta

import pytest

from directory.order import Entry, band, fair_order

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("miles", "expected"),
    [(0, 0), (5, 0), (5.01, 1), (10, 1), (10.01, 2), (25, 2), (25.01, 3), (50, 3), (50.01, 4),
     (100, 4), (100.01, 5), (400, 5), (None, 6)],
)  # fmt: skip
def test_each_limit_belongs_to_the_nearer_band(miles, expected):
    assert band(miles) == expected


def test_nearer_bands_come_first_and_no_distance_comes_last():
    found = [Entry(1, None), Entry(2, 60.0), Entry(3, 7.0), Entry(4, 2.0), Entry(5, 30.0)]

    ordered = fair_order(found, on=MONDAY)

    assert [entry.listing for entry in ordered] == [4, 3, 5, 2, 1]


def test_inside_a_band_a_shorter_distance_gives_no_advantage():
    near, nearer = Entry(1, 4.9), Entry(2, 0.1)
    firsts = Counter(
        fair_order([near, nearer], on=MONDAY + timedelta(days=day))[0].listing for day in range(200)
    )

    assert min(firsts.values()) > 70


def test_the_order_is_the_same_all_day_however_the_rows_arrive():
    found = [Entry(number) for number in range(30)]

    assert fair_order(found, on=MONDAY) == fair_order(reversed(found), on=MONDAY)


def test_over_a_year_everybody_comes_first_about_equally_often():
    found = [Entry(number) for number in range(10)]

    firsts = Counter(
        fair_order(found, on=MONDAY + timedelta(days=day))[0].listing for day in range(1000)
    )

    assert sorted(firsts) == list(range(10))
    assert min(firsts.values()) > 60
    assert max(firsts.values()) < 140
