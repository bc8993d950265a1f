"""Finds the listings that a purchaser asks for: by area, by expertise, by place."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q

from directory.distance import Box, Point, box_around, miles_between
from directory.models import LONGEST_RADIUS_MILES, Listing, ListingQuerySet, Outcode
from directory.order import Entry, fair_order
from directory.regions import Tree
from membership.models import ExpertiseAssignment


@dataclass(frozen=True)
class Filters:
    """What was asked. Empty means any; several areas of expertise are all wanted."""

    area: str = ""
    expertise: tuple[str, ...] = ()
    place: Outcode | None = None
    miles: int | None = None

    @property
    def is_any(self) -> bool:
        return self == type(self)()

    def without_expertise(self, code: str) -> Self:
        return replace(self, expertise=tuple(each for each in self.expertise if each != code))

    def as_query(self) -> str:
        """The address of these results: of a postcode it holds the district only."""
        expertise = dict(zip(("expertise", "also"), self.expertise, strict=False))
        place = self.place.code if self.place else ""
        asked = {"area": self.area, "postcode": place, "miles": self.miles, **expertise}
        return urlencode({name: value for name, value in asked.items() if value})


def find(filters: Filters, *, tree: Tree, on: dt.date) -> list[Entry]:
    """Return everybody who matches and is visible on the day, in the fair order. One query.

    With a place, a listing matches when the place lies within the member's own miles of their
    base, or in an area they work in; `miles` asks that the base is near as well.
    """
    listings = Listing.objects.visible(on).order_by()
    if filters.area:
        listings = listings.filter(_works_in(filters.area, tree))
    for code in filters.expertise:
        assigned = ExpertiseAssignment.objects.current(on).filter(area=code)
        listings = listings.filter(Exists(assigned.filter(person=OuterRef("person"))))
    if filters.place is None:
        entries = [Entry(pk) for pk in listings.values_list("pk", flat=True)]
    else:
        entries = _near(listings, filters.place, tree, filters.miles)
    return fair_order(entries, on=on)


def _works_in(area: str, tree: Tree) -> Q:
    """A stated area that shares ground with this one, or a base inside it."""
    return _states(tree.touching(area)) | Q(base__region__in=tree.within(area))


def _states(areas: frozenset[str]) -> Q:
    stated = Listing.areas.through.objects.filter(listing=OuterRef("pk"), area__in=areas)
    return Q(Exists(stated))


def _near(listings: ListingQuerySet, place: Outcode, tree: Tree, miles: int | None) -> list[Entry]:
    states = _states(tree.covering(place.region_codes))
    reach = box_around(place.centre, miles=LONGEST_RADIUS_MILES)
    rows = (
        listings.annotate(states=states)
        .filter(Q(states=True) | _base_in(reach))
        .values_list("pk", "states", "base__latitude", "base__longitude", "radius_miles")
    )
    if miles is not None:
        rows = rows.filter(_base_in(box_around(place.centre, miles=miles)))
    found = []
    for pk, stated, latitude, longitude, travels in rows:
        away = None
        if latitude is not None:
            away = miles_between(place.centre, Point(latitude, longitude))
        if _matches(away, travels=travels, stated=stated, miles=miles):
            found.append(Entry(pk, away))
    return found


def _base_in(box: Box) -> Q:
    return Q(
        base__latitude__range=(box.south, box.north), base__longitude__range=(box.west, box.east)
    )


def _matches(away: float | None, *, travels: int | None, stated: bool, miles: int | None) -> bool:
    in_reach = away is not None and travels is not None and away <= travels
    near_enough = miles is None or (away is not None and away <= miles)
    return (stated or in_reach) and near_enough
