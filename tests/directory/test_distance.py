"""Miles between centres, the words for them, and the box for a first cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.distance import MILES_PER_KM, Point, about, box_around, miles_between

CARDIFF = Point(51.5201, -3.2037, radius_km=3.0)
BRISTOL = Point(51.4545, -2.5879, radius_km=1.0)
# One degree of latitude on a sphere of this radius.
DEGREE_MILES = 69.094

british = st.builds(Point, st.floats(49, 61), st.floats(-8.5, 2))


def north_of(here: Point, miles: float, *, radius_km: float = 0.0) -> Point:
    return Point(here.latitude + miles / DEGREE_MILES, here.longitude, radius_km=radius_km)


def test_a_degree_of_latitude_is_69_miles():
    assert miles_between(Point(51, -3), Point(52, -3)) == pytest.approx(69.09, abs=0.01)


def test_cardiff_to_bristol_is_27_miles():
    assert miles_between(CARDIFF, BRISTOL) == pytest.approx(26.9, abs=0.2)


@given(british, british)
def test_distance_is_the_same_both_ways_and_never_negative(here, there):
    assert miles_between(here, there) == pytest.approx(miles_between(there, here))
    assert miles_between(here, there) >= 0
    assert miles_between(here, here) == 0


@given(british, british, st.floats(1, 200))
def test_whatever_lies_within_the_miles_lies_in_the_box(here, there, miles):
    box = box_around(here, miles=miles)

    inside = box.south <= there.latitude <= box.north and box.west <= there.longitude <= box.east

    assert inside or miles_between(here, there) > miles - 1e-6


def test_the_box_is_no_wider_than_it_must_be():
    box = box_around(CARDIFF, miles=DEGREE_MILES)

    assert box.north - box.south == pytest.approx(2, abs=0.001)
    assert box.east - box.west == pytest.approx(2 / 0.622, abs=0.01)


def test_small_districts_are_told_to_the_mile():
    here = Point(51.5, -0.1, radius_km=0.5)

    words = about(here, north_of(here, 4.2, radius_km=0.5))

    assert words == "about 4 miles"


def test_one_mile_is_singular():
    here = Point(51.5, -0.1)

    assert about(here, north_of(here, 1.2)) == "about 1 mile"


def test_wide_districts_are_rounded_to_what_is_known():
    words = about(Point(51.5, -0.1, radius_km=25.0), north_of(Point(51.5, -0.1), 43, radius_km=8))

    assert words == "about 40 miles"


def test_the_same_district_is_given_as_an_upper_limit():
    # The combined radius of two centres of 3 km is 4.24 km, 2.6 miles.
    assert about(CARDIFF, CARDIFF) == "less than about 3 miles"


def test_a_point_on_itself_is_within_a_mile():
    here = Point(51.5, -0.1)

    assert about(here, here) == "less than about 1 mile"


@pytest.mark.parametrize(("miles", "words"), [(1.4, "about 1 mile"), (1.6, "about 2 miles")])
def test_rounding_turns_at_the_half_mile(miles, words):
    here = Point(51.5, -0.1)

    assert about(here, north_of(here, miles)) == words


@pytest.mark.parametrize(
    ("limit_miles", "miles", "words"),
    [
        # The step is the first that is no finer than half the limit: 1, 2, 5, 10, 20 or 50.
        (2, 5.4, "about 5 miles"),
        (4, 5.4, "about 6 miles"),
        (4.1, 5.4, "about 5 miles"),
        (5, 6.4, "about 5 miles"),
        (10, 13, "about 15 miles"),
        (10.1, 13, "about 10 miles"),
        (40, 47, "about 40 miles"),
        (100, 130, "about 150 miles"),
        (120, 130, "about 150 miles"),
    ],
)
def test_the_step_is_no_finer_than_what_is_known(limit_miles, miles, words):
    wide = Point(51.5, -0.1, radius_km=limit_miles / MILES_PER_KM)

    assert about(wide, north_of(wide, miles)) == words


def test_a_box_around_the_pole_goes_around_the_world():
    box = box_around(Point(89.99, 0), miles=10)

    assert (box.west, box.east) == pytest.approx((-90, 90))


def test_the_other_end_of_the_world_is_half_its_circumference_away():
    assert miles_between(Point(0, 0), Point(0, 180)) == pytest.approx(180 * DEGREE_MILES, rel=1e-5)
