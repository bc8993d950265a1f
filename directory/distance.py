"""Great-circle distances in miles, and words for them that claim no more than is known."""

from dataclasses import dataclass
from math import asin, ceil, cos, degrees, hypot, radians, sin, sqrt

EARTH_RADIUS_MILES = 3958.8
MILES_PER_KM = 0.621371
ROUND_TO_MILES = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True)
class Point:
    """A computed centre: degrees of WGS84, and the radius that holds 95 of 100 of its postcodes."""

    latitude: float
    longitude: float
    radius_km: float = 0.0


@dataclass(frozen=True)
class Box:
    """The edges, in degrees, of a box around a point."""

    south: float
    north: float
    west: float
    east: float


def miles_between(here: Point, there: Point) -> float:
    """Return the great-circle distance of two centres in miles (haversine formula)."""
    latitude, other = radians(here.latitude), radians(there.latitude)
    across = sin(radians(there.longitude - here.longitude) / 2) ** 2
    along = sin((other - latitude) / 2) ** 2
    chord = along + cos(latitude) * cos(other) * across
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(chord)))


def box_around(centre: Point, *, miles: float) -> Box:
    """Return the smallest box that holds every point within `miles`, for an indexed first cut."""
    up = degrees(miles / EARTH_RADIUS_MILES)
    reach = sin(radians(up)) / cos(radians(centre.latitude))
    aside = degrees(asin(min(1.0, reach)))
    return Box(
        south=centre.latitude - up,
        north=centre.latitude + up,
        west=centre.longitude - aside,
        east=centre.longitude + aside,
    )


def about(here: Point, there: Point) -> str:
    """Return "about 4 miles": rounded to a step no finer than the centres' usual error.

    The usual error is half the combined radius, the median of a scatter whose 95th
    percentile is that radius. Where rounding would say 0 the words give an upper limit.
    """
    miles = miles_between(here, there)
    limit = hypot(here.radius_km, there.radius_km) * MILES_PER_KM
    step = next((step for step in ROUND_TO_MILES if step >= limit / 2), ROUND_TO_MILES[-1])
    rounded = step * round(miles / step)
    if rounded:
        return f"about {_miles(rounded)}"
    return f"less than about {_miles(max(1, ceil(miles + limit)))}"


def _miles(number: int) -> str:
    return "1 mile" if number == 1 else f"{number} miles"
