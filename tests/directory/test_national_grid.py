"""The National Grid against the Ordnance Survey's own worked example and a known place."""

from math import degrees

import pytest

from directory.national_grid import degrees_of, osgb36


def dms(whole: int, minutes: int, seconds: float) -> float:
    return whole + minutes / 60 + seconds / 3600


def test_the_worked_example_of_the_ordnance_survey_comes_out():
    latitude, longitude = osgb36(651409.903, 313177.270)

    assert degrees(latitude) == pytest.approx(dms(52, 39, 27.2531), abs=1e-8)
    assert degrees(longitude) == pytest.approx(dms(1, 43, 4.5177), abs=1e-8)


def test_the_same_point_moves_to_wgs84():
    # Caister water tower: 52°39'28.72"N 1°42'57.74"E, to the 5 metres of this transformation.
    point = degrees_of(651409.903, 313177.270)

    assert point.latitude == pytest.approx(dms(52, 39, 28.72), abs=0.00006)
    assert point.longitude == pytest.approx(dms(1, 42, 57.74), abs=0.00010)


def test_the_seven_parameters_turn_and_stretch_as_in_other_programs():
    # Movable Type Scripts give 52°39'28.723"N 1°42'57.787"E for the same point.
    point = degrees_of(651409.903, 313177.270)

    assert point.latitude == pytest.approx(dms(52, 39, 28.723), abs=3e-7)
    assert point.longitude == pytest.approx(dms(1, 42, 57.787), abs=3e-7)


def test_the_true_origin_lies_on_its_meridian():
    latitude, longitude = osgb36(400_000, -100_000)

    assert (degrees(latitude), degrees(longitude)) == (49, -2)
