"""What an applicant stated, part by part, in lines that can be read at a glance."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from foundation.dates import in_words
from membership.experience import gaps
from membership.facts import jobs_of
from membership.models import Application, Employment, Qualification, Referee, Registration
from membership.registers import BODIES, PROFESSIONS


def stated(application: Application, referees: Sequence[Referee]) -> Mapping[str, list[str]]:
    """Lines by the subjects of `subjects`; a subject without an answer has no lines."""
    person = application.person
    return {
        "practice": _lines(
            application.get_practice_display(),
            application.get_nation_display(),
            application.overseas_country,
        ),
        "qualification": [_qualification(one) for one in person.qualifications.all()],
        "registration": _registration_lines(application, list(person.registrations.all())),
        "experience": _experience(application, list(person.employments.all())),
        "references": [_referee(one) for one in referees if one.replaced_at is None],
        "dbs": _dbs(application),
        "insurance": ["Confirmed"] if application.indemnity_confirmed_at else [],
        "role": _lines(application.get_supporter_role_display()),
        "course": _course(application),
    }


def body_name(code: str) -> str:
    return BODIES[code].name if code in BODIES else code


def _lines(*answers: str) -> list[str]:
    return [answer for answer in answers if answer]


def _qualification(one: Qualification) -> str:
    kind = one.get_relation_display().partition(":")[0]
    return f"{one.title}, {one.awarding_body}, {one.year}. {one.get_level_display()}. {kind}."


def _registration_lines(application: Application, found: list[Registration]) -> list[str]:
    profession = PROFESSIONS.get(application.profession)
    lines = [f"Profession: {profession.label}"] if profession else []
    if application.vocational_only:
        lines.append("Works as a vocational case manager only")
    return lines + [
        f"Belongs to {body_name(one.body)}, an association"
        if one.is_association
        else f"{one.body}, number {one.number or 'not given'}"
        for one in found
    ]


def _experience(application: Application, jobs: list[Employment]) -> list[str]:
    """The jobs, and the longer times without any on the day of sending."""
    if application.submitted_at is None:
        return [_job(one) for one in jobs]
    free = gaps(jobs_of(jobs), on=timezone.localdate(application.submitted_at))
    return [_job(one) for one in jobs] + [
        f"No job named from {in_words(gap.from_on)} to {in_words(gap.until_on)}." for gap in free
    ]


def _job(job: Employment) -> str:
    until = in_words(job.ended_on) if job.ended_on else "today"
    hours = ""
    if job.total_hours is not None:
        hours = f", {job.total_hours:,} hours in all"
    elif job.hours_per_week is not None:
        hours = f", {job.hours_per_week.normalize():f} hours a week"
    counted = "" if job.is_case_management else ". Not case management"
    return f"{job.role}, {job.employer}, {in_words(job.started_on)} to {until}{hours}{counted}."


def _referee(referee: Referee) -> str:
    kind = referee.get_kind_display().partition(":")[0].lower()
    where = f", {referee.organisation}" if referee.organisation else ""
    job = f". Can speak about: {referee.job}" if referee.job else ""
    return f"{referee.name}, {referee.relationship}{where} ({kind}){job}"


def _dbs(application: Application) -> list[str]:
    if application.dbs_on is None:
        return []
    scheme = application.get_dbs_scheme_display() or "scheme not given"
    confirmed = "" if application.dbs_confirmed_at else ", not confirmed"
    return [f"{in_words(application.dbs_on)}, {scheme}{confirmed}"]


def _course(application: Application) -> list[str]:
    ends_on = application.course_ends_on
    until = f"Ends on {in_words(ends_on)}" if ends_on else ""
    related = application.get_course_relation_display()
    words = f"Relates to case management: {related.lower()}" if related else ""
    return _lines(application.course_title, application.course_provider, until, words)
