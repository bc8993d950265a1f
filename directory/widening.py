"""What to offer when nobody matches: which filter leaves nobody, and the changes that find some."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import CharField, IntegerField, Value
from django.db.models.functions import Cast

from directory.filters import Filters
from directory.matching import asked
from directory.models import Listing
from directory.order import BAND_LIMITS_MILES
from directory.rings import miles_to
from directory.rounding import rounded
from directory.search import Search, firsts
from foundation.prepared import Prepared, blanks, enough_blanks, prepare
from membership.models import ExpertiseAssignment

DISTANCE = "the distance"
VISIBLE = ""
TEXT = CharField(max_length=60)
MOST = 20
"""So many are enough of a search that nobody asked for."""
KEPT = 64


@dataclass(frozen=True)
class Wider:
    """A change of one filter, in words, and how many people it finds."""

    changed: str
    words: str
    count: int
    filters: Filters

    @property
    def people(self) -> str:
        number = f"{MOST}+" if self.count > MOST else rounded(self.count)
        return f"{number} case manager{'' if self.count == 1 else 's'}"


@dataclass(frozen=True)
class _Hit:
    """One candidate of one change: the listing, its base and the miles to that."""

    number: int
    listing: int
    away: float | None


def widen(search: Search) -> list[Wider]:
    """Return the changes that find somebody. At most two queries."""
    changes = _changes(search)
    hits = _shown(search, changes, _hits(search, changes))
    found: list[Wider] = []
    for number, change in enumerate(changes):
        own = [hit for hit in hits if hit.number == number]
        if change.changed == DISTANCE:
            found += _further(search.filters, own)
        else:
            found.append(replace(change, count=len(own)))
    return [change for change in found if change.count]


def blame(filters: Filters, changes: list[Wider]) -> str:
    """Say which filter leaves nobody, as far as changing one alone can show it."""
    changed = {change.changed for change in changes}
    if DISTANCE in changed:  # leaving out the place leaves out the distance with it
        changed.discard("the place")
    if not filters.is_any and not changed:
        return "Nobody matches, and changing one filter alone does not help."
    if len(changed) == 1:
        return f"Nobody matches because of {changed.pop()}."
    if changed:
        return "Nobody matches all of these filters together."
    return "Nobody is listed in the directory today."


def _changes(search: Search) -> list[Wider]:
    """What could be changed, one at a time, not yet counted: the place and its distance first."""
    filters, words = search.filters, search.words
    changes = []
    if filters.place is not None:
        if filters.miles is not None:
            anywhere = filters.but(miles=None)
            changes.append(Wider(DISTANCE, "at any distance", 0, anywhere))
        wide = filters.but(place=None, miles=None, area=filters.area or filters.place.region_id)
        changes.append(Wider("the place", f"in all of {words.label(wide.area)}", 0, wide))
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


def _further(filters: Filters, hits: list[_Hit]) -> Iterator[Wider]:
    """The next distance that finds somebody, and any distance where that finds more."""
    near = 0
    for step in (step for step in BAND_LIMITS_MILES if step > (filters.miles or 0)):
        near = sum(hit.away is not None and hit.away <= step for hit in hits)
        if near:
            yield Wider(DISTANCE, f"within {step} miles", near, filters.but(miles=step))
            break
    if len(hits) > near:
        yield Wider(DISTANCE, "at any distance", len(hits), filters.but(miles=None))


def _hits(search: Search, changes: list[Wider]) -> list[_Hit]:
    """The first of each change who mean to be found. One query, or none."""
    if not changes:
        return []
    place = search.filters.place
    rows = _ask(search, tuple(change.filters for change in changes)).rows()
    return [_Hit(n, pk, miles_to(base, place) if place else None) for n, pk, base in rows]


@lru_cache(maxsize=KEPT)
def _ask(search: Search, changed: tuple[Filters, ...]) -> Prepared:
    nearer = {search.filters.but(miles=None)}
    first, *others = (
        Listing.objects.filter(pk__in=part)
        .order_by()
        .annotate(number=Value(number, output_field=IntegerField()))
        .values_list("number", "pk", "base_id")
        for number, filters in enumerate(changed)
        for part in firsts(replace(search, filters=filters), MOST + 1, nearest=filters in nearer)
    )
    return prepare(first.union(*others, all=True))


def _shown(search: Search, changes: list[Wider], hits: list[_Hit]) -> list[_Hit]:
    """Those who are visible and assigned what their change asks. One query, or none."""
    if not hits:
        return []
    held: dict[int, set[str]] = {}
    numbers = sorted({hit.listing for hit in hits})
    for listing, code in _ask_held(search.on, enough_blanks(numbers)).rows(numbers):
        held.setdefault(listing, set()).add(code)
    wanted = [asked(change.filters, search.words) for change in changes]
    return [
        hit
        for hit in hits
        if VISIBLE in held.get(hit.listing, ())
        and all(held[hit.listing].intersection(codes) for codes in wanted[hit.number])
    ]


@lru_cache(maxsize=8)
def _ask_held(on: dt.date, size: int) -> Prepared:
    """Who of these is visible, and what each is assigned."""
    numbers = blanks(size)
    visible = Listing.objects.visible(on).filter(pk__in=numbers).order_by()
    assigned = ExpertiseAssignment.objects.current(on).filter(person__listing__in=numbers)
    marked = visible.values_list("pk", Value(VISIBLE, output_field=TEXT))
    return prepare(
        marked.union(assigned.values_list("person__listing", Cast("area_id", TEXT)), all=True)
    )
