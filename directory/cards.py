"""What the public sees of a member: a card that has no room for anything else."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db.models import CharField, DateField, Value
from django.db.models.functions import Cast

from directory.distance import about
from directory.models import Listing, Outcode
from directory.nearby import nearby
from directory.vocabulary import Vocabulary, vocabulary
from foundation.prepared import Prepared, as_day, as_moment, blanks, enough_blanks, prepare
from membership.models import ExpertiseAssignment
from membership.registers import BODIES

TEXT = CharField(max_length=60)
DAYS_SAID = 60
"""From here on an age is said in months: nobody reckons in 156 days."""


@dataclass(frozen=True)
class Checked:
    """A regulator, and the day on which the office looked at its register."""

    body: str
    on: dt.date | None


@dataclass(frozen=True)
class Card:
    """Everything that is shown of a listing; nothing that its member has switched off."""

    slug: str
    name: str
    about: str
    takes_cases: bool
    again_on: dt.date | None
    town: str
    travels_miles: int | None
    areas: tuple[str, ...]
    expertise: tuple[str, ...]
    registrations: tuple[Checked, ...]
    confirmed_days: int
    has_photo: bool = False
    in_search_engines: bool = True
    distance: str = ""

    @property
    def confirmed(self) -> str:
        days = self.confirmed_days
        if days < DAYS_SAID:
            return "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"
        return f"{days // 30} months ago"


class Row(NamedTuple):
    """What the row of a listing holds for its card; days and moments as the database writes them.

    Read as plain columns, which cost a fraction of a model's instance.
    """

    pk: int
    slug: str
    public_name: str
    about: str
    taking_cases: bool
    taking_again_on: dt.date | str | None
    base_id: str | None
    radius_miles: int | None
    shows_town: bool
    shows_registration: bool
    shows_photo: bool
    in_search_engines: bool
    edited_at: dt.datetime | str
    confirmed_at: dt.datetime | str | None
    has_photo: bool

    @property
    def taking_again(self) -> dt.date | None:
        return as_day(self.taking_again_on)

    def takes_cases(self, on: dt.date) -> bool:
        again = self.taking_again
        return bool(self.taking_cases) or bool(again and again <= on)

    def confirmed_days(self, on: dt.date) -> int:
        return (on - as_moment(self.confirmed_at or self.edited_at).date()).days


@dataclass(frozen=True)
class _Said:
    """What is told of one listing by other tables."""

    areas: tuple[str, ...]
    expertise: tuple[str, ...]
    registrations: tuple[Checked, ...]


def cards(
    listing_ids: Iterable[int],
    *,
    on: dt.date,
    place: Outcode | None = None,
    rows: Mapping[int, Row] | None = None,
) -> list[Card]:
    """Return the cards of these listings in this order, with miles from a place.

    One query where the rows are known, else two.
    """
    wanted = list(listing_ids)
    listings = rows or _rows(wanted)
    said = _said(wanted, on)
    return [_card(listings[pk], said[pk], on, place) for pk in wanted if pk in listings]


def card(listing: Listing, *, on: dt.date) -> Card:
    """Return the card of one listing, whether or not it is visible: also the member's preview."""
    return cards([listing.pk], on=on)[0]


def _rows(listing_ids: list[int]) -> Mapping[int, Row]:
    found = _ask_rows(enough_blanks(listing_ids)).rows(listing_ids)
    return {row.pk: row for row in map(Row._make, found)}


@lru_cache(maxsize=8)
def _ask_rows(size: int) -> Prepared:
    listings = Listing.objects.filter(pk__in=blanks(size)).for_cards()
    return prepare(listings.order_by().values_list(*Row._fields))


def _said(listing_ids: list[int], on: dt.date) -> Mapping[int, _Said]:
    """Stated areas and current areas of expertise, in one query."""
    words = vocabulary()
    gathered: dict[int, list[tuple[str, str | None, dt.date | None]]] = defaultdict(list)
    for listing, code, body, checked_on in _ask_said(on, enough_blanks(listing_ids)).rows(
        listing_ids
    ):
        gathered[listing].append((code, body, as_day(checked_on)))
    return {pk: _sorted(gathered[pk], words) for pk in listing_ids}


@lru_cache(maxsize=8)
def _ask_said(on: dt.date, size: int) -> Prepared:
    areas = Listing.areas.through.objects.filter(listing__in=blanks(size)).values_list(
        "listing_id",
        Cast("area_id", TEXT),
        Value("", output_field=TEXT),
        Value(None, output_field=DateField()),
    )
    assigned = (
        ExpertiseAssignment.objects.current(on)
        .filter(person__listing__in=blanks(size))
        .values_list(
            "person__listing",
            Cast("area_id", TEXT),
            Cast("registration__body", TEXT),
            "registration__checked_on",
        )
    )
    return prepare(areas.union(assigned, all=True))


def _sorted(rows: list[tuple[str, str | None, dt.date | None]], words: Vocabulary) -> _Said:
    stated: set[str] = set()
    expertise: set[str] = set()
    checked: set[Checked] = set()
    for code, body, on in rows:
        (stated if words.knows_area(code) else expertise).add(words.label(code))
        if body:
            checked.add(Checked(_regulator(body), on))
    return _Said(
        areas=tuple(sorted(stated)),
        expertise=tuple(sorted(expertise)),
        registrations=tuple(sorted(checked, key=lambda one: (one.body, one.on or dt.date.min))),
    )


def _card(listing: Row, said: _Said, on: dt.date, place: Outcode | None) -> Card:
    base = nearby().places.get(listing.base_id or "")
    return Card(
        slug=listing.slug,
        name=listing.public_name,
        about=listing.about,
        takes_cases=listing.takes_cases(on),
        again_on=listing.taking_again,
        town=_town(base) if base and listing.shows_town else "",
        travels_miles=listing.radius_miles,
        areas=said.areas,
        expertise=said.expertise,
        registrations=said.registrations if listing.shows_registration else (),
        confirmed_days=listing.confirmed_days(on),
        has_photo=bool(listing.shows_photo and listing.has_photo),
        in_search_engines=bool(listing.in_search_engines),
        distance=about(place.centre, base.centre) if place and base else "",
    )


def _town(base: Outcode) -> str:
    return nearby().places[base.postcode_area_id].name if base.postcode_area_id else base.name


def _regulator(code: str) -> str:
    body = BODIES.get(code)
    return body.name if body else code
