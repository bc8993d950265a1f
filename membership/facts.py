"""Turns what is stored about an applicant into the plain facts that the rules judge."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from membership import evidence as facts
from membership import expertise, rules
from membership.eligibility import Assessment, assess
from membership.experience import Experience, Job, count
from membership.models import Application, Employment, Qualification, Referee, Registration
from membership.registers import BODIES, BodyKind
from membership.sameness import plain_address, plain_number
from membership.types import MembershipType

PASSES = ("diploma_4", "diploma_5", "foundation_degree", "degree", "postgraduate", "doctorate")
FAILS = ("level_3_other",)
WORTH = (
    facts.RegistrationStatus.REGISTERED,
    facts.RegistrationStatus.REMOVED,
    facts.RegistrationStatus.SUSPENDED,
    facts.RegistrationStatus.CONDITIONS,
    facts.RegistrationStatus.UNCHECKED,
    facts.RegistrationStatus.LAPSED,
)


def assess_application(application: Application, on: dt.date) -> Assessment:
    """Judge what is stored now by the rules in force; nothing is written."""
    return _assess(application, evidence_of(application, on), on)


def expertise_of(application: Application, on: dt.date) -> tuple[expertise.AreaFinding, ...]:
    """Which of the requested areas may be assigned as things stand."""
    known = evidence_of(application, on)
    return expertise.judge(known, _assess(application, known, on))


def _assess(application: Application, known: facts.Evidence, on: dt.date) -> Assessment:
    return assess(MembershipType(application.type), known, rules=rules.in_force(on=on), on=on)


def rules_version(on: dt.date) -> str:
    return rules.in_force(on=on).version


def evidence_of(application: Application, on: dt.date) -> facts.Evidence:
    """The facts of one application on a day."""
    person = application.person
    vocational_only = bool(application.vocational_only)
    best = _best_qualification(list(person.qualifications.all()), vocational_only=vocational_only)
    registration = _registration(application, on)
    experience = experience_of(list(person.employments.all()), on=on)
    return facts.Evidence(
        practice=facts.Practice(application.practice or "none"),
        qualification=facts.Qualification(best.level if best else "none"),
        qualification_related=facts.Related(best.relation if best else "no"),
        profession=application.profession,
        body=registration.body if registration else "",
        registration_number=registration.number if registration else "",
        registration_status=_status(registration, on),
        vocational_only=vocational_only,
        cm_months=experience.months,
        cm_hours=experience.hours,
        low_hours=experience.low_hours,
        referees=_referees(application),
        dbs_on=application.dbs_on if application.dbs_confirmed_at else None,
        insured=application.indemnity_confirmed_at is not None,
        student_course=facts.StudentCourse(application.course_relation),
        supporter_role=facts.SupporterRole(application.supporter_role),
        expertise_requested=_codes(application),
    )


def experience_of(employments: list[Employment], *, on: dt.date) -> Experience:
    """Months and hours of case management out of stored jobs, by the rules of the day."""
    few = rules.in_force(on=on).low_hours_a_week
    return count(jobs_of(employments), on=on, low_hours_a_week=few)


def jobs_of(employments: Iterable[Employment]) -> tuple[Job, ...]:
    """Stored jobs as plain facts."""
    return tuple(
        Job(
            started_on=one.started_on,
            ended_on=one.ended_on,
            case_management=one.is_case_management,
            hours_a_week=one.hours_per_week,
            total_hours=one.total_hours,
        )
        for one in employments
    )


def as_json(evidence: facts.Evidence) -> dict[str, Any]:
    """The facts in a form that can be kept beside the decision."""
    kept = dataclasses.asdict(evidence)
    kept["dbs_on"] = evidence.dbs_on.isoformat() if evidence.dbs_on else None
    return kept


def from_json(kept: Mapping[str, Any]) -> facts.Evidence:
    """The facts that `as_json` kept; what was not asked for then counts as not stated."""
    return facts.Evidence(**{name: _READ.get(name, _same)(kept[name]) for name in kept})


def _same(value: Any) -> Any:
    return value


_READ: Mapping[str, Callable[[Any], Any]] = {
    "practice": facts.Practice,
    "qualification": facts.Qualification,
    "qualification_related": facts.Related,
    "registration_status": facts.RegistrationStatus,
    "referees": lambda kinds: tuple(facts.Referee(kind) for kind in kinds),
    "dbs_on": lambda day: dt.date.fromisoformat(day) if day else None,
    "student_course": facts.StudentCourse,
    "supporter_role": facts.SupporterRole,
    "expertise_requested": tuple,
}


def _codes(application: Application) -> tuple[str, ...]:
    if application.pk is None:
        return ()
    return tuple(sorted(area.code for area in application.expertise_requested.all()))


def _best_qualification(
    stated: list[Qualification], *, vocational_only: bool
) -> Qualification | None:
    """The one that carries the applicant furthest: related, high enough, of the kind asked for.

    A clinical one goes before a vocational one, because only it opens clinical areas; for a
    vocational-only applicant it is the other way round.
    """
    first, second = ("vocational", "clinical") if vocational_only else ("clinical", "vocational")
    preference = {first: 2, second: 1}

    def worth(one: Qualification) -> tuple[bool, int, int, int]:
        reach = 2 if one.level in PASSES else 0 if one.level in FAILS else 1
        kind = preference.get(one.relation, 0)
        return (kind > 0, reach, kind, one.year)

    return max(stated, key=worth, default=None)


def _registration(application: Application, on: dt.date) -> Registration | None:
    """Of those for the stated profession, if any: a regulator's first, a current one before others.

    Without a current one, somebody who was removed is not helped by naming another register.
    """
    kinds = [BodyKind.STATUTORY, BodyKind.VOLUNTARY, BodyKind.ASSOCIATION]
    stated = application.person.registrations.all()
    known = [one for one in stated if one.body in BODIES]
    fitting = [one for one in known if one.profession == application.profession]

    def rank(one: Registration) -> tuple[int, int, int]:
        return (kinds.index(BODIES[one.body].kind), WORTH.index(_status(one, on)), one.pk)

    return min(fitting or known, key=rank, default=None)


def _status(registration: Registration | None, on: dt.date) -> facts.RegistrationStatus:
    """As the office saw it; a registration that has run out since is lapsed."""
    if registration is None:
        return facts.RegistrationStatus.UNCHECKED
    ran_out = registration.expires_on is not None and registration.expires_on < on
    if ran_out and registration.status == Registration.Status.REGISTERED:
        return facts.RegistrationStatus.LAPSED
    return facts.RegistrationStatus(registration.status)


def _referees(application: Application) -> tuple[facts.Referee, ...]:
    """Their kinds; the same person twice, or the applicant, is told by address and telephone."""
    named = [one for one in application.referees.all() if one.replaced_at is None]
    person = application.person
    own = _marks(person.email, person.phone) | _marks(person.work_email, person.work_phone)
    seen: set[str] = set()
    kinds = []
    for referee in sorted(named, key=lambda one: one.position):
        marks = _marks(referee.email, referee.phone)
        kinds.append(_kind(referee, is_self=bool(marks & own), is_known=bool(marks & seen)))
        seen |= marks
    return tuple(kinds)


def _marks(email: str, phone: object) -> set[str]:
    return {plain_address(email), plain_number(str(phone))} - {""}


def _kind(referee: Referee, *, is_self: bool, is_known: bool) -> facts.Referee:
    if is_self:
        return facts.Referee.SELF
    return facts.Referee.DUPLICATE if is_known else facts.Referee(referee.kind)
