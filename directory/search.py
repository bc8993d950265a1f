"""Finds the listings that a purchaser asks for, a page at a time, in the published fair order.

Only so many are looked at as a page needs, in the order of the day, and the standing of those
alone is asked. Where that does not fill the page, everybody is asked: never fewer are found.
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Q, QuerySet

from directory.filters import Filters, place_of
from directory.marks import Entry, Found, Mark
from directory.matching import base_near, covers, matching
from directory.models import LONGEST_RADIUS_MILES, Listing, ListingQuerySet
from directory.nearby import nearby
from directory.order import BAND_LIMITS_MILES, band
from directory.prepared import Prepared, blanks, listings, prepare
from directory.rings import Distances, Rings
from directory.vocabulary import Vocabulary

A_PAGE = 20
# For a page of 20 the standing of three times as many is asked, since some may have lost it.
LOOK_AT = 3
# A ring is asked alone where it should hold so many times what the page needs.
RICH = 3
# So many questions are kept built.
KEPT = 512


NEAR = ("pk", "lot", "stated", "base_id", "radius_miles")


class Looked(NamedTuple):
    """What one look found, with the rows of those whose standing it asked."""

    entries: list[Entry]
    rows: dict[int, Listing] = {}  # never written to


@dataclass(frozen=True)
class Search:
    """One search on a day; `expected` is how many it may find without a place, as far as known."""

    filters: Filters
    words: Vocabulary
    on: dt.date
    expected: int = field(default=0, compare=False)

    def page(self, after: Mark | None = None, *, size: int = A_PAGE) -> Found:
        """Return the next so many, nearest band first. At most three queries."""
        looked = _near_first if self.filters.place else _anywhere
        entries, rows = looked(self, after, size + 1)
        return Found(tuple(entries[:size]), rows, has_more=len(entries) > size)


def _anywhere(search: Search, after: Mark | None, wanted: int) -> Looked:
    most = LOOK_AT * wanted
    asked = _ask_anywhere(search, most) if after is None else _from(search, after, most)
    first = asked.rows()
    rows = _shown(search.on, [pk for pk, _lot, _base in first])
    entries = [Entry(Mark(0, lot, pk)) for pk, lot, _base in first if pk in rows]
    if len(entries) >= wanted or len(first) < most:
        return Looked(entries, rows)
    visible = matching(Listing.objects.visible(search.on), search.filters, search.words, search.on)
    everybody = _columns(visible.filter(_later(after)), ["lot", "pk"], wanted)
    return Looked([Entry(Mark(0, lot, pk)) for pk, lot, _base in everybody])


@lru_cache(maxsize=KEPT)
def _ask_anywhere(search: Search, most: int) -> Prepared:
    return prepare(_columns(_meant(search), ["lot", "pk"], most))


def _from(search: Search, after: Mark, most: int) -> Prepared:
    """The same from a mark on: few ask for that, so it is not kept."""
    return prepare(_columns(_meant(search).filter(_later(after)), ["lot", "pk"], most))


def _later(after: Mark | None) -> Q:
    return Q() if after is None else Q(lot__gt=after.lot) | Q(lot=after.lot, pk__gt=after.listing)


def _meant(search: Search) -> ListingQuerySet:
    """Those that match and are meant to be shown, whatever the standing of their members."""
    meant = Listing.objects.opted_in(search.on)
    return matching(meant, search.filters, search.words, search.on)


def _columns(
    listings: ListingQuerySet, order: list[str], most: int
) -> "QuerySet[Listing, tuple[int, str, str]]":
    return listings.order_by(*order).values_list("pk", "lot", "base_id")[:most]


def _shown(on: dt.date, numbers: list[int]) -> dict[int, Listing]:
    """Those of these who are visible on the day, as rows for their cards. One query."""
    if not numbers:
        return {}
    return {row.pk: row for row in listings(_ask_shown(on), numbers)}


@lru_cache(maxsize=2)
def _ask_shown(on: dt.date) -> Prepared:
    visible = Listing.objects.visible(on).filter(pk__in=blanks())
    return prepare(visible.for_cards().order_by())


def _near_first(search: Search, after: Mark | None, wanted: int) -> Looked:
    rings, most = _enough(search, after, wanted), LOOK_AT * wanted
    if rings is None:
        return _near(search, after)
    if after is None:
        first = _ask_near(search, rings, most).rows()
    else:
        first = prepare(_in_rings(search, rings, after, most)).rows()
    rows = _shown(search.on, [pk for pk, _lot, _base in first])
    entries = [rings.entry(pk, lot, base) for pk, lot, base in first if pk in rows]
    return Looked(entries, rows) if len(entries) >= wanted else _near(search, after)


@lru_cache(maxsize=KEPT)
def _ask_near(search: Search, rings: Rings, most: int) -> Prepared:
    return prepare(_in_rings(search, rings, None, most))


def _in_rings(
    search: Search, rings: Rings, after: Mark | None, most: int
) -> "QuerySet[Listing, tuple[int, str, str]]":
    stated = covers(rings.place, search.words)
    meant = _meant(search).filter(rings.reached(stated), rings.later(after))
    if len(rings.bands) == 1:
        return _columns(meant, ["lot", "pk"], most)
    return _columns(meant.annotate(band=rings.as_case()), ["band", "lot", "pk"], most)


def _enough(search: Search, after: Mark | None, wanted: int) -> Rings | None:
    """The fewest rings, from the mark's own on, that should fill the page by far; none if none."""
    place, known = place_of(search.filters), nearby()
    nearest = after.band if after else 0
    for limit in BAND_LIMITS_MILES[nearest:]:
        if search.filters.miles is not None and limit > search.filters.miles:
            return None
        rings = Rings(place, nearest, limit)
        if search.expected * rings.size >= RICH * wanted * len(known.places):
            return rings
    return None


def _near(search: Search, after: Mark | None) -> Looked:
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
    return Looked([entry for entry in found if after is None or entry.mark > after])


def _matches(away: float | None, *, travels: int | None, stated: bool, miles: int | None) -> bool:
    in_reach = away is not None and travels is not None and away <= travels
    near_enough = miles is None or (away is not None and away <= miles)
    return (stated or in_reach) and near_enough
