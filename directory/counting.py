"""Counts, every few minutes, how many visible members each choice of the search would find.

The page reads two rows of these and shows them rounded; whether a person shows is asked anew.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from django.db import transaction
from django.utils import timezone

from directory import vocabulary
from directory.matching import POSTCODE_AREA
from directory.models import Listing, Tally
from directory.nearby import Nearby
from directory.nearby import read as read_places
from directory.vocabulary import Vocabulary
from membership.models import ExpertiseAssignment

LASTS = dt.timedelta(minutes=10)
# Numbers may be some minutes old: a process asks for the same ones once a minute.
KEPT_FOR = dt.timedelta(minutes=1)
MOST_KEPT = 64
ANY = ""
STANDING, MEANT = "standing", "meant"


_kept: "dict[tuple[str, str], tuple[dt.datetime, Counts]]" = {}


@dataclass
class Works:
    """Where one visible member works: stated areas, base and miles."""

    stated: set[str] = field(default_factory=set)
    base: str | None = None
    miles: int = 0


@transaction.atomic
def recount(*, at: dt.datetime) -> int:
    """Count everything anew; how many visible members there are."""
    on, words, places = timezone.localdate(at), vocabulary.read(), read_places()
    works = _works(on)
    facets = _facets(works, words, on)
    members: dict[str, list[int]] = defaultdict(list)
    finder = _Finder(words, places)
    for listing, one in works.items():
        for area in finder.areas(one):
            members[area].append(listing)
    members[ANY] = list(works)
    counts = {area: _count(listings, facets) for area, listings in members.items()}
    Tally.objects.all().delete()
    meant = {MEANT: Listing.objects.opted_in(on).count()}
    rows = [*_rows(counts, at), Tally(key=STANDING, counts=meant, counted_at=at)]
    Tally.objects.bulk_create(rows)
    forget()
    return len(works)


def forget() -> None:
    """Read the numbers anew next time: they were counted in this very process."""
    _kept.clear()


def _works(on: dt.date) -> dict[int, Works]:
    visible = Listing.objects.visible(on)
    rows = visible.order_by().values_list("pk", "base_id", "radius_miles")
    works = {pk: Works(base=base, miles=miles or 0) for pk, base, miles in rows}
    stated = Listing.areas.through.objects.values_list("listing_id", "area_id")
    for listing, area in stated.iterator():
        if listing in works:
            works[listing].stated.add(area)
    return works


def _facets(
    works: Mapping[int, Works], words: Vocabulary, on: dt.date
) -> dict[int, frozenset[str]]:
    """The areas of expertise of each listing, and the groups of clients that these serve."""
    groups: dict[str, set[str]] = defaultdict(set)
    for group, _label in words.groups:
        for code in words.serving(group):
            groups[code].add(f"group-{group}")
    found: dict[int, set[str]] = defaultdict(set)
    assigned = ExpertiseAssignment.objects.current(on).filter(person__listing__isnull=False)
    for listing, code in assigned.values_list("person__listing", "area_id").iterator():
        if listing in works:
            found[listing] |= {code} | groups[code]
    return {listing: frozenset(facets) for listing, facets in found.items()}


class _Finder:
    """The areas that find somebody: what one search by area or postcode area would do."""

    def __init__(self, words: Vocabulary, places: Nearby) -> None:
        self._tree, self._places = words.tree, places
        self._whole = Nearby({each.code: each for each in places.postcode_areas})
        self._of_stated: dict[str, frozenset[str]] = {}
        self._of_base: dict[tuple[str, int], frozenset[str]] = {}
        self._around = {
            each.code: self._tree.covering(each.area_codes) for each in places.postcode_areas
        }

    def areas(self, one: Works) -> frozenset[str]:
        found = [self._by_stating(area) for area in one.stated]
        if one.base is not None:
            found.append(self._by_base(one.base, one.miles))
        return frozenset().union(*found)

    def _by_stating(self, area: str) -> frozenset[str]:
        if area not in self._of_stated:
            shares = {each for each in self._tree.touching(area) if not _is_postcode(each)}
            around = {
                f"{POSTCODE_AREA}{code}" for code, areas in self._around.items() if area in areas
            }
            self._of_stated[area] = frozenset(shares | around)
        return self._of_stated[area]

    def _by_base(self, base: str, miles: int) -> frozenset[str]:
        if (base, miles) not in self._of_base:
            place = self._places.places[base]
            reached = self._whole.around(place.centre, miles=miles)
            areas = {f"{POSTCODE_AREA}{each}" for each in reached}
            self._of_base[base, miles] = frozenset(areas | self._tree.covering(place.region_codes))
        return self._of_base[base, miles]


def _is_postcode(area: str) -> bool:
    return area.startswith(POSTCODE_AREA)


def _count(listings: Iterable[int], facets: Mapping[int, frozenset[str]]) -> Counter[str]:
    numbers = list(listings)
    counted = Counter(chain.from_iterable(facets.get(each, ()) for each in numbers))
    counted[ANY] = len(numbers)
    return counted


def _rows(counts: Mapping[str, Counter[str]], at: dt.datetime) -> Iterable[Tally]:
    by_facet: dict[str, dict[str, int]] = defaultdict(dict)
    for area, counted in counts.items():
        yield Tally(key=f"area {area}", counts=dict(counted), counted_at=at)
        for facet, number in counted.items():
            by_facet[facet][area] = number
    for facet, areas in by_facet.items():
        yield Tally(key=f"facet {facet}", counts=areas, counted_at=at)


@dataclass(frozen=True, eq=False)
class Counts:
    """What was counted lately beside one search; empty where nothing was.

    `share` is the part in good standing of those who mean to be found.
    """

    by_area: Mapping[str, int] = field(default_factory=dict)
    by_facet: Mapping[str, int] = field(default_factory=dict)
    everywhere: Mapping[str, int] = field(default_factory=dict)
    share: float = 0
    counted_at: dt.datetime | None = None

    @property
    def is_known(self) -> bool:
        return self.counted_at is not None

    def is_fresh(self, at: dt.datetime) -> bool:
        return self.counted_at is not None and at - LASTS <= self.counted_at


UNKNOWN = Counts()


def counts(*, area: str, facet: str | None, at: dt.datetime) -> Counts:
    """The numbers beside each choice, at most ten minutes old. One query, or none for a minute."""
    wanted = (area, facet or ANY)
    read_at, kept = _kept.get(wanted, (at, UNKNOWN))
    if dt.timedelta() <= at - read_at < KEPT_FOR and kept.is_fresh(at):
        return kept
    found = _read(*wanted, at)
    if found.is_known:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[wanted] = at, found
    return found


def _read(area: str, facet: str, at: dt.datetime) -> Counts:
    keys = {f"area {area}", f"area {ANY}", f"facet {facet}", STANDING}
    fresh = Tally.objects.filter(key__in=keys, counted_at__gte=at - LASTS)
    rows = list(fresh.values_list("key", "counts", "counted_at"))
    found = {key: numbers for key, numbers, _at in rows}
    if f"area {ANY}" not in found:
        return UNKNOWN
    return Counts(
        by_area=found.get(f"facet {facet}", {}),
        by_facet=found.get(f"area {area}", {}),
        everywhere=found[f"area {ANY}"],
        share=found[f"area {ANY}"][ANY] / max(found[STANDING][MEANT], 1),
        counted_at=min(counted_at for _key, _numbers, counted_at in rows),
    )
