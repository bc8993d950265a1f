"""Ready-made evidence of invented applicants, to be varied one fact at a time."""

import datetime as dt
from dataclasses import replace

from membership.eligibility import Assessment, Rules, assess
from membership.evidence import (
    Evidence,
    Practice,
    Qualification,
    Referee,
    RegistrationStatus,
    Related,
    StudentCourse,
    SupporterRole,
)
from membership.types import MembershipType

TODAY = dt.date(2026, 11, 22)
TWO_COLLEAGUES = (Referee.PROFESSIONAL, Referee.PROFESSIONAL)


def clinician(**facts):
    """An occupational therapist who meets everything, unless a fact says otherwise."""
    return replace(
        Evidence(
            practice=Practice.UK,
            qualification=Qualification.DEGREE,
            qualification_related=Related.CLINICAL,
            profession="occupational_therapist",
            body="HCPC",
            registration_number="OT76543",
            registration_status=RegistrationStatus.REGISTERED,
            cm_months=30,
            referees=TWO_COLLEAGUES,
            dbs_on=dt.date(2025, 6, 1),
            insured=True,
        ),
        **facts,
    )


def vocational(**facts):
    """A vocational case manager without a registered body, who meets everything."""
    return clinician(
        **{
            "qualification_related": Related.VOCATIONAL,
            "profession": "careers",
            "body": "",
            "registration_number": "",
            "registration_status": RegistrationStatus.UNCHECKED,
            "vocational_only": True,
            **facts,
        }
    )


def supporter(**facts):
    return Evidence(
        **{"practice": Practice.NONE, "supporter_role": SupporterRole.SUPPORTIVE, **facts}
    )


def student(**facts):
    return Evidence(
        **{"practice": Practice.NONE, "student_course": StudentCourse.RELEVANT, **facts}
    )


def judged(
    evidence, applied_for=MembershipType.CASE_MANAGER, *, on=TODAY, rules=None
) -> Assessment:
    return assess(applied_for, evidence, rules=rules or Rules(), on=on)


def codes(evidence, applied_for=MembershipType.CASE_MANAGER, *, on=TODAY):
    return judged(evidence, applied_for, on=on).codes
