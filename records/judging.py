"""What a file would do to a register, row by row: before it is confirmed, and when it is."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from foundation.dates import in_words
from records.import_file import Row
from records.models import ClientRecord, Hold, Register
from records.retention import Indefinite, Retention, assess
from records.retention_facts import Hold as HoldFact
from records.retention_file import facts_of
from records.retention_rules import RuleSet
from records.words import STATUSES

COLUMNS = {
    "date_of_birth": "born_on",
    "capacity": "capacity",
    "category": "category",
    "care_concluded_on": "care_concluded_on",
    "last_contact_on": "last_contact_on",
    "date_of_death": "died_on",
    "knowledge_date": "known_on",
}
"""The columns of a file, and those of a record."""

NAMES = {
    "born_on": "date of birth",
    "capacity": "capacity",
    "category": "kind of record",
    "care_concluded_on": "end of care",
    "last_contact_on": "last contact",
    "died_on": "date of death",
    "known_on": "date of knowledge",
}


class Verdict(StrEnum):
    TAKEN = "taken"
    CHANGED = "changed"
    TWIN = "twin"
    REFUSED = "refused"


@dataclass(frozen=True)
class Judged:
    """What becomes of one row, in words."""

    line: int
    reference: str
    verdict: Verdict
    words: str
    record: ClientRecord | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    holds: tuple[HoldFact, ...] = ()


def judge(register: Register, rows: Iterable[Row], *, on: dt.date, rules: RuleSet) -> list[Judged]:
    """A verdict for each readable row, in the order of the file. One query, and one for holds."""
    known = {
        record.reference.lower(): record
        for record in register.records.prefetch_related("holds").order_by("pk")
    }
    seen: dict[str, Row] = {}
    found = []
    for row in rows:
        reference = row.cells["id"].lower()
        first = seen.setdefault(reference, row)
        if first is not row:
            found.append(_again(row, first))
        elif reference in known:
            found.append(_change(row, known[reference], on=on))
        else:
            found.append(_add(row, on=on, rules=rules))
    return found


def digest(judged: Iterable[Judged]) -> str:
    """What tells whether a file would still do what was shown."""
    told = hashlib.sha256()
    for one in judged:
        told.update(repr((one.line, one.verdict.value, one.words)).encode())
    return told.hexdigest()


def _again(row: Row, first: Row) -> Judged:
    if dict(row.cells) == dict(first.cells):
        return Judged(row.line, row.cells["id"], Verdict.TWIN, f"The same as line {first.line}.")
    words = (
        f"Line {first.line} has the same reference and says something else. Keep one of the two."
    )
    return Judged(row.line, row.cells["id"], Verdict.REFUSED, words)


def _add(row: Row, *, on: dt.date, rules: RuleSet) -> Judged:
    values = row.values
    result = assess(facts_of(values), rules=rules, on=on)
    facts = {ours: values[theirs] for theirs, ours in COLUMNS.items()}
    return Judged(
        row.line,
        row.cells["id"],
        Verdict.TAKEN,
        _answer(result),
        facts=facts,
        holds=tuple(dict.fromkeys(values["holds"])),
    )


def _answer(result: Retention) -> str:
    until = result.retain_until
    if isinstance(until, Indefinite):
        return f"{STATUSES[result.status]}, without an end date."
    return (
        f"{STATUSES[result.status]}, until {in_words(until)}."
        if until
        else f"{STATUSES[result.status]}."
    )


def _change(row: Row, record: ClientRecord, *, on: dt.date) -> Judged:
    """An empty cell leaves what the register knows: a file never takes a fact away."""
    values = row.values
    stated = {ours: values[theirs] for theirs, ours in COLUMNS.items()}
    facts = {
        name: value
        for name, value in stated.items()
        if value not in (None, "") and value != getattr(record, name)
    }
    holds = tuple(hold for hold in dict.fromkeys(values["holds"]) if _is_news(hold, record))
    if not facts and not holds:
        words = "It is in the register already, with the same facts."
        return Judged(row.line, row.cells["id"], Verdict.TWIN, words, record)
    wrong = _contradiction(record, facts)
    if wrong:
        return Judged(row.line, row.cells["id"], Verdict.REFUSED, wrong, record)
    words = _changes(record, facts, holds)
    return Judged(row.line, row.cells["id"], Verdict.CHANGED, words, record, facts, holds)


def _changes(record: ClientRecord, facts: Mapping[str, Any], holds: Iterable[HoldFact]) -> str:
    """A sentence of every fact before and after, and of every hold that is new."""
    told = [
        f"{NAMES[name]}: {_shown(getattr(record, name))} → {_shown(value)}"
        for name, value in facts.items()
    ]
    told += [f"hold for {hold.kind.words}" for hold in holds]
    words = f"{', '.join(told)}."
    return words[0].upper() + words[1:]


def _contradiction(record: ClientRecord, facts: Mapping[str, Any]) -> str:
    """What the file and the register together cannot be: something before birth."""
    after = {name: facts.get(name, getattr(record, name)) for name in NAMES}
    born_on = after.pop("born_on")
    for name, value in after.items():
        if born_on and isinstance(value, dt.date) and value < born_on:
            return (
                f"The {NAMES[name]} would be before the date of birth that the register or the "
                "file gives. Check both dates."
            )
    return ""


def _is_news(hold: HoldFact, record: ClientRecord) -> bool:
    """A hold that the register lacks, or knows as open and the file as resolved."""
    same = [one for one in record.holds.all() if is_same(one, hold)]
    if not same:
        return True
    return hold.resolved_on is not None and all(one.resolved_on is None for one in same)


def is_same(stored: Hold, stated: HoldFact) -> bool:
    return (stored.kind, stored.opened_on) == (stated.kind.value, stated.opened_on)


def _shown(value: Any) -> str:
    if isinstance(value, dt.date):
        return in_words(value)
    return str(value).replace("_", " ") if value else "unknown"
