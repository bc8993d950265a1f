"""The fair order of search results: bands of distance, and within a band a new draw every day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

BAND_LIMITS_MILES = (5, 10, 25, 50, 100)
RULE = (
    "Nobody can pay for a place in this list. With a postcode, people are grouped by the distance "
    "of their base: up to 5, 10, 25, 50 and 100 miles, then further away, then those who state no "
    "base. Inside a group the order is drawn anew every day from the date and the number of the "
    "listing, so that everybody comes first on some days. Without a postcode there is one group."
)


@dataclass(frozen=True)
class Entry:
    """A listing that was found, and the miles to its base where both ends are known."""

    listing: int
    miles: float | None = None


def fair_order(entries: Iterable[Entry], *, on: date) -> list[Entry]:
    """Return the entries nearest band first, each band in the order drawn for the day."""
    return sorted(entries, key=lambda entry: (band(entry.miles), draw(entry.listing, on=on)))


def band(miles: float | None) -> int:
    """Return 0 for the nearest band; limits belong to the nearer band, None to the last."""
    if miles is None:
        return len(BAND_LIMITS_MILES) + 1
    return sum(miles > limit for limit in BAND_LIMITS_MILES)


def draw(listing: int, *, on: date) -> str:
    """Return the day's lot of a listing: the SHA-256 of the ISO date and the listing's number."""
    return sha256(f"{on.isoformat()}:{listing}".encode()).hexdigest()
