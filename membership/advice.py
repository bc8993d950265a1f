"""What the rules found, for the applicant: how it weighs, and where it is mended."""

from collections.abc import Collection
from dataclasses import dataclass

from foundation.look import Tone
from membership.eligibility import Assessment
from membership.findings import Finding, Severity
from membership.types import MembershipType


@dataclass(frozen=True)
class Shown:
    """A finding with its weight in words, and the section where it is mended."""

    finding: Finding
    label: str
    tone: Tone
    path: str


@dataclass(frozen=True)
class Advice:
    """The findings about what was answered so far, and the type that fits better."""

    shown: list[Shown]
    suggested: MembershipType | None
    nothing_fits: bool


def advise(
    assessment: Assessment, *, left: Collection[str], closed: Collection[str] = ()
) -> Advice:
    """What must be mended first, then what a person looks at, then what is met.

    Nothing is said of sections that are left to do: what is not answered is not yet missing. For
    the same reason a type is only suggested once every obstacle comes from a finished section.
    Nothing is said of closed sections either, which stay as they were sent.
    """
    order = list(_LABELS)
    found = sorted(assessment.findings, key=lambda one: order.index(one.severity))
    silent = {*left, *closed}
    answered = [one for one in found if section_of(one.code, assessment.applied_for) not in silent]
    barred = [one for one in found if one.severity is Severity.NOT_ELIGIBLE]
    is_known = all(one in answered for one in barred)
    return Advice(
        shown=[
            Shown(one, *_LABELS[one.severity], path=_where(one, assessment.applied_for))
            for one in answered
        ],
        suggested=assessment.suggested_type if is_known else None,
        nothing_fits=bool(barred) and is_known and assessment.suggested_type is None,
    )


def section_of(code: str, type: MembershipType) -> str:
    """Supporters say in “Your role” that they do not practise."""
    section = _SECTIONS.get(code, "")
    asked_once = section == "practice" and type is MembershipType.SUPPORTER
    return "supporter" if asked_once else section


def _where(finding: Finding, type: MembershipType) -> str:
    """The page on which the applicant can do something about it."""
    if finding.severity not in (Severity.NOT_ELIGIBLE, Severity.INCOMPLETE):
        return ""
    return f"/apply/{section_of(finding.code, type)}/?next=check"


_LABELS = {
    Severity.NOT_ELIGIBLE: ("Not met", Tone.STOP),
    Severity.INCOMPLETE: ("Missing", Tone.ACT),
    Severity.REFER: ("A person will look", Tone.WAIT),
    Severity.NOTE: ("For your information", Tone.PLAIN),
    Severity.MET: ("Met", Tone.GOOD),
}
_SECTIONS = {
    "not_practising_in_uk": "practice",
    "not_practising": "practice",
    "qualification_level": "qualifications",
    "qualification_unrelated": "qualifications",
    "vocational_qualification": "qualifications",
    "body": "registration",
    "registration_not_current": "registration",
    "experience": "history",
    "practises_case_management": "practice",
    "course": "course",
    "course_unrelated": "course",
    "practising_in_uk": "practice",
    "not_a_case_manager": "practice",
    "body_does_not_match_profession": "registration",
    "registration_number": "registration",
    "registration_number_format": "registration",
    "registration_number_profession": "registration",
    "referees_count": "referees",
    "referees_type": "referees",
    "referees_not_independent": "referees",
    "dbs_date": "dbs",
    "dbs_date_future": "dbs",
    "insurance": "indemnity",
    "supporter_role": "supporter",
    "no_practice": "practice",
    "practice_in_uk": "practice",
    "practice_overseas": "practice",
    "refer:also_practising": "practice",
    "refer:registration_unchecked": "registration",
    "refer:body_voluntary_register": "registration",
    "registered_body": "registration",
    "number": "registration",
    "no_body_needed": "route",
    "vocational": "qualifications",
}
