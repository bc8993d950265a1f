"""Composes a person's own page out of what every room says of them."""

import datetime as dt
from dataclasses import dataclass

from directory.standing import ListingCard, listing_card
from foundation.look import Row, Status, Tone
from foundation.pence import pounds
from membership import standing
from membership.models import Application, FeeDue, Membership, Person
from membership.standing import Standing

State = Application.State
APPLY = "/apply/"


@dataclass(frozen=True)
class Profile:
    """What templates/website/profile.html shows, the status first."""

    status: Status
    about: tuple[Row, ...]
    listing: ListingCard
    application: Status | None = None


def of(person: Person, *, on: dt.date) -> Profile:
    """Everything that somebody's own page says on a day."""
    stands = standing.of(person, on)
    fee = FeeDue.objects.outstanding().filter(person=person).first()
    application = person.applications.order_by("-started_at", "-pk").first()
    asked = _application(application) if application else None
    status = _membership(stands, fee) or asked or NOBODY_YET
    return Profile(
        status=status,
        about=_about(person, stands),
        listing=listing_card(person, on),
        application=asked if asked is not status else None,
    )


NOBODY_YET = Status(
    "You are not a member yet.",
    Tone.PLAIN,
    "Read about the five types of membership, then apply. You pay once you are approved.",
    "/membership/",
    "Apply for Membership",
)


def _membership(stands: Standing, fee: FeeDue | None) -> Status | None:
    """The words for somebody who is or was a member; nothing for anybody else."""
    if stands.type is None or stands.until is None:
        return _joining(fee)
    what, until = stands.type.label, f"{stands.until:%-d %B %Y}"
    pay = f"Your fee of {pounds(fee.pence)} is due." if fee else ""
    lines = {
        "active": (f"{what} member until {until}.", Tone.GOOD, pay),
        "grace": (f"Your {what} membership ended on {until}.", Tone.ACT, pay or RENEW),
        "lapsed": (f"Your {what} membership lapsed; it ended on {until}.", Tone.STOP, pay or RENEW),
        "suspended": ("Your membership is suspended.", Tone.STOP, "Please write to the office."),
        "resigned": ("You have left the society.", Tone.PLAIN, "You can apply again at any time."),
    }
    words, tone, following = lines[stands.state]
    return Status(words, tone, following, *(PAY if fee else ("", "")))


RENEW = "Write to the office if you would like to renew."
PAY = ("#money-heading", "See how to pay")


def _joining(fee: FeeDue | None) -> Status | None:
    """Approved, and not a member before the fee has arrived."""
    if fee is None:
        return None
    return Status(
        "Your application is approved.",
        Tone.ACT,
        f"Pay the fee of {pounds(fee.pence)} to activate your membership.",
        *PAY,
    )


def _application(application: Application) -> Status | None:
    if application.state not in WORDS:
        return None
    words, tone, following, link_words = WORDS[State(application.state)]
    if application.state == State.MORE_INFORMATION:
        following = f"The office asks: {application.question}"
    return Status(words, tone, following, APPLY, link_words)


WORDS = {
    State.DRAFT: (
        "You have begun an application.",
        Tone.ACT,
        "It is saved. Go on where you stopped.",
        "Go on with your application",
    ),
    State.SUBMITTED: (
        "Your application is with the office.",
        Tone.WAIT,
        "There is nothing for you to do now. We write to you when there is news.",
        "See where it stands",
    ),
    State.MORE_INFORMATION: (
        "The office needs something from you.",
        Tone.ACT,
        "",
        "Answer the office",
    ),
    State.DECLINED: (
        "Your application was declined.",
        Tone.STOP,
        "The letter says why, and what you can do.",
        "Read the reason",
    ),
    State.EXPIRED: (
        "Your approval has run out, because the fee was not paid in time.",
        Tone.STOP,
        "You can apply again; your answers are still here.",
        "Apply again",
    ),
}


def _about(person: Person, stands: Standing) -> tuple[Row, ...]:
    membership = Membership.objects.filter(person=person).first()
    rows = [Row("Name", person.name), Row("E-mail and login", person.email, "/accounts/email/")]
    if membership is not None:
        rows.append(Row("Member number", membership.written_number))
        rows.append(Row("Member since", f"{membership.joined_on:%-d %B %Y}"))
    if stands.type is not None:
        rows.append(Row("Membership type", stands.type.label))
    return tuple(rows)
