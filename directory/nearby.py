"""Every place with its position, kept for ten minutes: which of them lie around another."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from django.db.models import CharField, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import In

from directory.distance import Point, box_around, miles_between
from directory.kept import Kept
from directory.models import Outcode

TEN_MINUTES = 600
MOST_LOOKED_UP = 400


@dataclass(frozen=True, eq=False)
class Nearby:
    """The places by code, and in the order of their latitudes."""

    places: Mapping[str, Outcode]

    @cached_property
    def by_latitude(self) -> list[Outcode]:
        return sorted(self.places.values(), key=lambda each: (each.latitude, each.code))

    @cached_property
    def _latitudes(self) -> list[float]:
        return [each.latitude for each in self.by_latitude]

    @cached_property
    def postcode_areas(self) -> list[Outcode]:
        whole = (each for each in self.places.values() if each.postcode_area_id is None)
        return sorted(whole, key=lambda each: each.code)

    def in_regions(self, regions: frozenset[str]) -> list[str]:
        """The codes of the places in these; a border district lies on both sides."""
        return [each.code for each in self.by_latitude if not regions.isdisjoint(each.region_codes)]

    def around(self, centre: Point, *, miles: float) -> dict[str, float]:
        """Return the places whose centres lie within so many miles, with the miles to each."""
        box = box_around(centre, miles=miles)
        first, last = (
            bisect_left(self._latitudes, box.south),
            bisect_right(self._latitudes, box.north),
        )
        found = {}
        for each in self.by_latitude[first:last]:
            if box.west <= each.longitude <= box.east:
                away = miles_between(centre, each.centre)
                if away <= miles:
                    found[each.code] = away
        return found


def based_in(codes: list[str]) -> Q:
    """A base in one of these places.

    Of hundreds the database would look each up in an index, and plan long for it: it had better
    read the listings in their order and compare.
    """
    if len(codes) <= MOST_LOOKED_UP:
        return Q(base__in=codes)
    return Q(In(Coalesce("base_id", Value(""), output_field=CharField()), codes))


def reached_by(around: Mapping[str, float]) -> Iterator[tuple[int, list[str]]]:
    """Yield whole miles, and the places from which a member reaches who travels so many."""
    groups: dict[int, list[str]] = {}
    for code, away in around.items():
        groups.setdefault(max(1, ceil(away)), []).append(code)
    yield from sorted(groups.items())


def read() -> Nearby:
    """Read every place. One query."""
    return Nearby({each.code: each for each in Outcode.objects.all()})


nearby = Kept(read, seconds=TEN_MINUTES)
