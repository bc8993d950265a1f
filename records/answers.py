"""An answer as its page shows it: the sentence, every candidate with a verdict, the picture."""

import datetime as dt
from dataclasses import dataclass

from foundation.dates import in_words, in_years
from foundation.look import Row, Tone
from foundation.look import Status as StatusLine
from records.chart import Chart, chart
from records.models import ClientRecord
from records.retention import Candidate, Indefinite, Retention, Status, assess
from records.retention_facts import Facts
from records.retention_rules import FAQ_ONLY, NHS_2021, RuleSet
from records.words import STATUSES, TONES

GOVERNS = "Governs"
SHORTER = "Shorter, so does not govern"
SAME_DAY = "Same day; the other rule is named first"


@dataclass(frozen=True)
class Line:
    """One rule that applies, as a line of the table."""

    code: str
    period: str
    because: str
    source: str
    until: str
    counted: str
    verdict: str
    governs: bool


@dataclass(frozen=True)
class Answer:
    """What a page shows of a judged record."""

    status: StatusLine
    words: str
    lines: tuple[Line, ...]
    warnings: tuple[str, ...]
    chart: Chart | None
    rules: RuleSet
    version: str
    other_words: str = ""


def answer(facts: Facts, *, rules: RuleSet, on: dt.date) -> Answer:
    """Judge a record and put the answer into words."""
    result = assess(facts, rules=rules, on=on)
    starts_on = facts.care_concluded_on or facts.died_on or on
    return Answer(
        status=_headline(result),
        words=result.words,
        lines=_lines(result),
        warnings=result.warnings,
        chart=chart(result, starts_on=starts_on, today=on),
        rules=rules,
        version=version_words(rules),
        other_words=_by_the_other_rules(facts, result, rules, on),
    )


def until_words(result: Retention) -> str:
    """The last day in words, or what stands for it."""
    if isinstance(result.retain_until, Indefinite):
        return "no end date"
    return in_words(result.retain_until) if result.retain_until else "no date yet"


def _headline(result: Retention) -> StatusLine:
    until = until_words(result)
    without = (
        "without an end date" if isinstance(result.retain_until, Indefinite) else f"until {until}"
    )
    words = {
        Status.RETAIN: f"Keep until {until}",
        Status.DUE_FOR_REVIEW: f"Due for review: the period ended on {until}",
        Status.INDEFINITE_REVIEW: "Keep without an end date, and review every 12 months",
        Status.ON_HOLD: f"On hold. Without the hold: keep {without}",
    }
    headline = words.get(result.status, STATUSES[result.status])
    return StatusLine(headline, TONES[result.status])


def _lines(result: Retention) -> tuple[Line, ...]:
    lines = [_line(each, result) for each in result.candidates]
    if isinstance(result.retain_until, Indefinite):
        rule = result.rule
        lines.append(
            Line(rule.code, rule.period, rule.because, rule.source, "no end", "", GOVERNS, True)
        )
    return tuple(lines)


def _line(candidate: Candidate, result: Retention) -> Line:
    rule = candidate.rule
    governs = result.is_governed_by(candidate)
    shorter = SAME_DAY if candidate.until == result.retain_until else SHORTER
    return Line(
        code=rule.code,
        period=rule.period,
        because=rule.because,
        source=rule.source,
        until=in_words(candidate.until),
        counted=_counted(candidate),
        verdict=GOVERNS if governs else shorter,
        governs=governs,
    )


def _counted(candidate: Candidate) -> str:
    """The arithmetic: "15 June 2022 and 8 years"; nothing where a day stands for itself."""
    years = candidate.rule.years
    return f"{in_words(candidate.since)} and {in_years(years)}" if years else ""


def version_words(rules: RuleSet) -> str:
    """Which rules these are, and since when: "Version 2026-1, in force from 1 January 2000"."""
    if rules.effective_from is None:
        return "As published"
    return f"Version {rules.version}, in force from {in_words(rules.effective_from)}"


def _by_the_other_rules(facts: Facts, result: Retention, rules: RuleSet, on: dt.date) -> str:
    """A sentence where the other set of rules says something else; else nothing."""
    other = NHS_2021 if rules.code == FAQ_ONLY.code else FAQ_ONLY
    theirs = assess(facts, rules=other, on=on)
    if (theirs.retain_until, theirs.rule.code) == (result.retain_until, result.rule.code):
        return ""
    return f"By the {other.name}: {until_words(theirs)} ({theirs.rule.period})."


def fact_rows(record: ClientRecord) -> list[Row]:
    """What the owner entered, for the summary of a record."""
    days = {
        "Date of birth": record.born_on,
        "Day the care ended": record.care_concluded_on,
        "Last contact": record.last_contact_on,
        "Date of death": record.died_on,
        "Date of knowledge": record.known_on,
    }
    return [
        *(Row(name, in_words(day) if day else "") for name, day in days.items()),
        Row("Kind of record", record.get_category_display()),
        Row("Capacity", record.get_capacity_display()),
    ]


@dataclass(frozen=True)
class RegisterLine:
    """One record as a line of its owner's register."""

    key: str
    reference: str
    status: str
    tone: Tone
    next_words: str
    open_holds: int


def register_line(record: ClientRecord, *, open_holds: int, on: dt.date) -> RegisterLine:
    """A record's stored answer in words, with no query."""
    status = Status(record.status)
    return RegisterLine(
        key=str(record.key),
        reference=record.reference,
        status=STATUSES[status],
        tone=TONES[status],
        next_words=_next_words(record, status, on),
        open_holds=open_holds,
    )


def _next_words(record: ClientRecord, status: Status, on: dt.date) -> str:
    if record.extended_until and record.extended_until >= on and status is not Status.ON_HOLD:
        return f"Kept longer, until {in_words(record.extended_until)}"
    until = in_words(record.retain_until) if record.retain_until else ""
    return {
        Status.RETAIN: f"Keep until {until}",
        Status.DUE_FOR_REVIEW: f"Had to be kept until {until}",
        Status.INDEFINITE_REVIEW: "Say why it is still needed",
        Status.ON_HOLD: f"Without the hold: {until or 'no end date'}",
        Status.ACTIVE: "Add the day care ends when it does",
        Status.NEEDS_INFORMATION: "Add what is missing",
        Status.INVALID: "Correct the dates",
    }[status]
