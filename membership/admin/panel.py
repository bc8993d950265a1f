"""What the review page shows of one application, gathered in one place."""

import datetime as dt
from dataclasses import dataclass

from membership import checks, facts
from membership.eligibility import Assessment
from membership.expertise import Support
from membership.models import Application, FeeRate, Referee, Registration
from membership.registers import BODIES


@dataclass(frozen=True)
class RegisterLine:
    """A registration and where to look it up."""

    registration: Registration
    body_name: str
    url: str


@dataclass(frozen=True)
class ExpertiseLine:
    """A requested area: assigned already, or why it cannot be."""

    code: str
    label: str
    is_assigned: bool
    verdict: Support
    words: str

    @property
    def may_be_assigned(self) -> bool:
        return self.verdict is Support.ASSIGNABLE and not self.is_assigned


@dataclass(frozen=True)
class Panel:
    assessment: Assessment
    registers: list[RegisterLine]
    referees: list[Referee]
    expertise: list[ExpertiseLine]
    open_checks: list[str]
    fee: FeeRate | None


def review_panel(application: Application, on: dt.date) -> Panel:
    """The findings as they stand now, with what the office has checked since the submission."""
    return Panel(
        assessment=facts.assess_application(application, on),
        registers=_registers(application),
        referees=list(application.referees.order_by("position", "pk")),
        expertise=_expertise(application, on),
        open_checks=checks.open_checks(application, on),
        fee=FeeRate.objects.in_force(type=application.type, on=on),
    )


def _registers(application: Application) -> list[RegisterLine]:
    found = application.person.registrations.select_related("checked_by")
    return [
        RegisterLine(
            registration=one,
            body_name=BODIES[one.body].name if one.body in BODIES else one.body,
            url=BODIES[one.body].website if one.body in BODIES else "",
        )
        for one in found
    ]


def _expertise(application: Application, on: dt.date) -> list[ExpertiseLine]:
    assigned = set(application.person.assignments.current(on).values_list("area_id", flat=True))
    return [
        ExpertiseLine(
            code=finding.area.code,
            label=finding.area.label,
            is_assigned=finding.area.code in assigned,
            verdict=finding.support,
            words=finding.reason,
        )
        for finding in facts.expertise_of(application, on)
    ]
