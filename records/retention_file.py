"""The columns of a file of client records, and of the answers about them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from foundation.casefile import Parser, one_of, optional_date, text
from records.retention import Indefinite, Retention
from records.retention_facts import Capacity, Category, Facts, Hold, HoldKind

LAST_YEAR = 9900
"""Later days leave no room for the longest period."""

RESULT_COLUMNS = ("id", "status", "retain_until", "rule", "candidates", "warnings")

_hold_kind = one_of(list(HoldKind))


def as_of(value: str) -> dt.date | None:
    """The day to judge on, or nothing for today."""
    day = optional_date(value)
    if day and day.year > LAST_YEAR:
        raise ValueError(f"{day} is too far in the future")
    return day


def holds(value: str) -> tuple[Hold, ...]:
    """Holds written as `kind:opened/resolved`, joined by semicolons; `resolved` may be empty."""
    return tuple(_hold(part.strip()) for part in value.split(";") if part.strip())


def _hold(written: str) -> Hold:
    kind, colon, days = written.partition(":")
    opened, slash, resolved = days.partition("/")
    opened_on = optional_date(opened)
    if not (colon and slash and opened_on):
        raise ValueError(f"“{written}” is not a hold; write it like complaint:2025-10-01/")
    return Hold(HoldKind(_hold_kind(kind)), opened_on, optional_date(resolved))


COLUMNS: Mapping[str, Parser] = {
    "id": text,
    "as_of": as_of,
    "date_of_birth": optional_date,
    "capacity": one_of(list(Capacity)),
    "category": one_of(list(Category), empty=True),
    "care_concluded_on": optional_date,
    "last_contact_on": optional_date,
    "date_of_death": optional_date,
    "knowledge_date": optional_date,
    "holds": holds,
}


def facts_of(values: Mapping[str, Any]) -> Facts:
    """The facts of one row that was read by the parsers above."""
    return Facts(
        born_on=values["date_of_birth"],
        capacity=Capacity(values["capacity"]),
        category=Category(values["category"]) if values["category"] else None,
        care_concluded_on=values["care_concluded_on"],
        last_contact_on=values["last_contact_on"],
        died_on=values["date_of_death"],
        known_on=values["knowledge_date"],
        holds=values["holds"],
    )


def result_row(case_id: str, result: Retention) -> tuple[str, ...]:
    """One line of the answer, in the order of RESULT_COLUMNS."""
    notes = [problem.words for problem in result.problems] or result.warnings
    return (
        case_id,
        result.status,
        _until(result.retain_until),
        result.rule.code,
        "|".join(f"{each.rule.code}={each.until}" for each in result.candidates),
        "; ".join(notes),
    )


def _until(until: dt.date | Indefinite | None) -> str:
    if isinstance(until, Indefinite):
        return str(until.value)
    return until.isoformat() if until else ""
