"""How long a client record must be kept: facts in; status, date, rule and every candidate out."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum, StrEnum

from foundation.dates import add_years, age_on, birthday, in_words
from records.retention_checks import Problem, missing, problems, warnings
from records.retention_facts import ADULT, Capacity, Facts, Timeline
from records.retention_rules import INVALID, MISSING, NOT_CONCLUDED, Rule, RuleSet


class Status(StrEnum):
    ACTIVE = "active"
    NEEDS_INFORMATION = "needs_information"
    INVALID = "invalid"
    ON_HOLD = "on_hold"
    INDEFINITE_REVIEW = "indefinite_review"
    RETAIN = "retain"
    DUE_FOR_REVIEW = "due_for_review"


class Indefinite(Enum):
    """Stands where a date would stand, for a record that has no last day."""

    INDEFINITE = "indefinite"


INDEFINITE = Indefinite.INDEFINITE


@dataclass(frozen=True)
class Candidate:
    """A rule that applies, the day it counts from, and the last day it asks for."""

    rule: Rule
    since: dt.date
    until: dt.date


@dataclass(frozen=True)
class Retention:
    """The answer: `retain_until` is the last day of keeping, none where no date may be said."""

    status: Status
    rule: Rule
    words: str
    retain_until: dt.date | Indefinite | None = None
    candidates: tuple[Candidate, ...] = ()
    warnings: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def is_governed_by(self, candidate: Candidate) -> bool:
        return (candidate.rule, candidate.until) == (self.rule, self.retain_until)


def assess(facts: Facts, *, rules: RuleSet, on: dt.date) -> Retention:
    """Judge one record on a day: the longest rule that applies governs.

    Source: NHS Records Management Code of Practice 2021, appendix II, and the CMSUK FAQ.
    """
    wrong = problems(facts, on=on)
    if wrong:
        words = " ".join(problem.words for problem in wrong)
        return Retention(Status.INVALID, INVALID, words, problems=wrong)
    notes = warnings(facts, on=on)
    ended_on = facts.care_concluded_on or facts.died_on
    if ended_on is None:
        words = "Keep: care has not been concluded, so the period has not begun."
        return Retention(Status.ACTIVE, NOT_CONCLUDED, words, warnings=notes)
    if facts.born_on is None or facts.category is None:
        absent = " and ".join(missing(facts))
        words = f"Keep, and add what is missing: {absent}."
        notes = (*notes, f"Missing: {absent}.")
        return Retention(Status.NEEDS_INFORMATION, MISSING, words, warnings=notes)
    line = Timeline(
        facts=facts,
        born_on=facts.born_on,
        ended_on=ended_on,
        last_contact_on=facts.last_contact_on or ended_on,
    )
    return _judge(line, rules, on, notes)


def changes_on(facts: Facts, result: Retention, *, on: dt.date) -> dt.date | None:
    """The first day after this one on which time alone changes the answer; none if it never does.

    `result` is what `assess` said of these facts on this day.
    """
    if result.status is Status.INVALID:
        return on + dt.timedelta(days=1)
    days = []
    if result.status is Status.RETAIN and isinstance(result.retain_until, dt.date):
        days.append(result.retain_until + dt.timedelta(days=1))
    may_become_indefinite = facts.capacity is Capacity.LACKS and facts.died_on is None
    if facts.born_on and may_become_indefinite and isinstance(result.retain_until, dt.date):
        days.append(birthday(facts.born_on, ADULT))
    return min(days, default=None)


def _judge(line: Timeline, rules: RuleSet, on: dt.date, notes: tuple[str, ...]) -> Retention:
    candidates = _candidates(line, rules)
    rule, until = _governing(line, rules, on, candidates)
    status = _status(line.facts, until, on)
    words = _words(status, rule, until, line.facts)
    return Retention(status, rule, words, until, candidates, notes)


def _candidates(line: Timeline, rules: RuleSet) -> tuple[Candidate, ...]:
    """Every dated rule that applies, by date, then code."""
    found = [
        Candidate(rule, since, add_years(since, rule.years))
        for rule in rules.dated
        for since in rule.starts(line)
    ]
    return tuple(sorted(found, key=lambda each: (each.until, each.rule.code)))


def _governing(
    line: Timeline, rules: RuleSet, on: dt.date, candidates: tuple[Candidate, ...]
) -> tuple[Rule, dt.date | Indefinite]:
    """Indefinite beats every date; of equal dates the rule that its set names first governs."""
    facts = line.facts
    is_living_adult = facts.died_on is None and age_on(line.born_on, on) >= ADULT
    if facts.capacity is Capacity.LACKS and is_living_adult:
        return rules.indefinite, INDEFINITE
    last = candidates[-1].until
    tied = [candidate.rule for candidate in candidates if candidate.until == last]
    return tied[0] if len(tied) == 1 else next(rule for rule in rules.dated if rule in tied), last


def _status(facts: Facts, until: dt.date | Indefinite, on: dt.date) -> Status:
    if any(hold.resolved_on is None for hold in facts.holds):
        return Status.ON_HOLD
    if isinstance(until, Indefinite):
        return Status.INDEFINITE_REVIEW
    return Status.RETAIN if on <= until else Status.DUE_FOR_REVIEW


def _words(status: Status, rule: Rule, until: dt.date | Indefinite, facts: Facts) -> str:
    reason = f"because {rule.because} ({rule.source})"
    if status is Status.ON_HOLD:
        still_open = " and ".join(
            dict.fromkeys(hold.kind.words for hold in facts.holds if hold.resolved_on is None)
        )
        otherwise = rule.period if isinstance(until, Indefinite) else f"until {in_words(until)}"
        return f"Keep while open: {still_open}. Without that, keep {otherwise}, {reason}."
    if isinstance(until, Indefinite):
        return f"Keep {rule.period}, {reason}."
    if status is Status.RETAIN:
        return f"Keep until {in_words(until)}: {rule.period}, {reason}."
    return f"Review now: it had to be kept until {in_words(until)}, {rule.period}, {reason}."
