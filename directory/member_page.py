"""What a member reads beside their listing: how it looks, who saw it, what they agreed to."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum

from directory.cards import Card, card
from directory.forms_listing import PauseForm, PhotoForm
from directory.models import Enquiry, Listing, Photo, Seen
from directory.publishing import OPT_IN_WORDS, consents_given
from foundation.dates import add_months
from membership.models import Person

MONTHS = 12


@dataclass(frozen=True)
class Figures:
    """How often a listing was seen and its member asked, in the last twelve months."""

    seen: int
    asked: int
    answered: int


@dataclass(frozen=True)
class MemberPage:
    """What templates/directory/listing_edit.html shows beside the form."""

    card: Card | None
    figures: Figures | None
    consents: list[tuple[dt.datetime, str]]
    is_paused: bool
    pause_form: PauseForm
    photo_form: PhotoForm
    has_photo: bool
    opt_in_words: str = OPT_IN_WORDS


def member_page(person: Person, listing: Listing | None, *, on: dt.date) -> MemberPage:
    """Everything but the form itself; without a listing there is little to say."""
    return MemberPage(
        card=card(listing, on=on) if listing else None,
        figures=figures(listing, on=on) if listing else None,
        consents=consents_given(person) if listing else [],
        is_paused=listing is not None and listing.is_paused(on),
        pause_form=PauseForm(),
        photo_form=PhotoForm(),
        has_photo=listing is not None and Photo.objects.filter(listing=listing).exists(),
    )


def figures(listing: Listing, *, on: dt.date) -> Figures:
    """Counted by months: this one and the eleven before. Two queries."""
    since = add_months(on.replace(day=1), 1 - MONTHS)
    seen = Seen.objects.filter(listing=listing, month__gte=since).aggregate(all=Sum("times"))
    asked = list(
        Enquiry.objects.filter(listing=listing, sent_at__date__gte=since)
        .order_by()
        .values_list("answered_at", flat=True)
    )
    return Figures(seen["all"] or 0, len(asked), sum(each is not None for each in asked))
