"""What to offer when nobody matches: which filter leaves nobody, and the changes that find some."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Subquery, Value

from directory.filters import Filters, place_of
from directory.matching import base_near, conditions, covers, matching
from directory.models import LONGEST_RADIUS_MILES, Area, Listing
from directory.order import BAND_LIMITS_MILES
from directory.rings import Distances
from directory.rounding import MANY, rounded
from directory.search import Search

MILES = BAND_LIMITS_MILES
# Enough to offer “100+”; nobody needs to know more of a search that was not asked for.
MOST_LOOKED_AT = 2_000


@dataclass(frozen=True)
class Wider:
    """A change of one filter, in words, and how many people it finds."""

    changed: str
    words: str
    count: int
    filters: Filters

    @property
    def people(self) -> str:
        return f"{rounded(self.count)} case manager{'' if self.count == 1 else 's'}"


@dataclass(frozen=True)
class _Hit:
    """Somebody near: the miles to their base, whether they cover the place, what they hold."""

    away: float | None
    covers: bool
    holds: tuple[bool, ...]

    def within(self, miles: int | None) -> bool:
        return self.covers and (miles is None or (self.away is not None and self.away <= miles))


def widen(search: Search) -> list[Wider]:
    """Return the changes that find somebody. One query, and two for a place."""
    changes = _without_one(search)
    if search.filters.place is None:
        return [change for change in _counted(search, changes) if change.count]
    hits = _hits(search)
    found = [*_further(search.filters, hits), *_counted(search, [_region(search)])]
    for number, change in enumerate(changes):
        others = [
            hit
            for hit in hits
            if hit.within(search.filters.miles)
            and all(held for place, held in enumerate(hit.holds) if place != number)
        ]
        found.append(_with(change, len(others)))
    return [change for change in found if change.count]


def blame(filters: Filters, changes: list[Wider]) -> str:
    """Say which filter leaves nobody, as far as changing one alone can show it."""
    changed = {change.changed for change in changes}
    if "the distance" in changed:  # leaving out the place leaves out the distance with it
        changed.discard("the place")
    if not filters.is_any and not changed:
        return "Nobody matches, and changing one filter alone does not help."
    if len(changed) == 1:
        return f"Nobody matches because of {changed.pop()}."
    if changed:
        return "Nobody matches all of these filters together."
    return "Nobody is listed in the directory today."


def _without_one(search: Search) -> list[Wider]:
    """The changes that leave one filter out, in the order of its conditions, not yet counted."""
    filters, words = search.filters, search.words
    changes = []
    if filters.area:
        changes.append(Wider("the area", "in any area", 0, filters.but(area="")))
    for code in filters.expertise:
        label = words.label(code)
        without = filters.without_expertise(code)
        changes.append(Wider(f"the expertise “{label}”", f"without “{label}”", 0, without))
    if filters.group:
        words_for = "for any group of clients"
        changes.append(Wider("the group of clients", words_for, 0, filters.but(group="")))
    return changes


def _region(search: Search) -> Wider:
    """All of the place's region instead of the place; a chosen area stays."""
    filters = search.filters
    region = place_of(filters).region_id
    wider = filters.but(place=None, miles=None, area=filters.area or region)
    return Wider("the place", f"in all of {search.words.label(wider.area)}", 0, wider)


def _further(filters: Filters, hits: list[_Hit]) -> Iterator[Wider]:
    """The next distance that finds somebody, and any distance where that finds more."""
    if filters.miles is None:
        return
    whole = [hit for hit in hits if all(hit.holds)]
    near = 0
    for step in (step for step in MILES if step > filters.miles):
        near = sum(hit.within(step) for hit in whole)
        if near:
            yield Wider("the distance", f"within {step} miles", near, filters.but(miles=step))
            break
    everywhere = sum(hit.within(None) for hit in whole)
    if everywhere > near:
        yield Wider("the distance", "at any distance", everywhere, filters.but(miles=None))


def _hits(search: Search) -> list[_Hit]:
    """Everybody around who lacks at most one of the other filters. One query."""
    place = place_of(search.filters)
    wanted = conditions(search.filters, search.words, search.on)
    names = [f"holds_{number}" for number in range(len(wanted))]
    around = base_near(place, miles=LONGEST_RADIUS_MILES) | Q(stated=True)
    rows = (
        Listing.objects.visible(search.on)
        .annotate(stated=covers(place, search.words), **dict(zip(names, wanted, strict=True)))
        .filter(around, _all_but_one(names))
        .order_by("lot", "pk")
    )
    away_of = Distances(place)
    return [
        _Hit(
            away := away_of[base],
            stated or (away is not None and travels is not None and away <= travels),
            tuple(holds),
        )
        for base, travels, stated, *holds in rows.values_list(
            "base_id", "radius_miles", "stated", *names
        )[:MOST_LOOKED_AT]
    ]


def _all_but_one(names: list[str]) -> Q:
    found = Q()
    for left_out in names:
        found |= Q(*((name, True) for name in names if name != left_out))
    return found if len(names) > 1 else Q()


def _counted(search: Search, changes: list[Wider]) -> list[Wider]:
    """The same with how many each finds, up to a hundred and one. One query, or none."""
    if not changes:
        return []
    columns = {
        f"found_{number}": Subquery(_count(search, change.filters), output_field=IntegerField())
        for number, change in enumerate(changes)
    }
    row = next(iter(_one_row(columns)), ())
    return [_with(change, count or 0) for change, count in zip(changes, row, strict=False)]


def _count(search: Search, filters: Filters) -> "QuerySet[Listing, Any]":
    visible = matching(Listing.objects.visible(search.on), filters, search.words, search.on)
    first = visible.order_by("lot").values("pk")[: MANY + 1]
    counted = Listing.objects.order_by().filter(pk__in=first).annotate(one=Value(1)).values("one")
    return counted.annotate(number=Count("pk")).values("number")


def _one_row(columns: Mapping[str, Any]) -> QuerySet[Area, tuple[int, ...]]:
    """Something to hang the counts on: an area that is always there."""
    return Area.objects.filter(pk="UK").order_by().annotate(**columns).values_list(*columns)


def _with(change: Wider, count: int) -> Wider:
    return replace(change, count=count)
