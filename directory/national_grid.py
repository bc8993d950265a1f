"""From eastings and northings of the British National Grid to degrees of WGS84.

The transverse Mercator projection is the one of the Ordnance Survey's "Guide to coordinate
systems in Great Britain", annexe C; the shift from OSGB36 is its seven-parameter Helmert
transformation, good to about 5 metres.
"""

from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan

from directory.distance import Point

AIRY_A, AIRY_B = 6377563.396, 6356256.909
WGS84_A, WGS84_B = 6378137.0, 6356752.314245
SCALE = 0.9996012717
TRUE_NORTHING, TRUE_EASTING = -100_000.0, 400_000.0
TRUE_LATITUDE, TRUE_LONGITUDE = radians(49), radians(-2)
SHIFT_METRES = (446.448, -125.157, 542.060)
TURN_SECONDS = (0.1502, 0.2470, 0.8421)
STRETCH = -20.4894e-6
CLOSE_ENOUGH_METRES = 0.00001


def degrees_of(easting: float, northing: float) -> Point:
    """Return the point of WGS84 for metres of the National Grid."""
    latitude, longitude = osgb36(easting, northing)
    return _as_wgs84(_cartesian(latitude, longitude))


def osgb36(easting: float, northing: float) -> tuple[float, float]:
    """Return latitude and longitude in radians on the Airy ellipsoid."""
    foot = _foot_latitude(northing)
    squash = 1 - (AIRY_B / AIRY_A) ** 2
    across = AIRY_A * SCALE / sqrt(1 - squash * sin(foot) ** 2)
    along = AIRY_A * SCALE * (1 - squash) / (1 - squash * sin(foot) ** 2) ** 1.5
    eta, t, secant = across / along - 1, tan(foot), 1 / cos(foot)
    east = easting - TRUE_EASTING
    latitude = (
        foot
        - t / (2 * along * across) * east**2
        + t / (24 * along * across**3) * (5 + 3 * t**2 + eta - 9 * t**2 * eta) * east**4
        - t / (720 * along * across**5) * (61 + 90 * t**2 + 45 * t**4) * east**6
    )
    longitude = (
        TRUE_LONGITUDE
        + secant / across * east
        - secant / (6 * across**3) * (across / along + 2 * t**2) * east**3
        + secant / (120 * across**5) * (5 + 28 * t**2 + 24 * t**4) * east**5
        - secant / (5040 * across**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6) * east**7
    )
    return latitude, longitude


def _foot_latitude(northing: float) -> float:
    """Return the latitude whose distance along the true meridian is the northing."""
    latitude = TRUE_LATITUDE
    missing = northing - TRUE_NORTHING
    while abs(missing) >= CLOSE_ENOUGH_METRES:
        latitude += missing / (AIRY_A * SCALE)
        missing = northing - TRUE_NORTHING - _meridian(latitude)
    return latitude


def _meridian(latitude: float) -> float:
    n = (AIRY_A - AIRY_B) / (AIRY_A + AIRY_B)
    less, more = latitude - TRUE_LATITUDE, latitude + TRUE_LATITUDE
    return (
        AIRY_B
        * SCALE
        * (
            (1 + n + 1.25 * (n**2 + n**3)) * less
            - (3 * (n + n**2) + 2.625 * n**3) * sin(less) * cos(more)
            + 1.875 * (n**2 + n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _cartesian(latitude: float, longitude: float) -> tuple[float, float, float]:
    squash = 1 - (AIRY_B / AIRY_A) ** 2
    across = AIRY_A / sqrt(1 - squash * sin(latitude) ** 2)
    return (
        across * cos(latitude) * cos(longitude),
        across * cos(latitude) * sin(longitude),
        across * (1 - squash) * sin(latitude),
    )


def _as_wgs84(airy: tuple[float, float, float]) -> Point:
    x, y, z = airy
    dx, dy, dz = SHIFT_METRES
    rx, ry, rz = (radians(seconds / 3600) for seconds in TURN_SECONDS)
    stretch = 1 + STRETCH
    moved_x = dx + stretch * x - rz * y + ry * z
    moved_y = dy + rz * x + stretch * y - rx * z
    moved_z = dz - ry * x + rx * y + stretch * z
    squash = 1 - (WGS84_B / WGS84_A) ** 2
    flat = hypot(moved_x, moved_y)
    latitude = atan2(moved_z, flat * (1 - squash))
    for _ in range(5):
        across = WGS84_A / sqrt(1 - squash * sin(latitude) ** 2)
        latitude = atan2(moved_z + squash * across * sin(latitude), flat)
    return Point(degrees(latitude), degrees(atan2(moved_y, moved_x)))
