"""The bands of distance around a place, as conditions that an index answers."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, IntegerField, Q, Value, When

from directory.distance import miles_between
from directory.marks import Entry, Mark
from directory.models import Outcode
from directory.nearby import nearby, reached_by
from directory.order import band


@dataclass(frozen=True)
class Rings:
    """The places around one, within so many miles, from one band on."""

    place: Outcode
    nearest: int
    miles: int

    @cached_property
    def around(self) -> dict[str, float]:
        return nearby().around(self.place.centre, miles=self.miles)

    @cached_property
    def bands(self) -> dict[int, list[str]]:
        """The places of each band, nearest first."""
        found: dict[int, list[str]] = {}
        for code, away in self.around.items():
            if band(away) >= self.nearest:
                found.setdefault(band(away), []).append(code)
        return dict(sorted(found.items()))

    @property
    def size(self) -> int:
        return sum(map(len, self.bands.values()))

    def as_case(self) -> Case:
        whens = [When(base__in=codes, then=Value(number)) for number, codes in self.bands.items()]
        return Case(*whens, output_field=IntegerField())

    def reached(self, stated: Q) -> Q:
        """A base here, and either the member's own miles reach the place or an area is stated."""
        inside = {code: self.around[code] for codes in self.bands.values() for code in codes}
        within = Q(base__in=sorted(inside)) & stated
        for miles, codes in reached_by(inside):
            within |= Q(base__in=codes, radius_miles__gte=miles)
        return within

    def later(self, after: Mark | None) -> Q:
        """After the mark, which lies in the nearest of these bands."""
        if after is None:
            return Q()
        same = Q(lot__gt=after.lot) | Q(lot=after.lot, pk__gt=after.listing)
        return same | ~Q(base__in=self.bands.get(after.band, []))

    def entry(self, pk: int, lot: str, base: str) -> Entry:
        away = self.around[base]
        return Entry(Mark(band(away), lot, pk), away)


class Distances(dict[str | None, float | None]):
    """Miles from a place to each base, worked out once."""

    def __init__(self, place: Outcode) -> None:
        super().__init__({None: None})
        self._here, self._places = place.centre, nearby().places

    def __missing__(self, base: str | None) -> float | None:
        there = self._places.get(base) if base else None
        away = miles_between(self._here, there.centre) if there else None
        self[base] = away
        return away
