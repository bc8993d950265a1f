"""Asks the live rules whether a record may be destroyed today; changes nothing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from records.disposal import rules
from records.disposal.rules import Judgement
from records.models import ClientRecord, DisposalLine, Hold
from records.reckoning import facts_of, reckon_by
from records.retention_rules import RuleSet


@dataclass(frozen=True)
class Checked:
    """A record with what the rules say of its destruction."""

    record: ClientRecord
    rule: str
    judgement: Judgement

    @property
    def may_go(self) -> bool:
        return not self.judgement.objection


def check(
    rules_in_force: RuleSet, record: ClientRecord, holds: Iterable[Hold], *, on: dt.date
) -> Checked:
    """Judge a record anew by the rules in force; what is stored on it is not relied on."""
    holds = list(holds)
    result = reckon_by(rules_in_force, record, holds, on=on)
    judgement = rules.judge(
        facts_of(record, holds), result, extended_until=record.extended_until, on=on
    )
    return Checked(record, result.rule.code, judgement)


def objection(
    rules_in_force: RuleSet, line: DisposalLine, record: ClientRecord, *, on: dt.date
) -> str:
    """Why a proposed record cannot be destroyed now, in a sentence; else nothing."""
    holds = list(record.holds.all())
    now = check(rules_in_force, record, holds, on=on)
    if now.judgement.objection:
        return now.judgement.objection
    told = rules.as_proposed(facts_of(record, holds), reference=record.reference)
    if words := rules.changed(line.facts, told):
        return words
    until = now.judgement.kept_until or on
    return rules.rules_moved((line.rule, line.kept_until), (now.rule, until))
