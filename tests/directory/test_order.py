"""The published order: nearest band first, a new draw every night, nobody favoured."""

from collections import Counter
from datetime import date, timedelta

import pytest

from directory.draws import draw_lots
from directory.filters import Filters
from directory.models import Listing
from directory.nearby import nearby
from directory.order import band, draw
from directory.search import Search
from directory.vocabulary import vocabulary
from tests.directory.make import TODAY, make_listing

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("miles", "expected"),
    [(0, 0), (5, 0), (5.01, 1), (10, 1), (10.01, 2), (25, 2), (25.01, 3), (50, 3), (50.01, 4),
     (100, 4), (100.01, 5), (400, 5), (None, 6)],
)  # fmt: skip
def test_each_limit_belongs_to_the_nearer_band(miles, expected):
    assert band(miles) == expected


def test_a_lot_can_be_worked_out_by_anybody():
    # printf '2026-11-22:7' | sha256sum
    assert draw(7, on=date(2026, 11, 22)) == "d75247c2e050abca"


def test_of_twenty_in_one_ring_each_comes_first_equally_often():
    ring = range(101, 121)
    days = [MONDAY + timedelta(days=number) for number in range(3_000)]

    firsts = Counter(min(ring, key=lambda one: draw(one, on=day)) for day in days)

    assert sorted(firsts) == list(ring)
    assert min(firsts.values()) >= 0.8 * len(days) / len(ring)
    assert max(firsts.values()) <= 1.2 * len(days) / len(ring)


def test_the_spread_of_many_rings_is_that_of_fair_lots_and_no_wider():
    """The sum of chi-squared over 30 rings of 20: 30 × 19 expected, give or take 34."""
    days = [MONDAY + timedelta(days=number) for number in range(500)]
    spread = 0.0
    for first in range(1, 601, 20):
        ring = range(first, first + 20)
        firsts = Counter(min(ring, key=lambda one: draw(one, on=day)) for day in days)
        spread += sum((firsts[one] - 25) ** 2 / 25 for one in ring)

    assert 570 - 4 * 34 < spread < 570 + 4 * 34


@pytest.mark.django_db
def test_the_database_draws_as_the_rule_says():
    listings = [make_listing() for _ in range(5)]

    drawn = draw_lots(on=TODAY)
    again = draw_lots(on=TODAY)

    assert (drawn, again) == (5, 0)
    for listing in listings:
        listing.refresh_from_db()
        assert (listing.lot, listing.drawn_on) == (draw(listing.pk, on=TODAY), TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [TODAY, TODAY + timedelta(days=1)])
def test_everybody_stands_in_the_order_of_the_day(day):
    numbers = [make_listing().pk for _ in range(12)]
    draw_lots(on=day)

    found = Search(Filters(), vocabulary(), day).page().listings

    assert list(found) == sorted(numbers, key=lambda one: draw(one, on=day))


@pytest.mark.django_db
def test_nearer_bands_come_first_and_inside_a_band_the_lot_alone_counts():
    bases = ("CF14", "CF24", "CF3", "NP20", "BS1", "SA1", "M1", "")
    for base in bases * 2:
        make_listing(areas=("UK",), base=base)
    draw_lots(on=TODAY)
    place = nearby().places["CF14"]

    entries = Search(Filters(place=place), vocabulary(), TODAY).page(size=100).entries

    order = [(entry.mark.band, entry.mark.lot) for entry in entries]
    assert len(entries) == len(Listing.objects.all()) == 2 * len(bases)
    assert order == sorted(order)
    assert order[-1][0] == 6
    assert all(entry.mark.band == band(entry.miles) for entry in entries)
