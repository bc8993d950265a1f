"""The criteria of each type of membership, one small function each: evidence in, findings out."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from foundation.dates import add_years, in_words
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
from membership.findings import Finding, found
from membership.registers import (
    BODIES,
    Body,
    BodyKind,
    ProblemKind,
    check_number,
    mismatch_words,
    registers_profession,
)
from membership.types import MembershipType


@dataclass(frozen=True)
class Rules:
    """One dated version of the numbers in the criteria (CMSUK FAQ: which type of membership).

    The FAQ sets no age for a DBS check and no hours a week: those two only tell the assessor.
    """

    version: str = "2026"
    months: int = 24
    hours: int = 2500
    dbs_flag_years: int = 3
    referees: int = 2
    low_hours_a_week: int = 8


def _practice_in_uk(evidence: Evidence, **_: object) -> Iterator[Finding]:
    yield found(
        {
            Practice.UK: "practice_in_uk",
            Practice.OVERSEAS: "not_practising_in_uk",
            Practice.NONE: "not_practising",
        }[evidence.practice]
    )


_TOO_LOW = frozenset({Qualification.NONE, Qualification.LEVEL_3_OTHER})
_LEVEL_UNCLEAR = frozenset(
    {
        Qualification.DIPLOMA_3,
        Qualification.CERTIFICATE_4,
        Qualification.OVERSEAS_EQUIVALENT,
        Qualification.PRE_DIPLOMA_REGISTRATION,
    }
)


def _qualification(evidence: Evidence, **_: object) -> Iterator[Finding]:
    if evidence.qualification in _TOO_LOW:
        yield found("qualification_level")
    elif evidence.qualification in _LEVEL_UNCLEAR:
        yield found("refer:qualification_level")
    else:
        yield found("qualification")
    related = evidence.qualification_related is not Related.NO
    yield found("qualification_related" if related else "qualification_unrelated")


def _registration(evidence: Evidence, **_: object) -> Iterator[Finding]:
    """A registered body, its number and its register; a vocational case manager needs none."""
    body = BODIES[evidence.body] if evidence.body else None
    if evidence.vocational_only:
        yield from _vocational_exception(evidence)
    elif body is None or body.kind is BodyKind.ASSOCIATION:
        yield found("body")
    else:
        yield from _body_and_number(body, evidence)
        yield from _register(body, evidence.registration_status)


_NOT_CURRENT = frozenset(
    {RegistrationStatus.LAPSED, RegistrationStatus.SUSPENDED, RegistrationStatus.REMOVED}
)


def _vocational_exception(evidence: Evidence) -> Iterator[Finding]:
    vocational = evidence.qualification_related is Related.VOCATIONAL
    yield found("vocational" if vocational else "vocational_qualification")
    yield found("no_body_needed")
    status = evidence.registration_status
    if status in _NOT_CURRENT or status is RegistrationStatus.CONDITIONS:
        yield found("register_mentions_vocational", status=status.value)


_NUMBER_CODES = {
    ProblemKind.MISSING: "registration_number",
    ProblemKind.FORMAT: "registration_number_format",
    ProblemKind.PROFESSION: "registration_number_profession",
}


def _body_and_number(body: Body, evidence: Evidence) -> Iterator[Finding]:
    """The number is looked at only where the body is one that registers the profession."""
    if not registers_profession(body, evidence.profession):
        words = mismatch_words(body, evidence.profession)
        yield found("body_does_not_match_profession", words=words)
        return
    yield found("registered_body", body=body.name)
    problem = check_number(body, evidence.registration_number, evidence.profession)
    if problem is None:
        yield found("number")
    elif problem.blocks:
        yield found(_NUMBER_CODES[problem.kind], words=problem.words)
    else:
        yield found("unusual_number", words=problem.words)


def _register(body: Body, status: RegistrationStatus) -> Iterator[Finding]:
    if body.kind is BodyKind.VOLUNTARY:
        yield found("refer:body_voluntary_register", body=body.name)
    elif status is RegistrationStatus.UNCHECKED:
        yield found("refer:registration_unchecked")
    elif status is RegistrationStatus.REGISTERED:
        yield found("registered")
    if status in _NOT_CURRENT:
        yield found("registration_not_current", status=status.value)
    elif status is RegistrationStatus.CONDITIONS:
        yield found("refer:registration_conditions")


def _experience(evidence: Evidence, *, rules: Rules, **_: object) -> Iterator[Finding]:
    months, hours = evidence.cm_months or 0, evidence.cm_hours or 0
    enough = months >= rules.months or hours >= rules.hours
    yield found(
        "enough_experience" if enough else "experience",
        need_months=rules.months,
        need_hours=f"{rules.hours:,}",
        months=_counted(months, "month"),
        hours=_counted(hours, "hour"),
    )
    if enough and evidence.low_hours and hours < rules.hours:
        yield found("low_hours", low_hours=rules.low_hours_a_week)


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"


def _referees(evidence: Evidence, *, rules: Rules, **_: object) -> Iterator[Finding]:
    referees, problems = evidence.referees, []
    if len(referees) != rules.referees:
        problems.append("referees_count")
    if len(referees) > 1 and set(referees) == {Referee.PERSONAL}:
        problems.append("referees_type")
    if Referee.DUPLICATE in referees or Referee.SELF in referees:
        problems.append("referees_not_independent")
    for code in problems or ["referees"]:
        yield found(code, need=rules.referees, named=len(referees))


def _dbs(evidence: Evidence, *, rules: Rules, on: dt.date) -> Iterator[Finding]:
    checked_on = evidence.dbs_on
    if checked_on is None:
        yield found("dbs_date")
        return
    code = "dbs"
    if checked_on > on:
        code = "dbs_date_future"
    elif on > add_years(checked_on, rules.dbs_flag_years):
        code = "refer:dbs_older_than_3_years"
    yield found(code, date=in_words(checked_on), years=rules.dbs_flag_years)


def _insurance(evidence: Evidence, **_: object) -> Iterator[Finding]:
    yield found("insured" if evidence.insured else "insurance")


def _supporter(evidence: Evidence, **_: object) -> Iterator[Finding]:
    practises = evidence.practice is not Practice.NONE
    yield found("practises_case_management" if practises else "no_practice")
    has_role = evidence.supporter_role is not SupporterRole.NONE
    yield found("role" if has_role else "supporter_role", role=evidence.supporter_role.value)


def _student(evidence: Evidence, **_: object) -> Iterator[Finding]:
    yield found(
        {
            StudentCourse.NONE: "course",
            StudentCourse.UNRELATED: "course_unrelated",
            StudentCourse.RELEVANT: "relevant_course",
        }[evidence.student_course]
    )
    practises = evidence.practice is not Practice.NONE
    yield found("refer:also_practising" if practises else "no_practice")


def _overseas(evidence: Evidence, **_: object) -> Iterator[Finding]:
    yield found(
        {
            Practice.OVERSEAS: "practice_overseas",
            Practice.UK: "practising_in_uk",
            Practice.NONE: "not_a_case_manager",
        }[evidence.practice]
    )


_Check = Callable[..., Iterator[Finding]]
_COMMON: tuple[_Check, ...] = (_practice_in_uk, _qualification, _registration)
_EVIDENCE: tuple[_Check, ...] = (_referees, _dbs, _insurance)

CRITERIA: Mapping[MembershipType, tuple[_Check, ...]] = {
    MembershipType.CASE_MANAGER: (*_COMMON, _experience, *_EVIDENCE),
    MembershipType.ASSOCIATE: (*_COMMON, *_EVIDENCE),
    MembershipType.SUPPORTER: (_supporter,),
    MembershipType.OVERSEAS: (_overseas,),
    MembershipType.STUDENT: (_student,),
}
