"""What stands between an application and its approval, line by line.

A line is open until it is met. Where the rules leave it to a person, their written judgement is
enough; anything else that is open is an override.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from membership import checks, facts
from membership.findings import Finding, Severity
from membership.models import Application

OPEN = (Severity.NOT_ELIGIBLE, Severity.INCOMPLETE, Severity.REFER)
# Findings that say the same as a check of the office, where that is open.
SAME_AS = {"refer:registration_unchecked": "registration_checked", "dbs_date": "dbs_given"}


@dataclass(frozen=True)
class Line:
    """One open line. `is_judgement`: the rules ask a person, so their reason settles it."""

    code: str
    words: str
    is_judgement: bool = False


def open_lines(application: Application, on: dt.date) -> list[Line]:
    """What is not met, as things stand on a day: the office's checks first, then the criteria."""
    lines = [Line(one.code, one.words) for one in checks.open_checks(application, on)]
    undone = {line.code for line in lines}
    findings = facts.assess_application(application, on).findings
    unmet = [one for one in findings if one.severity in OPEN]
    return lines + [_line(one) for one in unmet if SAME_AS.get(one.code) not in undone]


def overridden(lines: Sequence[Line]) -> list[Line]:
    """Those that nobody was asked to judge: going on without them is an override."""
    return [line for line in lines if not line.is_judgement]


def _line(finding: Finding) -> Line:
    return Line(finding.code, finding.words, finding.severity is Severity.REFER)
