"""What is wrong with the facts of a record, what is missing, and what deserves a warning."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from foundation.dates import add_years, age_on, in_words
from records.retention_facts import ADULT, Capacity, Facts, Hold

DATES = {
    "born_on": "date of birth",
    "care_concluded_on": "end of care",
    "last_contact_on": "last contact",
    "died_on": "date of death",
    "known_on": "date of knowledge",
}


@dataclass(frozen=True)
class Problem:
    """A date that cannot be right; `field` names the fact, so that a form can show it there."""

    field: str
    words: str


def problems(facts: Facts, *, on: dt.date) -> tuple[Problem, ...]:
    """Dates in the future, dates before birth, and holds that end before they begin."""
    return (*_in_the_future(facts, on), *_before_birth(facts), *_odd_holds(facts, on))


def missing(facts: Facts) -> tuple[str, ...]:
    """Facts without which no date may be said; an adult or a general record is never assumed."""
    absent = []
    if facts.born_on is None:
        absent.append("date of birth")
    if facts.category is None:
        absent.append("kind of record (general or mental health)")
    return tuple(absent)


def warnings(facts: Facts, *, on: dt.date) -> tuple[str, ...]:
    """What a person should look at although a date can be said."""
    return (*_odd_order(facts), *_capacity(facts, on), *_stale(facts, on))


def _in_the_future(facts: Facts, on: dt.date) -> Iterator[Problem]:
    for field, name in DATES.items():
        day = getattr(facts, field)
        if day and day > on:
            yield Problem(field, f"The {name} is in the future. Check the year.")


def _before_birth(facts: Facts) -> Iterator[Problem]:
    born_on = facts.born_on
    for field, name in DATES.items():
        day = getattr(facts, field)
        if born_on and day and day < born_on:
            yield Problem(field, f"The {name} is before the date of birth. Check both dates.")


def _odd_holds(facts: Facts, on: dt.date) -> Iterator[Problem]:
    for hold in facts.holds:
        for words in _odd_hold(hold, on):
            yield Problem("holds", f"The hold for {hold.kind.words} {words}")


def _odd_hold(hold: Hold, on: dt.date) -> Iterator[str]:
    if hold.opened_on > on:
        yield "was opened in the future. Check the year."
    if hold.resolved_on and hold.resolved_on > on:
        yield "was resolved in the future. Leave the day empty while it is open."
    if hold.resolved_on and hold.resolved_on < hold.opened_on:
        yield "was resolved before it was opened. Check both dates."


def _odd_order(facts: Facts) -> Iterator[str]:
    ended_on, contact_on, died_on = (
        facts.care_concluded_on,
        facts.last_contact_on,
        facts.died_on,
    )
    if ended_on and died_on and ended_on > died_on:
        yield "Care was concluded after the death: check that this was paperwork only."
    if contact_on and died_on and contact_on > died_on:
        yield "The last contact was after the death: check that it was with the family."
    if contact_on and ended_on and contact_on > ended_on:
        yield "The last contact was after the end of care: the record came back into use."


def _capacity(facts: Facts, on: dt.date) -> Iterator[str]:
    if facts.capacity is Capacity.UNKNOWN:
        yield (
            "Capacity is not recorded, so it is presumed (Mental Capacity Act 2005, section 1(2)): "
            "confirm it before anything is destroyed."
        )
    if facts.capacity is Capacity.LACKS and _is_living_child(facts, on):
        yield "The client is under 18: look at capacity again at the 18th birthday."


def _is_living_child(facts: Facts, on: dt.date) -> bool:
    born_on = facts.born_on
    return born_on is not None and not facts.died_on and age_on(born_on, on) < ADULT


def _stale(facts: Facts, on: dt.date) -> Iterator[str]:
    contact_on = facts.last_contact_on
    open_care = not facts.care_concluded_on and not facts.died_on
    if open_care and contact_on and on > add_years(contact_on, 1):
        yield f"There has been no contact since {in_words(contact_on)}: has care ended?"
