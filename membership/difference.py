"""Pure: what other rules would have made of the same evidence."""

import datetime as dt
from dataclasses import dataclass

from membership.criteria import Rules
from membership.eligibility import Assessment, Outcome, assess
from membership.evidence import Evidence
from membership.findings import Finding
from membership.types import MembershipType


@dataclass(frozen=True)
class Difference:
    """An outcome that changes: `appears` is newly open, `goes` is open no longer."""

    before: Outcome
    after: Outcome
    appears: tuple[Finding, ...]
    goes: tuple[Finding, ...]


def between(
    old: Rules, new: Rules, *, type: MembershipType, evidence: Evidence, on: dt.date
) -> Difference | None:
    """The change of outcome from one set of rules to another on a day; None where it stays."""
    before = assess(type, evidence, rules=old, on=on)
    after = assess(type, evidence, rules=new, on=on)
    if before.outcome is after.outcome:
        return None
    return Difference(
        before=before.outcome,
        after=after.outcome,
        appears=_only_in(after, before),
        goes=_only_in(before, after),
    )


def _only_in(one: Assessment, other: Assessment) -> tuple[Finding, ...]:
    return tuple(each for each in one.findings if each.open and each.code not in other.codes)
