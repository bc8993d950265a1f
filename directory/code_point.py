"""Works out the centre and radius of every postcode district from Code-Point Open.

Code-Point Open lists every unit postcode of Great Britain with its position. Northern Ireland
and the Crown Dependencies are not in it: their rows stay as they are.
"""

import csv
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import ceil, hypot

from directory.distance import Point, miles_between
from directory.national_grid import degrees_of

WITHOUT_POSITION = "90"
SHARE_WITHIN_RADIUS = 0.95
COLUMNS = 5
NATIONS = {"E92000001": "ENG", "S92000003": "SCT", "W92000004": "WLS"}
PLACES_OF_A_DEGREE = 4


class UnreadableCodePoint(ValueError):
    """A line is not one of Code-Point Open; the text names file and line."""


@dataclass(frozen=True)
class Unit:
    """One unit postcode: its district, its metres of the National Grid, its nation's code."""

    outcode: str
    easting: int
    northing: int
    nation: str


@dataclass(frozen=True)
class Place:
    """One row of outcodes.csv. `regions` are codes, the main one first, between spaces."""

    code: str
    name: str
    latitude: float
    longitude: float
    regions: str
    radius_km: float

    @property
    def centre(self) -> Point:
        return Point(self.latitude, self.longitude)


@dataclass
class _Metres:
    nation: str = ""
    eastings: "array[int]" = field(default_factory=lambda: array("l"))
    northings: "array[int]" = field(default_factory=lambda: array("l"))


def read(lines: Iterable[str], *, name: str) -> Iterator[Unit]:
    """Yield the units that have a position. Raises UnreadableCodePoint."""
    for number, row in enumerate(csv.reader(lines), start=1):
        try:
            postcode, quality, easting, northing, nation = row[:COLUMNS]
            unit = Unit(postcode[:-3].strip(), int(easting), int(northing), NATIONS[nation])
        except (ValueError, KeyError) as error:
            raise UnreadableCodePoint(
                f"Line {number} of {name} is not a line of Code-Point Open."
            ) from error
        if quality != WITHOUT_POSITION:
            yield unit


def rebuild(units: Iterable[Unit], known: Mapping[str, Place]) -> list[Place]:
    """Return every row anew: what the units cover is computed, the rest is kept.

    Regions are not in Code-Point Open: a known place keeps its own, a new district in England
    takes those of the nearest known district there.
    """
    places = dict(known)
    for code, metres in _by_place(units).items():
        old = known.get(code)
        if old is None and code.isalpha():
            continue  # a new postcode area, whose town nobody has named yet
        computed = _computed(code, metres)
        regions = old.regions if old else _regions(computed, metres.nation, known)
        places[code] = replace(computed, name=old.name if old else "", regions=regions)
    return sorted(places.values(), key=lambda place: (not place.name, place.code))


def _by_place(units: Iterable[Unit]) -> dict[str, _Metres]:
    """Gather the positions of each district, and of the postcode area it lies in."""
    found: dict[str, _Metres] = defaultdict(_Metres)
    for unit in units:
        letters = unit.outcode[:2] if unit.outcode[1:2].isalpha() else unit.outcode[:1]
        for code in (unit.outcode, letters):
            place = found[code]
            place.nation = place.nation or unit.nation
            place.eastings.append(unit.easting)
            place.northings.append(unit.northing)
    return found


def _computed(code: str, metres: _Metres) -> Place:
    count = len(metres.eastings)
    east, north = sum(metres.eastings) / count, sum(metres.northings) / count
    away = sorted(
        hypot(easting - east, northing - north)
        for easting, northing in zip(metres.eastings, metres.northings, strict=True)
    )
    centre = degrees_of(east, north)
    return Place(
        code=code,
        name="",
        latitude=round(centre.latitude, PLACES_OF_A_DEGREE),
        longitude=round(centre.longitude, PLACES_OF_A_DEGREE),
        regions="",
        radius_km=round(away[ceil(SHARE_WITHIN_RADIUS * count) - 1] / 1000, 1),
    )


def _regions(place: Place, nation: str, known: Mapping[str, Place]) -> str:
    if nation != "ENG":
        return nation
    english = [each for each in known.values() if each.regions.startswith("ENG") and not each.name]
    nearest = min(english, key=lambda each: miles_between(place.centre, each.centre), default=place)
    return nearest.regions or nation
