"""What the public sees of a member: a card that has no room for anything else."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from directory.distance import about
from directory.models import Listing, Outcode
from membership.models import ExpertiseAssignment, Registration
from membership.registers import BODIES


@dataclass(frozen=True)
class Checked:
    """A regulator, and the day on which the office looked at its register."""

    body: str
    on: dt.date | None


@dataclass(frozen=True)
class Card:
    """Everything that is shown of a listing."""

    slug: str
    name: str
    about: str
    taking_cases: bool
    town: str
    travels_miles: int | None
    areas: tuple[str, ...]
    expertise: tuple[str, ...]
    registrations: tuple[Checked, ...]
    distance: str = ""


def cards(listing_ids: Iterable[int], *, on: dt.date, place: Outcode | None = None) -> list[Card]:
    """Return the cards of these listings in this order, with miles from a place. Three queries."""
    wanted = list(listing_ids)
    listings = {each.pk: each for each in _with_everything(on).filter(pk__in=wanted)}
    return [_card(listings[pk], place) for pk in wanted if pk in listings]


def card(listing: Listing, *, on: dt.date) -> Card:
    """Return the card of one listing, whether or not it is visible: also the member's preview."""
    return cards([listing.pk], on=on)[0]


def _with_everything(on: dt.date) -> QuerySet[Listing]:
    assigned = (
        ExpertiseAssignment.objects.current(on)
        .select_related("area", "registration")
        .order_by("area__is_clinical", "area__label")
    )
    return Listing.objects.select_related("person", "base__postcode_area").prefetch_related(
        "areas", Prefetch("person__assignments", queryset=assigned, to_attr="current_assignments")
    )


def _card(listing: Listing, place: Outcode | None) -> Card:
    assigned: list[ExpertiseAssignment] = listing.person.current_assignments  # type: ignore[attr-defined]
    base = listing.base
    return Card(
        slug=listing.slug,
        name=listing.public_name,
        about=listing.about,
        taking_cases=listing.taking_cases,
        town=(base.postcode_area or base).name if base else "",
        travels_miles=listing.radius_miles,
        areas=tuple(area.name for area in listing.areas.all()),
        expertise=tuple(each.area.label for each in assigned),
        registrations=_checked(each.registration for each in assigned if each.registration),
        distance=about(place.centre, base.centre) if place and base else "",
    )


def _checked(registrations: Iterable[Registration]) -> tuple[Checked, ...]:
    return tuple(
        sorted(
            {Checked(_regulator(each.body), each.checked_on) for each in registrations},
            key=lambda checked: (checked.body, checked.on or dt.date.min),
        )
    )


def _regulator(code: str) -> str:
    body = BODIES.get(code)
    return body.name if body else code
