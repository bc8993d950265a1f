"""Composes a person's own page out of what every room says of them."""

import dataclasses
import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from benefits import owed
from benefits.models import Booking
from benefits.owed import Owed
from directory.standing import ListingCard, listing_card
from foundation.look import Row, Status, Task, Tone
from foundation.pence import pounds
from membership import dates, further_areas, lifecycle, own_areas, standing, tracking, upgrades
from membership.lifecycle import Renewal
from membership.models import Application, Person
from membership.on_file import OnFile
from membership.standing import Standing
from membership.upgrades import Upgrade
from payments import refund_effects
from payments.card_words import State as MoneyState
from payments.standing import FeeCard, fee_card
from records import kept
from website import used

State = Application.State
# Ended for good: the membership, or nothing at all, says how its person stands.
NOT_SHOWN = (State.ACTIVATED, State.WITHDRAWN)
# Nobody whose membership ended for good has areas that count, or wait.
OVER = ("deceased", "resigned")
BOOKINGS_SHOWN = 3
LINKS = {
    State.DRAFT: "Go on with your application",
    State.MORE_INFORMATION: "Answer the office",
    State.DECLINED: "Apply again",
    State.EXPIRED: "Apply again",
}
ACTIVATES = "Your membership starts when it has arrived."
RENEW_BELOW = "You can still renew: see below."
ASK_THE_OFFICE = "Please write to the office."
PAYING_KEEPS_DATES = (
    "You need not pay the fee below now, and we do not remind you of it. If you pay, your dates "
    "go on without a gap; the suspension does not end by it."
)
AGAIN = "You may apply again at any time."
GIVEN_BACK = "Your payment was given back, and your membership ended with it."
ASK_WHY = "If you did not expect this, write to the office."
WORKS_HERE = "You work for the office, and are not a member."
RENEW = "Write to the office if you would like to renew."


@dataclass(frozen=True)
class Profile:
    """What templates/website/profile.html shows, the status first."""

    status: Status
    about: tuple[Row, ...]
    money: FeeCard
    listing: ListingCard
    application: Status | None = None
    upgrade: Upgrade | None = None
    renewal: Renewal | None = None
    may_apply_afresh: bool = False
    has_card: bool = False
    dates: tuple[Task, ...] = ()
    areas: tuple[Task, ...] = ()
    may_ask_areas: bool = False
    used: tuple[str, ...] = ()
    owed: tuple[Owed, ...] = ()
    bookings: tuple[Booking, ...] = ()
    promise: str = ""

    @property
    def shows_money(self) -> bool:
        """Nobody who never had to pay needs to read that nothing is due."""
        money = self.money
        return bool(money.state != MoneyState.NOTHING_DUE or money.credit_pence or money.receipts)


def of(person: Person, *, at: dt.datetime) -> Profile:
    """Everything that somebody's own page says at a moment."""
    on, file = timezone.localdate(at), OnFile(person)
    stands = standing.read_off(file, on)
    upgrade = upgrades.offer(person, on, file)
    money = fee_card(person, at=at, file=file)
    renewal = lifecycle.renewal_of(person, on, file)
    booked = tuple(Booking.objects.of(person).still_open(at))
    member, asked = _member(file, stands, money, renewal), _application(file, money)
    return Profile(
        status=member or asked or _to_begin(money) or _nobody_yet(person),
        about=_about(file, stands),
        money=money,
        listing=listing_card(person, on, stands),
        application=asked if member else None,
        upgrade=upgrade,
        renewal=renewal,
        may_apply_afresh=stands.is_active and not asked,
        has_card=stands.type is not None,
        dates=dates.tasks_of(person, stands, on),
        areas=own_areas.of(person, on, file) if stands.state not in OVER else (),
        may_ask_areas=further_areas.may_have_areas(stands),
        used=used.lines(person, on) if renewal or money.is_renewal else (),
        owed=owed.of(booked, at=at),
        bookings=tuple(one for one in booked if one.event.ends_at >= at)[:BOOKINGS_SHOWN],
        promise=kept.promise(person, on=on),
    )


def _to_begin(money: FeeCard) -> Status | None:
    """Somebody who was brought in from an earlier list and has not paid: no application tells."""
    if not money.is_due:
        return None
    return Status("Your membership begins with your fee.", Tone.ACT, _due(money))


def _nobody_yet(person: Person) -> Status:
    if person.user is not None and person.user.is_staff:
        office = reverse("admin:index")
        return Status(WORKS_HERE, Tone.PLAIN, "", office, "Open the office")
    return Status(
        "You are not a member yet.",
        Tone.PLAIN,
        "Read about the five types of membership, then apply. You pay once you are approved.",
        reverse("membership:types"),
        "Apply for Membership",
    )


def _member(
    file: OnFile, stands: Standing, money: FeeCard, renewal: Renewal | None
) -> Status | None:
    """The words for somebody who is or was a member; nothing for anybody else."""
    membership = file.membership
    if stands.type is None or stands.until is None or membership is None:
        return None
    what, until = stands.type.label, f"{stands.until:%-d %B %Y}"
    due = _due(money)
    renew = due or (RENEW_BELOW if renewal else RENEW)
    words, tone, following = {
        "active": (f"Active until {until} as {what} member.", Tone.GOOD, due),
        "grace": (f"Your {what} membership ended on {until}.", Tone.ACT, renew),
        "lapsed": (f"Your {what} membership lapsed. It ended on {until}.", Tone.STOP, renew),
        "suspended": ("Your membership is suspended.", Tone.STOP, _suspended(money)),
        "deceased": ("This membership has ended.", Tone.PLAIN, ""),
        "resigned": ("You have left the society.", Tone.PLAIN, AGAIN),
    }[stands.state]
    if stands.state == "resigned" and refund_effects.has_ended(membership):
        words, following = GIVEN_BACK, f"{AGAIN} {ASK_WHY}"
    return Status(words, tone, following)


def _suspended(money: FeeCard) -> str:
    """Paying is never refused: it keeps the dates. That it changes nothing else is said."""
    if not money.is_due:
        return ASK_THE_OFFICE
    return f"{ASK_THE_OFFICE} {PAYING_KEEPS_DATES}"


def _due(money: FeeCard) -> str:
    """What is still to be paid, or that we are looking into a payment already."""
    if money.being_checked:
        return "We are confirming your payment."
    if not money.is_due:
        return ""
    if money.state == MoneyState.ON_ITS_WAY:
        return "We are waiting for your bank transfer."
    what = "The rest of your fee" if money.paid_pence > 0 else "Your fee"
    return f"{what} is due: {pounds(money.rest_pence)}."


def _application(file: OnFile, money: FeeCard) -> Status | None:
    """The newest application, with the one link that leads on from it."""
    newest = next(iter(file.applications), None)
    if newest is None or newest.state in NOT_SHOWN:
        return None
    status = tracking.status_of(newest)
    if newest.state == State.APPROVED and money.is_due:
        # What is due and the button to pay it stand right below: no link to this very page.
        tone = Tone.WAIT if money.tone == Tone.WAIT else status.tone
        following = f"{_due(money)} {ACTIVATES}"
        return dataclasses.replace(status, tone=tone, next_words=following, url="", link_words="")
    if status.url not in ("", reverse("website:profile")):
        # Something is asked of them that has a page of its own.
        return status
    link_words = LINKS.get(State(newest.state), "See where it stands")
    return dataclasses.replace(status, url=reverse("membership:apply"), link_words=link_words)


def _about(file: OnFile, stands: Standing) -> tuple[Row, ...]:
    person, membership = file.person, file.membership
    rows = [
        Row("Name", person.name),
        Row("E-mail address for login", person.email, reverse("account_email")),
    ]
    if membership is not None:
        rows.append(Row("Member number", membership.written_number))
        rows.append(Row("Member since", f"{membership.joined_on:%-d %B %Y}"))
    if stands.type is not None:
        rows.append(Row("Membership type", stands.type.label))
    return tuple(rows)
