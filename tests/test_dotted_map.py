"""The map on the home page is drawn from the positions that the directory measures by."""

import csv
from math import hypot

from tools import dotted_map


def test_the_map_is_what_the_positions_draw():
    assert dotted_map.DRAWING.read_text(encoding="utf-8") == dotted_map.drawn()


def test_only_districts_of_the_united_kingdom_are_drawn_and_no_area_of_many():
    with dotted_map.SOURCE.open(newline="", encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    left_out = [
        code
        for code in codes
        if code.isalpha() or code[:2] in {"JE", "GY", "IM", "ZE"}  # the far islands
    ]

    assert len(dotted_map.districts()) == len(codes) - len(left_out)


def test_a_dot_lies_in_london_and_none_in_the_north_sea():
    dots = dotted_map.dots()

    assert nearest(dots, at(51.5, -0.1)) < dotted_map.STEP
    assert nearest(dots, at(56.0, 1.0)) > 5 * dotted_map.STEP


def at(latitude: float, longitude: float) -> tuple[float, float]:
    """A place in kilometres east and south of the north-west corner."""
    x = (longitude - dotted_map.WEST) * dotted_map.KM_PER_DEGREE * dotted_map.ASPECT
    y = (dotted_map.NORTH - latitude) * dotted_map.KM_PER_DEGREE
    return x, y


def nearest(dots: list[tuple[int, int]], place: tuple[float, float]) -> float:
    return min(hypot(x - place[0], y - place[1]) for x, y in dots)
