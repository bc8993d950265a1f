"""The membership card: an address that tells anybody how a membership stands, and nothing private.

Whoever has the address may ask; its token cannot be guessed. The member can have a new one, and
from then on the old one leads nowhere.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from foundation import history, links
from foundation.look import Tone
from membership import standing
from membership.models import Card, Membership, Person, Registration, User
from membership.models.life import new_token


class NoCard(LookupError):
    """The person was never a member."""

    def __init__(self) -> None:
        super().__init__("You get a membership card when your membership starts.")


@dataclass(frozen=True)
class Said:
    """A standing as the public reads it; `words` is a whole sentence about somebody."""

    code: str
    label: str
    words: str
    tone: Tone

    @property
    def is_member(self) -> bool:
        return self.code in ("active", "grace")


ACTIVE = Said("active", "Active member", "is an active member", Tone.GOOD)
GRACE = Said(
    "grace",
    "In grace",
    "is in the days of grace: the membership has ended, and its renewal is awaited",
    Tone.WAIT,
)
FORMER = Said("former", "Former member", "was a member and is not one now", Tone.STOP)
NOT_ACTIVE = Said("not_active", "Not active", "has a membership that is not active", Tone.STOP)

# Why a membership is not active, or has ended, is nobody else's business.
PUBLIC = {
    "none": NOT_ACTIVE,
    "active": ACTIVE,
    "grace": GRACE,
    "lapsed": FORMER,
    "suspended": NOT_ACTIVE,
    "resigned": FORMER,
    "deceased": FORMER,
}


@dataclass(frozen=True)
class Shown:
    """Everything that a card tells anybody on a day."""

    said: Said
    name: str
    number: str
    type: str
    since: dt.date
    registration_checked_on: dt.date | None


@transaction.atomic
def card_of(person: Person, *, at: dt.datetime) -> Card:
    """The person's card, made where there is none yet. Raises NoCard for who was never a member."""
    membership = Membership.objects.select_for_update().filter(person=person).first()
    if membership is None:
        raise NoCard
    card, _made = Card.objects.get_or_create(membership=membership, defaults={"issued_at": at})
    return card


@transaction.atomic
def renew_address(person: Person, *, by: User, at: dt.datetime) -> Card:
    """Give the card a new address; the old one leads nowhere from now on. Raises NoCard."""
    card = card_of(person, at=at)
    card.token, card.issued_at = new_token(), at
    card.save()
    history.record(person.history_key, "gave the membership card a new address", at=at, by=by)
    return card


def find(token: str) -> Card | None:
    """The card of this address; of an account that was merged, the card of the other."""
    found = Card.objects.select_related("membership__person")
    card = found.filter(token=token).first()
    if card is None or card.membership.person.merged_into_id is None:
        return card
    return found.filter(membership__person=card.membership.person.merged_into_id).first()


def shown(card: Card, *, on: dt.date) -> Shown:
    """What the card tells on a day. The check of a register is told while both are good."""
    membership, person = card.membership, card.membership.person
    stands = standing.of(person, on)
    said = PUBLIC[stands.state]
    return Shown(
        said=said,
        name=person.name,
        number=membership.written_number,
        type=stands.type.label if stands.type else "",
        since=membership.joined_on,
        registration_checked_on=_checked_on(person, on) if said.is_member else None,
    )


def address_of(card: Card) -> str:
    """The whole address, for the QR code and for letters."""
    return links.absolute(reverse("membership:verify", args=[card.token]))


def badge_address_of(card: Card) -> str:
    return links.absolute(reverse("membership:verify_badge", args=[card.token]))


def as_json(shown: Shown, *, at: dt.datetime) -> dict[str, object]:
    """The same for other sites; the names of these keys stay as they are."""
    checked_on = shown.registration_checked_on
    return {
        "standing": shown.said.code,
        "is_member": shown.said.is_member,
        "name": shown.name,
        "member_number": shown.number,
        "membership_type": shown.type,
        "member_since": shown.since.isoformat(),
        "registration_checked_on": checked_on.isoformat() if checked_on else None,
        "asked_at": at.isoformat(timespec="seconds"),
    }


def _checked_on(person: Person, on: dt.date) -> dt.date | None:
    """When the office last found the registration current that is so on the day."""
    current = Registration.objects.current(on).filter(person=person)
    return current.order_by("-checked_on").values_list("checked_on", flat=True).first()
