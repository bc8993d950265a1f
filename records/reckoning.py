"""Works out a record's answer from its facts; the only writer of its status and its date."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from records import versions
from records.models import ClientRecord, Hold
from records.retention import Retention, assess, changes_on
from records.retention_facts import Capacity, Category, Facts, HoldKind
from records.retention_facts import Hold as HoldFact
from records.retention_rules import RuleSet

ANSWER = (
    "status",
    "retain_until",
    "rule",
    "rule_set",
    "reason",
    "computed_on",
    "look_again_on",
)
"""The columns that `reckon` fills in."""


def facts_of(record: ClientRecord, holds: Iterable[Hold]) -> Facts:
    return Facts(
        born_on=record.born_on,
        capacity=Capacity(record.capacity),
        category=Category(record.category) if record.category else None,
        care_concluded_on=record.care_concluded_on,
        last_contact_on=record.last_contact_on,
        died_on=record.died_on,
        known_on=record.known_on,
        holds=tuple(
            HoldFact(HoldKind(hold.kind), hold.opened_on, hold.resolved_on) for hold in holds
        ),
    )


def reckon(record: ClientRecord, holds: Iterable[Hold], *, on: dt.date) -> Retention:
    """Fill in the answer of a record as of a day, by the rules of that day. Saving is the caller's.

    One query, for the rules; for many records see `reckon_by`.
    """
    return reckon_by(versions.in_force(on=on), record, holds, on=on)


def reckon_by(
    rules: RuleSet, record: ClientRecord, holds: Iterable[Hold], *, on: dt.date
) -> Retention:
    """Fill in the answer of a record by these rules. No query."""
    facts = facts_of(record, holds)
    result = assess(facts, rules=rules, on=on)
    for name, value in zip(ANSWER, columns(facts, result, rules=rules, on=on), strict=True):
        setattr(record, name, value)
    return result


def columns(facts: Facts, result: Retention, *, rules: RuleSet, on: dt.date) -> tuple[Any, ...]:
    """An answer as its columns are stored, in the order of ANSWER."""
    return (
        result.status.value,
        result.retain_until if isinstance(result.retain_until, dt.date) else None,
        result.rule.code,
        rules.version,
        result.words,
        on,
        changes_on(facts, result, on=on),
    )
