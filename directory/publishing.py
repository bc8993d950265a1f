"""Changes a listing: what it says, and whether it is shown. Nothing else writes one."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify

from directory.draws import draw_one
from directory.models import Area, Listing, Outcode
from directory.standing import why_not
from foundation import history
from membership.models import Person, User

LONGEST_STEM = 120
SHOWING = ("opted_in_at", "confirmed_at", "paused_at", "pause_ends_on")
FIELD_WORDS = {
    "shows_town": "the nearest large town",
    "shows_registration": "regulator and day of our check",
    "shows_photo": "photo",
    "in_search_engines": "found by search engines",
}
CONSENTED = "changed what the directory shows"
OPTED_IN, OPTED_OUT = "opted in to the directory", "opted out of the directory"
OPT_IN_WORDS = (
    "I agree that purchasers find me in the public directory and write to me through this site"
)
"""What a member agrees to by joining the directory, kept with the day."""
# These words stand in addresses of their own.
NOT_FOR_MEMBERS = frozenset({"shortlist", "ask", "enquiry", "sitemap"})


@dataclass(frozen=True)
class Consents:
    """What of it a member agrees to show, field by field."""

    shows_town: bool = True
    shows_registration: bool = True
    shows_photo: bool = True
    in_search_engines: bool = True


@dataclass(frozen=True)
class Shown:
    """What a member wants the public to read."""

    public_name: str
    about: str = ""
    taking_cases: bool = True
    taking_again_on: dt.date | None = None
    area_codes: tuple[str, ...] = ()
    base: Outcode | None = None
    radius_miles: int | None = None
    consents: Consents = Consents()


class ListingRefused(ValueError):
    """The listing cannot be shown; the text says why and what to do."""


@transaction.atomic
def save_listing(*, person_id: int, shown: Shown, by: User, at: dt.datetime) -> Listing:
    """Keep what a member wants to show, which confirms it. Whether it is shown does not change."""
    person = Person.objects.select_for_update().get(pk=person_id)
    known = Listing.objects.filter(person=person).first()
    listing = known or Listing(person=person)
    is_renamed = listing.public_name != shown.public_name
    listing.public_name = shown.public_name
    listing.about = shown.about
    listing.taking_cases = shown.taking_cases
    listing.taking_again_on = None if shown.taking_cases else shown.taking_again_on
    listing.base, listing.radius_miles = shown.base, shown.radius_miles
    listing.edited_at = listing.confirmed_at = at
    consented = _take_consents(listing, shown.consents, is_new=known is None)
    if is_renamed:
        _save_under_a_free_address(listing)
    else:
        listing.save()
    if not listing.lot:
        draw_one(listing, on=timezone.localdate(at))
    listing.areas.set(Area.objects.filter(code__in=shown.area_codes))
    history.record(person.history_key, "changed the directory listing", at=at, by=by)
    if consented:
        history.record(person.history_key, CONSENTED, at=at, by=by, text=consented)
    return listing


def consents_given(person: Person) -> list[tuple[dt.datetime, str]]:
    """When a person changed what is shown, and how, newest first. One query."""
    lines = history.of(person.history_key).filter(verb=CONSENTED)
    return list(lines.values_list("at", "text"))


def _take_consents(listing: Listing, consents: Consents, *, is_new: bool) -> str:
    """Set them, and say in words what changed; everything where the listing is new."""
    changed = []
    for name, agreed in asdict(consents).items():
        if is_new or getattr(listing, name) != agreed:
            words = FIELD_WORDS[name]
            changed.append(f"{words}: {'yes' if agreed else 'no'}")
        setattr(listing, name, agreed)
    return "; ".join(changed)


@transaction.atomic
def opt_in(*, person_id: int, by: User, at: dt.datetime, on: dt.date) -> Listing:
    """Show the listing from now on. Raises ListingRefused; twice changes nothing."""
    person = Person.objects.select_for_update().get(pk=person_id)
    refusal = why_not(person, on)
    if refusal:
        raise ListingRefused(refusal)
    listing = Listing.objects.filter(person=person).first()
    if listing is None:
        raise ListingRefused("Write your listing first: the name to show and where you work.")
    if not listing.is_opted_in:
        listing.opted_in_at = listing.confirmed_at = at
        listing.paused_at = listing.pause_ends_on = None
        listing.save(update_fields=SHOWING)
        history.record(person.history_key, OPTED_IN, at=at, by=by, text=OPT_IN_WORDS)
    return listing


@transaction.atomic
def withdraw(*, person_id: int, name: str, by: User, at: dt.datetime) -> None:
    """Show one thing no more, at once; twice changes nothing."""
    person = Person.objects.select_for_update().get(pk=person_id)
    shown = Listing.objects.filter(person=person, **{name: True})
    if name in FIELD_WORDS and shown.update(**{name: False}):
        words = f"{FIELD_WORDS[name]}: no"
        history.record(person.history_key, CONSENTED, at=at, by=by, text=words)


@transaction.atomic
def opt_out(*, person_id: int, by: User, at: dt.datetime) -> None:
    """Stop showing the listing at once. Needs no standing; twice changes nothing."""
    person = Person.objects.select_for_update().get(pk=person_id)
    listing = Listing.objects.filter(person=person, opted_in_at__isnull=False).first()
    if listing is None:
        return
    listing.opted_in_at = None
    listing.save(update_fields=["opted_in_at"])
    history.record(person.history_key, OPTED_OUT, at=at, by=by)


def _save_under_a_free_address(listing: Listing) -> None:
    """Save with a slug made of the public name alone, numbered where somebody has it already."""
    others = Listing.objects.exclude(person=listing.person_id)
    for slug in _addresses(listing.public_name):
        if others.filter(slug=slug).exists():
            continue
        listing.slug = slug
        try:
            with transaction.atomic():
                listing.save()
        except IntegrityError:
            if others.filter(slug=slug).exists():
                continue  # somebody of the same name took it at this very moment
            raise
        return


def _addresses(public_name: str) -> Iterator[str]:
    stem = slugify(public_name)[:LONGEST_STEM] or "case-manager"
    if stem not in NOT_FOR_MEMBERS:
        yield stem
    for number in count(2):
        yield f"{stem}-{number}"
