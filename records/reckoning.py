"""Works out a record's answer from its facts; the only writer of its status and its date."""

import datetime as dt
from collections.abc import Iterable

from records.models import ClientRecord, Hold
from records.retention import Retention, assess, changes_on
from records.retention_rules import NHS_2021, Capacity, Category, Facts, HoldKind
from records.retention_rules import Hold as HoldFact

RULES = NHS_2021
"""The rules that the register is kept by."""

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
    """Fill in the answer of a record as of a day. Saving it is the caller's."""
    facts = facts_of(record, holds)
    result = assess(facts, rules=RULES, on=on)
    record.status = result.status.value
    record.retain_until = result.retain_until if isinstance(result.retain_until, dt.date) else None
    record.rule = result.rule.code
    record.rule_set = RULES.code
    record.reason = result.words
    record.computed_on = on
    record.look_again_on = changes_on(facts, result, on=on)
    return result
