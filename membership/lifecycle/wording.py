"""The letters of the decisions: what is previewed and what is sent come from the same words."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from foundation import letter_page
from foundation.links import absolute
from foundation.pence import pounds
from foundation.pence import price as as_price
from membership import post
from membership.lifecycle.periods import Price
from membership.models import Appeal, Application, AskedItem
from membership.types import MembershipType

SAID: Mapping[str, str] = {
    Application.State.APPROVED: "that your application was approved",
    Application.State.DECLINED: "that your application was declined",
    Application.State.MORE_INFORMATION: "to ask you for more",
    Application.State.OFFERED: "to offer you another membership type",
}
"""What the letter about a step said, for the one that takes it back."""


@dataclass(frozen=True)
class Wording:
    """Which letter, and what it is filled with beside the application and its person."""

    kind: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """The letter as its reader would get it; `digest` tells whether another one is the same."""

    to: str
    subject: str
    text: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.to}\n{self.subject}\n{self.text}".encode()).hexdigest()[:32]


def approved(price: Price) -> Wording:
    return Wording(
        "approved" if price.pence else "approved_free",
        {
            "amount": pounds(price.pence),
            "is_upgrade": price.is_upgrade,
            "renewal_amount": as_price(price.yearly_pence),
            "days": settings.APPROVAL_EXPIRES_DAYS,
            "profile_url": absolute("/profile/"),
        },
    )


def declined(reason: str) -> Wording:
    return Wording(
        "declined",
        {
            "reason": reason,
            "membership_url": absolute("/membership/"),
            "review_url": absolute("/apply/review/"),
            "days": settings.APPEAL_WITHIN_DAYS,
        },
    )


def asked(items: Mapping[str, str]) -> Wording:
    """`items` are what is asked for, by section."""
    titles = dict(AskedItem.Section.choices)
    return Wording(
        "more_information",
        {
            "items": [(titles[section], words) for section, words in items.items()],
            "apply_url": post.own_application_url(),
        },
    )


def offered(type: MembershipType, *, reason: str, price: Price, expires_on: dt.date) -> Wording:
    return Wording(
        "another_type_offered",
        {
            "offered": type.label,
            "reason": reason,
            "amount": pounds(price.pence),
            "is_free": not price.pence,
            "expires_on": expires_on,
            "offer_url": absolute("/apply/offer/"),
        },
    )


def undone(was: str) -> Wording:
    """`was` is the state that the mistaken letter spoke of."""
    return Wording("decision_undone", {"said": SAID[was]})


def reversed_for(was: str, reason: str) -> Wording:
    return Wording("decision_reversed", {"said": SAID[was], "reason": reason})


def reviewed(outcome: str, answer: str) -> Wording:
    overturned = outcome == Appeal.Outcome.OVERTURNED
    return Wording(
        "appeal_overturned" if overturned else "appeal_upheld",
        {"answer": answer.strip(), "apply_url": post.own_application_url()},
    )


def send(application: Application, wording: Wording, *, at: dt.datetime) -> None:
    """Queue the letter about a step that is taken now."""
    post.tell_of(application, wording.kind, at=at, **wording.context)


def preview(application: Application, wording: Wording) -> Preview:
    """The very letter that `send` would queue; nothing is stored."""
    person = application.person
    context = {"person": person, "application": application, **wording.context}
    subject, text, _html = letter_page.render(wording.kind, context)
    return Preview(person.email, subject, text)
