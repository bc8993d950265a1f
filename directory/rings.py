"""The bands of distance around a place, as conditions that an index answers."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.lookups import GreaterThan

from directory.distance import miles_between
from directory.marks import Mark
from directory.models import LONGEST_RADIUS_MILES, Outcode
from directory.nearby import based_in, nearby, reached_by
from directory.order import BAND_LIMITS_MILES, NO_BASE, band

NUMBER = IntegerField()
FURTHER = len(BAND_LIMITS_MILES)


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
    def codes(self) -> list[str]:
        return [code for codes in self.bands.values() for code in codes]

    def band(self) -> Case | Value:
        """The number of the band in which a base of these lies."""
        if len(self.bands) == 1:
            return Value(next(iter(self.bands)), output_field=NUMBER)
        whens = [When(base__in=codes, then=Value(number)) for number, codes in self.bands.items()]
        return Case(*whens, output_field=NUMBER)

    def reached(self, stated: Q) -> Q:
        """A base here, and either the member's own miles reach the place or an area is stated."""
        within = stated
        for number, codes in self.bands.items():
            far = {code: self.around[code] for code in codes}
            needed = [When(base__in=some, then=Value(miles)) for miles, some in reached_by(far)]
            limit = Case(*needed, default=Value(LONGEST_RADIUS_MILES + 1), output_field=NUMBER)
            least = BAND_LIMITS_MILES[number - 1] if number else 1
            within |= Q(base__in=codes, radius_miles__gte=least) & Q(radius_miles__gte=limit)
        return based_in(self.codes) & within

    def beyond(self) -> Q:
        """A base outside these, or none: such a listing is found by its stated areas alone.

        Told as a number, since of “not in hundreds” the database expects next to nobody.
        """
        outside = Case(When(based_in(list(self.around)), then=0), default=1, output_field=NUMBER)
        return Q(GreaterThan(outside, 0))

    def later(self, after: Mark | None) -> Q:
        """Those here that come after a mark in the nearest of these bands."""
        if after is None:
            return Q()
        return after_mark(after) | ~Q(base__in=self.bands.get(after.band, []))


def miles_to(base: str | None, place: Outcode) -> float | None:
    """How far a base lies from a place, where there is one."""
    known = nearby().places.get(base) if base else None
    return miles_between(place.centre, known.centre) if known else None


def outer_band() -> Case:
    """The band of a listing beyond every ring: further away, or without a base."""
    return Case(When(base=None, then=Value(NO_BASE)), default=Value(FURTHER), output_field=NUMBER)


def later_beyond(after: Mark | None) -> Q:
    """Those beyond every ring that come after a mark."""
    if after is None or after.band < FURTHER:
        return Q()
    if after.band == FURTHER:
        return Q(base=None) | after_mark(after)
    return Q(base=None) & after_mark(after)


def after_mark(mark: Mark) -> Q:
    return Q(lot__gt=mark.lot) | Q(lot=mark.lot, pk__gt=mark.listing)
