"""Who may be listed, why not, and what their own profile says of it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from directory.models import Listing
from foundation.look import Status, Tone
from foundation.prepared import A_NUMBER, Rows
from membership import standing
from membership.models import Person
from membership.standing import Standing
from membership.types import MembershipType

NOT_YET = "The directory opens to you when your Case Manager membership is active."
OTHER_TYPE = "The directory lists Case Manager members only. Your membership type is {label}."
LISTINGS = Rows(A_NUMBER, lambda person: Listing.objects.filter(person=person))
REASONS = {
    "none": NOT_YET,
    "active": OTHER_TYPE,
    "grace": "Your membership has ended, so you are not shown. Renew it to be listed again.",
    "lapsed": "Your membership has ended, so you are not shown. Renew it to be listed again.",
    "suspended": "Your membership is suspended, so you are not shown in the directory.",
    "deceased": "This membership has ended.",
    "resigned": "You have given up your membership, so you are not shown in the directory.",
}


@dataclass(frozen=True)
class ListingCard:
    """What the profile says of somebody's listing; for directory/_listing_card.html."""

    status: Status
    public_url: str = ""


def why_not(person: Person, on: dt.date, stands: Standing | None = None) -> str:
    """Return the sentence that says why this person cannot be listed on the day, or nothing.

    Whoever knows how the person stands hands it in.
    """
    stands = stands or standing.of(person, on)
    if stands.is_active and stands.type is MembershipType.CASE_MANAGER:
        return ""
    return REASONS[stands.state].format(label=stands.type.label if stands.type else "")


def listing_card(person: Person, on: dt.date, stands: Standing | None = None) -> ListingCard:
    """Return what the profile shows: listed, able to be, or why not."""
    refusal = why_not(person, on, stands)
    edit = reverse("directory:listing_edit")
    if refusal:
        return ListingCard(Status(refusal, tone=Tone.PLAIN))
    listing = next(iter(LISTINGS(person.pk)), None)
    if listing is None or not listing.is_opted_in:
        offer = Status(
            "You are not in the directory.",
            next_words="Purchasers can find you by area and expertise if you wish.",
            url=edit,
            link_words="Prepare your directory listing",
        )
        return ListingCard(offer)
    shown = Status(
        "You are in the directory.",
        tone=Tone.GOOD,
        url=edit,
        link_words="Change or remove your listing",
    )
    return ListingCard(shown, reverse("directory:listing", args=[listing.slug]))
