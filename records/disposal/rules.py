"""Pure: whether a record may be destroyed on a day, and what changed since somebody said so."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foundation.dates import in_words
from records.disposal_words import Ground
from records.retention import Retention, Status
from records.retention_facts import Capacity, Facts

NOT_CONFIRMED = (
    "Whether the client has capacity is not recorded. Say so first: a record of somebody who lacks "
    "it is kept without an end."
)
FACT_WORDS = {
    "reference": "the reference",
    "born_on": "the date of birth",
    "capacity": "the capacity",
    "category": "the kind of record",
    "care_concluded_on": "the day care ended",
    "last_contact_on": "the last contact",
    "died_on": "the date of death",
    "known_on": "the date of knowledge",
    "holds": "the holds",
}


@dataclass(frozen=True)
class Judgement:
    """Whether a record may be destroyed; `objection` is empty where nothing stands against it.

    `kept_until` is the last day that any rule with a date asks for; None where none says one.
    """

    objection: str
    ground: Ground
    kept_until: dt.date | None


def judge(
    facts: Facts, result: Retention, *, extended_until: dt.date | None, on: dt.date
) -> Judgement:
    """What the live rules say about destroying a record on a day; `result` is their answer.

    A record without an end may go once it has no relevance any more, but never before every rule
    with a date is over (CMSUK FAQ: "until it's clear they no longer have any relevance").
    """
    until = max((each.until for each in result.candidates), default=None)
    is_indefinite = result.status is Status.INDEFINITE_REVIEW
    ground = Ground.NO_RELEVANCE if is_indefinite else Ground.PERIOD_OVER
    objection = _objection(result, until, extended_until, on)
    if not objection and facts.capacity is Capacity.UNKNOWN and facts.died_on is None:
        objection = NOT_CONFIRMED
    return Judgement(objection, ground, until)


def _objection(
    result: Retention, until: dt.date | None, extended_until: dt.date | None, on: dt.date
) -> str:
    if result.status not in (Status.DUE_FOR_REVIEW, Status.INDEFINITE_REVIEW):
        return result.words
    if extended_until is not None and extended_until >= on:
        return f"It is kept longer, until {in_words(extended_until)}, for the reason given."
    if until is None or until >= on:
        last = in_words(until) if until else "a day that is not known"
        return f"Even without the rule that has no end it must be kept until {last}."
    return ""


def as_proposed(facts: Facts, *, reference: str) -> dict[str, Any]:
    """Every fact as plain values, to be compared with on the day of the second signature."""
    told = {name: getattr(facts, name) for name in FACT_WORDS if name not in ("reference", "holds")}
    plain = {name: None if value is None else str(value) for name, value in told.items()}
    holds = sorted(
        [hold.kind.value, str(hold.opened_on), str(hold.resolved_on or "")] for hold in facts.holds
    )
    return {**plain, "reference": reference, "holds": holds}


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """A sentence that names what is not as it was when the destruction was proposed; else ""."""
    names = [words for name, words in FACT_WORDS.items() if before.get(name) != now.get(name)]
    if not names:
        return ""
    listed = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    verb = "were" if len(names) > 1 or names[0].endswith("holds") else "was"
    return f"Changed since it was proposed: {listed} {verb} not the same then. Propose it anew."


def rules_moved(before: tuple[str, dt.date], now: tuple[str, dt.date]) -> str:
    """A sentence for rules that were changed meanwhile; else nothing."""
    if before == now:
        return ""
    code, until = now
    return (
        f"The rules were changed since it was proposed: now {code} governs, until "
        f"{in_words(until)}. Propose it anew."
    )
