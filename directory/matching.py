"""The conditions of a search as queries: areas, expertise, who reaches a place."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from directory.filters import Filters
from directory.models import Listing, ListingQuerySet, Outcode
from directory.nearby import based_in, nearby
from directory.vocabulary import Vocabulary
from membership.models import ExpertiseAssignment

POSTCODE_AREA = "pc-"


def matching(
    listings: ListingQuerySet, filters: Filters, words: Vocabulary, on: dt.date
) -> ListingQuerySet:
    """Narrow listings down by area, expertise and group of clients; a place is not looked at."""
    if filters.area:
        listings = listings.filter(works_in(filters.area, words))
    return narrowed(listings, asked(filters, words), on)


def narrowed(
    listings: ListingQuerySet, wanted: Iterable[tuple[str, ...]], on: dt.date
) -> ListingQuerySet:
    """Those who are assigned one of each of these on the day, by a registration that holds."""
    return listings.filter(is_assigned(wanted, on))


def is_assigned(wanted: Iterable[tuple[str, ...]], on: dt.date) -> Q:
    """The condition of `narrowed`."""
    assigned = ExpertiseAssignment.objects.current(on).filter(person=OuterRef("person"))
    return Q(*(Exists(assigned.filter(area__in=codes)) for codes in wanted))


def meant(filters: Filters, words: Vocabulary, on: dt.date) -> ListingQuerySet:
    """Those who mean to be found by these filters, whatever their standing or registration is.

    It asks little, and in a shape that indexes answer alone; never fewer than `matching`.
    """
    listings = Listing.objects.opted_in(on).order_by()
    if filters.area:
        listings = listings.filter(works_in(filters.area, words))
    wanted = asked(filters, words)
    return listings.filter(_holding(wanted)) if wanted else listings


def asked(filters: Filters, words: Vocabulary) -> list[tuple[str, ...]]:
    """Of each of these somebody must be assigned one: every area of expertise, and the group's.

    A group that one of the areas serves asks for nothing more.
    """
    found: list[tuple[str, ...]] = [(code,) for code in filters.expertise]
    serving = words.serving(filters.group) if filters.group else ()
    if serving and not set(serving).intersection(filters.expertise):
        found.append(serving)
    return found


def _holding(wanted: list[tuple[str, ...]]) -> Q:
    """One inside the other, so that what two lists share is found before any listing is read."""
    inner = None
    for codes in reversed(wanted):
        held = ExpertiseAssignment.objects.held().filter(area__in=codes)
        inner = (held if inner is None else held.filter(person__in=inner)).values("person")
    return Q(person__in=inner)


def works_in(area: str, words: Vocabulary) -> Q:
    """A stated area that shares ground with this one, or a base inside it."""
    return states(words.tree.touching(area)) | base_inside(area, words)


def states(areas: frozenset[str]) -> Q:
    stated = Listing.areas.through.objects.filter(listing=OuterRef("pk"), area__in=sorted(areas))
    return Q(Exists(stated))


def base_inside(area: str, words: Vocabulary) -> Q:
    """A base in the area; a base in a border district lies on both sides."""
    regions = words.tree.within(area) & region_codes(words)
    return based_in(nearby().in_regions(regions))


def region_codes(words: Vocabulary) -> frozenset[str]:
    """The nations and regions, in which districts are placed."""
    return frozenset(code for code, _label in words.wide_areas)


def covers(place: Outcode, words: Vocabulary) -> Q:
    """A stated area that the place lies in."""
    return states(words.tree.covering(place.area_codes))
