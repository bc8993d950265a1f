"""Finds the listings that a purchaser asks for, a page at a time, in the published fair order.

Only so many are looked at as a page needs, in the order of the day, and the standing of those
alone is asked. Where that does not fill the page, everybody is asked: never fewer are found.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, sqrt
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value

from directory.cards import Row
from directory.filters import Filters
from directory.marks import Entry, Found, Mark
from directory.matching import asked, covers, is_assigned, matching, meant
from directory.models import LONGEST_RADIUS_MILES, Listing, ListingQuerySet, is_visible
from directory.nearby import nearby
from directory.order import BAND_LIMITS_MILES
from directory.rings import Rings, after_mark, later_beyond, miles_to, outer_band
from directory.vocabulary import Vocabulary
from foundation.prepared import Prepared, blanks, enough_blanks, prepare

A_PAGE = 20
# So many are looked at where nobody knows how many have lost their standing; else as many as
# should fill the page, and some more: three deviations of how many it may take.
LOOK_AT = 3
DEVIATIONS, AT_LEAST_SPARE, MOST_LOOKED_AT = 3, 5, 256
# A ring is asked alone where it should hold so many times what the page needs; in the wider ones
# most bases are too far for the miles that members travel.
RICH = 3
RICH_RINGS = BAND_LIMITS_MILES[:3]
# So many questions are kept built.
KEPT = 128
ROW = ("band", "lot", "pk", "base_id")

Rows = list[tuple[int, str, int, str | None]]
# Listings with a band, of which the type of a query set cannot say that it is there.
Ranked = QuerySet[Any, Any]
Candidates = Callable[["Search"], ListingQuerySet]


@dataclass(frozen=True)
class Search:
    """One search on a day.

    Counted lately: `expected`, how many it may find without a place, and `share`, which part of
    those who mean to be found are in good standing.
    """

    filters: Filters
    words: Vocabulary
    on: dt.date
    expected: float = field(default=0, compare=False)
    share: float = field(default=0, compare=False)

    def page(self, after: Mark | None = None, *, size: int = A_PAGE) -> Found:
        """Return the next so many, nearest band first. At most three queries."""
        wanted = size + 1
        entries, rows = _some(self, after, wanted)
        if entries is None:
            entries, rows = _from_rows(self, _everybody(self, after, wanted)), {}
        return Found(tuple(entries[:size]), rows, has_more=len(entries) > size)


def _some(
    search: Search, after: Mark | None, wanted: int
) -> tuple[list[Entry] | None, dict[int, Row]]:
    """The first of those who mean to be found whose standing is right; none where too few are."""
    most, rings = _looked_at(search, wanted), _enough(search, after, wanted)
    ask = _ask if after is None else _ask.__wrapped__  # few go on, so that is not kept
    first = ask(search, rings, after, most).rows()
    rows = _shown(search, [pk for _band, _lot, pk, _base in first])
    entries = _from_rows(search, [row for row in first if row[2] in rows])
    is_all = rings is None and len(first) < most
    return (entries if is_all or len(entries) >= wanted else None), rows


def _looked_at(search: Search, wanted: int) -> int:
    share = min(search.share, 1)
    if not share:
        return min(wanted * LOOK_AT + AT_LEAST_SPARE, MOST_LOOKED_AT)
    spare = max(DEVIATIONS * sqrt(wanted * (1 - share)) / share, AT_LEAST_SPARE)
    return min(ceil(wanted / share + spare), MOST_LOOKED_AT)


@lru_cache(maxsize=KEPT)
def _ask(search: Search, rings: Rings | None, after: Mark | None, most: int) -> Prepared:
    if rings is None:
        return prepare(_first(_parts(search, _meant, after), most))
    stated = covers(rings.place, search.words)
    inside = _meant(search).filter(rings.reached(stated), rings.later(after))
    return prepare(_first([inside.annotate(band=rings.band())], most))


def _everybody(search: Search, after: Mark | None, most: int) -> Rows:
    """The same, each with their standing: what it takes where many have lost it."""
    return list(_first(_parts(search, _visible, after), most))


def _meant(search: Search) -> ListingQuerySet:
    return meant(search.filters, search.words, search.on)


def _visible(search: Search) -> ListingQuerySet:
    visible = Listing.objects.visible(search.on).order_by()
    return matching(visible, search.filters, search.words, search.on)


def _first(parts: "list[Ranked]", most: int) -> "Ranked":
    """The first so many of all parts together: band, lot, number and base."""
    first, *others = (part.values_list(*ROW) for part in parts)
    together = first.union(*others, all=True) if others else first
    return together.order_by("band", "lot", "pk")[:most]


def _parts(search: Search, candidates: Candidates, after: Mark | None) -> "list[Ranked]":
    """Everybody after a mark with their band: near a place those with a base around, and others."""
    found, miles = candidates(search), search.filters.miles
    if search.filters.place is None:
        later = Q() if after is None else after_mark(after)
        return [found.filter(later).annotate(band=Value(0, output_field=IntegerField()))]
    stated = covers(search.filters.place, search.words)
    nearest = after.band if after else 0
    rings = Rings(search.filters.place, nearest, LONGEST_RADIUS_MILES if miles is None else miles)
    parts: list[Ranked] = []
    if rings.bands:
        inside = found.filter(rings.reached(stated), rings.later(after))
        parts.append(inside.annotate(band=rings.band()))
    if miles is None:
        beyond = found.filter(rings.beyond(), stated, later_beyond(after))
        parts.append(beyond.annotate(band=outer_band()))
    return parts or [found.none()]


def firsts(search: Search, most: int, *, nearest: bool) -> "list[QuerySet[Listing, Any]]":
    """The numbers of the first so many who mean to be found, of each part of them."""
    order = ("band", "lot", "pk") if nearest else ("lot", "pk")
    return [part.order_by(*order).values("pk")[:most] for part in _parts(search, _meant, None)]


def _shown(search: Search, numbers: list[int]) -> dict[int, Row]:
    """Those of these who are visible and assigned what is asked, as rows for their cards.

    One query. Standing is a column of it: as its condition the database would weigh every order of
    joining the tables that it is read from, which takes longer than the answer.
    """
    if not numbers:
        return {}
    wanted = tuple(asked(search.filters, search.words))
    found = _ask_shown(search.on, wanted, enough_blanks(numbers)).rows(numbers)
    rows = (Row._make(columns) for *columns, is_shown in found if is_shown)
    return {row.pk: row for row in rows}


@lru_cache(maxsize=KEPT)
def _ask_shown(on: dt.date, wanted: tuple[tuple[str, ...], ...], size: int) -> Prepared:
    looked_at = Listing.objects.filter(pk__in=blanks(size)).for_cards().order_by()
    told = looked_at.annotate(is_shown=is_visible(on) & is_assigned(wanted, on))
    return prepare(told.values_list(*Row._fields, "is_shown"))


def _enough(search: Search, after: Mark | None, wanted: int) -> Rings | None:
    """The fewest rings, from the mark's own on, that should fill the page by far; none if none."""
    if search.filters.place is None:
        return None
    nearest, known = after.band if after else 0, len(nearby().places)
    for limit in RICH_RINGS[nearest:]:
        if search.filters.miles is not None and limit > search.filters.miles:
            return None
        rings = Rings(search.filters.place, nearest, limit)
        if search.expected * len(rings.codes) >= RICH * wanted * known:
            return rings
    return None


def _from_rows(search: Search, rows: Rows) -> list[Entry]:
    place = search.filters.place
    return [
        Entry(Mark(band, lot, pk), miles_to(base, place) if place else None)
        for band, lot, pk, base in rows
    ]
