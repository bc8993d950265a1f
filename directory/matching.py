"""The conditions of a search as queries: areas, expertise, who reaches a place."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from directory.distance import Box, box_around
from directory.filters import Filters
from directory.models import LONGEST_RADIUS_MILES, Listing, ListingQuerySet, Outcode
from directory.vocabulary import Vocabulary
from membership.models import ExpertiseAssignment

POSTCODE_AREA = "pc-"


def matching(
    listings: ListingQuerySet, filters: Filters, words: Vocabulary, on: dt.date
) -> ListingQuerySet:
    """Narrow listings down by area, expertise and group of clients; a place is not looked at."""
    for condition in conditions(filters, words, on):
        listings = listings.filter(condition)
    return listings


def conditions(filters: Filters, words: Vocabulary, on: dt.date) -> list[Q]:
    """One condition for each of the area, the areas of expertise and the group of clients."""
    found = [works_in(filters.area, words)] if filters.area else []
    found += [_assigned((code,), on) for code in filters.expertise]
    if filters.group:
        found.append(_assigned(words.serving(filters.group), on))
    return found


def works_in(area: str, words: Vocabulary) -> Q:
    """A stated area that shares ground with this one, or a base inside it."""
    return states(words.tree.touching(area)) | base_inside(area, words)


def states(areas: frozenset[str]) -> Q:
    stated = Listing.areas.through.objects.filter(listing=OuterRef("pk"), area__in=areas)
    return Q(Exists(stated))


def base_inside(area: str, words: Vocabulary) -> Q:
    """A base in the area; a base in a border district lies on both sides."""
    regions = sorted(code for code in words.tree.within(area) if code in region_codes(words))
    inside = Q(base__region__in=regions)
    for region in regions:
        inside |= Q(base__also_in__contains=region)
    return inside


def region_codes(words: Vocabulary) -> frozenset[str]:
    """The nations and regions, in which districts are placed."""
    return frozenset(code for code, _label in words.wide_areas)


def covers(place: Outcode, words: Vocabulary) -> Q:
    """A stated area that the place lies in."""
    return states(words.tree.covering(place.area_codes))


def base_near(place: Outcode, *, miles: float) -> Q:
    return _base_in(box_around(place.centre, miles=min(miles, LONGEST_RADIUS_MILES)))


def _base_in(box: Box) -> Q:
    return Q(
        base__latitude__range=(box.south, box.north), base__longitude__range=(box.west, box.east)
    )


def _assigned(codes: tuple[str, ...], on: dt.date) -> Q:
    assigned = ExpertiseAssignment.objects.current(on).filter(person=OuterRef("person"))
    return Q(Exists(assigned.filter(area__in=codes)))
