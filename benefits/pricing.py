"""Pure: which price somebody pays. It is judged by their membership on the event's day.

What is known at booking is what is on record then; after the event it is looked at once more, and
what was paid too little is invoiced, what was paid too much given back. See docs/events.md.
"""

import datetime as dt
from dataclasses import dataclass

from foundation.dates import in_words
from foundation.pence import pounds

MEMBER, OTHER = "member", "other"


@dataclass(frozen=True)
class Facts:
    """Prices in pence; standings as `membership.standing` calls them; `until` is the last day that
    somebody's membership is paid for, None where they were never a member.
    """

    event_on: dt.date
    member_pence: int
    other_pence: int
    today: str = "none"
    on_the_day: str = "none"
    until: dt.date | None = None

    @property
    def difference_pence(self) -> int:
        return self.other_pence - self.member_pence


@dataclass(frozen=True)
class Price:
    """Which price, in pence, and the sentence that says why."""

    which: str
    pence: int
    why: str
    difference_pence: int = 0


def is_covered(standing: str) -> bool:
    """The days of grace keep the benefits of membership, and lower prices are one of them."""
    return standing in ("active", "grace")


def price_of(facts: Facts) -> Price:
    """What somebody pays who books now."""
    if not facts.difference_pence:
        return Price(OTHER, facts.other_pence, "Everybody pays the same.")
    apart = facts.difference_pence
    if is_covered(facts.on_the_day):
        return Price(MEMBER, facts.member_pence, _covered(facts), apart)
    if is_covered(facts.today):
        return Price(MEMBER, facts.member_pence, _ends_before(facts), apart)
    return Price(OTHER, facts.other_pence, _no_member(facts), apart)


def _covered(facts: Facts) -> str:
    day = in_words(facts.event_on)
    if facts.on_the_day == "active":
        return f"Members’ price: your membership covers {day}, the day of the event."
    return (
        f"Members’ price: your membership {_end(facts)}, and {day} is within the days of grace "
        "after it."
    )


def _ends_before(facts: Facts) -> str:
    return (
        f"Members’ price, if you renew: your membership {_end(facts)}, before the event. You pay "
        f"the members’ price now. If your membership does not cover {in_words(facts.event_on)}, we "
        f"invoice the difference of {pounds(facts.difference_pence)}."
    )


def _end(facts: Facts) -> str:
    verb = "ended" if facts.today == "grace" else "ends"
    return f"{verb} on {in_words(facts.until)}" if facts.until else verb


def _no_member(facts: Facts) -> str:
    return (
        "Full price: no membership of yours covers the day of the event. If one does on "
        f"{in_words(facts.event_on)}, we give you back the difference of "
        f"{pounds(facts.difference_pence)}."
    )


@dataclass(frozen=True)
class Judgement:
    """What follows after the event, in pence: above zero is still to be paid, below goes back."""

    pence: int
    why: str


def judge(*, paid: str, difference_pence: int, facts: Facts) -> Judgement:
    """The price that was paid against the one of the event's day.

    The difference is the one that was told at booking, whatever the prices are by now.
    """
    day, covered = in_words(facts.event_on), is_covered(facts.on_the_day)
    if paid == MEMBER and not covered:
        why = f"Your membership did not cover {day}, the day of the event."
        return Judgement(difference_pence, why)
    if paid == OTHER and covered:
        why = f"Your membership covered {day}, the day of the event."
        return Judgement(-difference_pence, why)
    return Judgement(0, "")
