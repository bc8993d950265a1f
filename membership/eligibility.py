"""Judges the evidence of an application by the rules of the type applied for; decides nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from membership.criteria import CRITERIA, Rules
from membership.evidence import Evidence, Practice
from membership.findings import OPEN_CODES, Finding, Severity
from membership.types import FACTS, MembershipType

__all__ = ["Assessment", "Directory", "Outcome", "Rules", "assess"]


class Outcome(StrEnum):
    """The worst of the findings; eligible recommends approval, which only a person gives."""

    NOT_ELIGIBLE = "not_eligible"
    INCOMPLETE = "incomplete"
    REFER = "refer"
    ELIGIBLE = "eligible"


class Directory(StrEnum):
    """Whether the applicant may be found in the directory."""

    MAY_OPT_IN = "may_opt_in"
    AFTER_APPROVAL = "after_approval"
    NO = "no"


@dataclass(frozen=True)
class Assessment:
    """What the rules say of one application, with every finding, the met ones too."""

    applied_for: MembershipType
    outcome: Outcome
    findings: tuple[Finding, ...]
    suggested_type: MembershipType | None
    rules_version: str

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of what is open, each once, in the published order."""
        present = {finding.code for finding in self.findings}
        return tuple(code for code in OPEN_CODES if code in present)

    @property
    def directory(self) -> Directory:
        if not FACTS[self.applied_for].in_directory:
            return Directory.NO
        if self.outcome is Outcome.NOT_ELIGIBLE:
            return Directory.NO
        eligible = self.outcome is Outcome.ELIGIBLE
        return Directory.MAY_OPT_IN if eligible else Directory.AFTER_APPROVAL


def assess(
    applied_for: MembershipType, evidence: Evidence, *, rules: Rules, on: dt.date
) -> Assessment:
    """Look at every criterion of the type on a day; nothing is decided and nothing stored."""
    findings = _findings(applied_for, evidence, rules, on)
    outcome = _worst(findings)
    wanted = outcome is Outcome.NOT_ELIGIBLE or any(
        finding.code == "refer:also_practising" for finding in findings
    )
    return Assessment(
        applied_for=applied_for,
        outcome=outcome,
        findings=findings,
        suggested_type=_suggest(applied_for, evidence, rules, on) if wanted else None,
        rules_version=rules.version,
    )


def _findings(
    applied_for: MembershipType, evidence: Evidence, rules: Rules, on: dt.date
) -> tuple[Finding, ...]:
    return tuple(
        finding
        for check in CRITERIA[applied_for]
        for finding in check(evidence, rules=rules, on=on)
    )


def _worst(findings: tuple[Finding, ...]) -> Outcome:
    present = {finding.severity for finding in findings}
    for severity in (Severity.NOT_ELIGIBLE, Severity.INCOMPLETE, Severity.REFER):
        if severity in present:
            return Outcome(severity.value)
    return Outcome.ELIGIBLE


_SUGGESTIONS: Mapping[Practice, tuple[MembershipType, ...]] = {
    Practice.OVERSEAS: (MembershipType.OVERSEAS,),
    Practice.UK: (MembershipType.CASE_MANAGER, MembershipType.ASSOCIATE, MembershipType.STUDENT),
    Practice.NONE: (MembershipType.STUDENT, MembershipType.SUPPORTER),
}


def _suggest(
    applied_for: MembershipType, evidence: Evidence, rules: Rules, on: dt.date
) -> MembershipType | None:
    """The first type of the published order that is met; never the one applied for."""

    def met(candidate: MembershipType) -> bool:
        return _worst(_findings(candidate, evidence, rules, on)) is not Outcome.NOT_ELIGIBLE

    suggestion = next(filter(met, _SUGGESTIONS[evidence.practice]), None)
    return None if suggestion is applied_for else suggestion
