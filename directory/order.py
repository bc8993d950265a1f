"""The fair order of results: bands of distance, and within a band a new draw every day."""

from datetime import date
from hashlib import sha256

BAND_LIMITS_MILES = (5, 10, 25, 50, 100)
NO_BASE = len(BAND_LIMITS_MILES) + 1
DIGITS_OF_A_LOT = 16
RULE = (
    "Nobody can pay for a place in this list. With a postcode, people are grouped by the distance "
    "of their base: up to 5, 10, 25, 50 and 100 miles, then further away, then those who state no "
    "base. Inside a group the order is drawn anew every night: the lot of a listing is the start "
    "of the SHA-256 of the date and the number of the listing, and the lowest lot comes first, so "
    "that everybody comes first equally often. Without a postcode there is one group."
)


def band(miles: float | None) -> int:
    """Return 0 for the nearest band; limits belong to the nearer band, None to the last."""
    if miles is None:
        return NO_BASE
    return sum(miles > limit for limit in BAND_LIMITS_MILES)


def draw(listing: int, *, on: date) -> str:
    """Return the day's lot of a listing, out of the ISO date and the listing's number.

    It is the first 16 hexadecimal digits of their SHA-256. For 22 November 2026 and listing 7
    that is the SHA-256 of “2026-11-22:7”.
    """
    return sha256(f"{on.isoformat()}:{listing}".encode()).hexdigest()[:DIGITS_OF_A_LOT]
