"""Finds the listings that a purchaser asks for, a page at a time, in the published fair order.

Only so many are looked at as a page needs, in the order of the day, and the standing of those
alone is asked. Where that does not fill the page, everybody is asked: never fewer are found.
"""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from directory.filters import Filters, place_of
from directory.marks import Entry, Found, Mark
from directory.matching import base_near, covers, matching
from directory.models import LONGEST_RADIUS_MILES, Listing
from directory.nearby import nearby
from directory.order import BAND_LIMITS_MILES, band
from directory.rings import Distances, Rings
from directory.vocabulary import Vocabulary

A_PAGE = 20
# For a page of 20 the standing of twice as many is asked, since some may have lost it.
LOOK_AT = 2
# A ring is asked alone where it should hold so many times what the page needs.
RICH = 3


NEAR = ("pk", "lot", "stated", "base_id", "radius_miles")


class Looked(NamedTuple):
    """A listing that matches, before anything is said of its member."""

    pk: int
    lot: str
    base: str
    is_shown: bool


@dataclass(frozen=True)
class Search:
    """One search on a day; `expected` is how many it may find without a place, as far as known."""

    filters: Filters
    words: Vocabulary
    on: dt.date
    expected: int = 0

    def page(self, after: Mark | None = None, *, size: int = A_PAGE) -> Found:
        """Return the next so many, nearest band first. One query, or two."""
        looked = _near_first if self.filters.place else _anywhere
        entries = looked(self, after, size + 1)
        return Found(tuple(entries[:size]), has_more=len(entries) > size)


def _anywhere(search: Search, after: Mark | None, wanted: int) -> list[Entry]:
    later = Q()
    if after is not None:
        later = Q(lot__gt=after.lot) | Q(lot=after.lot, pk__gt=after.listing)
    first = _look(search, later, LOOK_AT * wanted)
    shown = [Entry(Mark(0, one.lot, one.pk)) for one in first if one.is_shown]
    if len(shown) >= wanted or len(first) < LOOK_AT * wanted:
        return shown[:wanted]
    visible = matching(Listing.objects.visible(search.on), search.filters, search.words, search.on)
    rows = visible.filter(later).order_by("lot", "pk").values_list("pk", "lot")[:wanted]
    return [Entry(Mark(0, lot, pk)) for pk, lot in rows]


def _look(search: Search, where: Q, most: int, *, rings: "Rings | None" = None) -> list[Looked]:
    """The first that match, and whether each is visible. One query."""
    meant = Listing.objects.opted_in(search.on)
    meant = matching(meant, search.filters, search.words, search.on).filter(where)
    order = ["lot", "pk"]
    if rings is not None and len(rings.bands) > 1:
        meant = meant.annotate(band=rings.as_case())
        order = ["band", *order]
    visible = Listing.objects.visible(search.on).filter(pk=OuterRef("pk"))
    rows = meant.order_by(*order).annotate(is_shown=Exists(visible))
    return [Looked(*row) for row in rows.values_list("pk", "lot", "base_id", "is_shown")[:most]]


def _near_first(search: Search, after: Mark | None, wanted: int) -> list[Entry]:
    rings = _enough(search, after, wanted)
    if rings is not None:
        where = rings.reached(covers(rings.place, search.words)) & rings.later(after)
        first = _look(search, where, LOOK_AT * wanted, rings=rings)
        shown = [rings.entry(one.pk, one.lot, one.base) for one in first if one.is_shown]
        if len(shown) >= wanted:
            return shown[:wanted]
    return _near(search, after)[:wanted]


def _enough(search: Search, after: Mark | None, wanted: int) -> Rings | None:
    """The fewest rings, from the mark's own on, that should fill the page by far; none if none."""
    place, known = place_of(search.filters), nearby()
    nearest = after.band if after else 0
    for limit in BAND_LIMITS_MILES[nearest:]:
        if search.filters.miles is not None and limit > search.filters.miles:
            return None
        rings = Rings(place, nearest, known.around(place.centre, miles=limit))
        if search.expected * rings.size >= RICH * wanted * len(known.places):
            return rings
    return None


def _near(search: Search, after: Mark | None) -> list[Entry]:
    """Everybody who reaches the place or states an area around it, after the mark, in order."""
    place, miles = place_of(search.filters), search.filters.miles
    visible = matching(Listing.objects.visible(search.on), search.filters, search.words, search.on)
    within = base_near(place, miles=LONGEST_RADIUS_MILES if miles is None else miles)
    rows = visible.order_by().annotate(stated=covers(place, search.words))
    rows = rows.filter(within | Q(stated=True) if miles is None else within)
    away_of = Distances(place)
    found = []
    for pk, lot, stated, base, travels in rows.values_list(*NEAR):
        away = away_of[base]
        if _matches(away, travels=travels, stated=stated, miles=miles):
            found.append(Entry(Mark(band(away), lot, pk), away))
    found.sort(key=lambda entry: entry.mark)
    return [entry for entry in found if after is None or entry.mark > after]


def _matches(away: float | None, *, travels: int | None, stated: bool, miles: int | None) -> bool:
    in_reach = away is not None and travels is not None and away <= travels
    near_enough = miles is None or (away is not None and away <= miles)
    return (stated or in_reach) and near_enough
