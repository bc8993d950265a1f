"""What an applicant has answered, in words: for the check page and the lists of entries."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from foundation.look import Bar, Row
from membership import rules, steps
from membership.experience import Experience, gaps
from membership.facts import experience_of, jobs_of
from membership.known import Known
from membership.models import Application, Employment, Qualification
from membership.registers import BODIES, PROFESSIONS
from membership.types import MembershipType


@dataclass(frozen=True)
class Section:
    """The answers of one section; `is_done` is the applicant's word and ours."""

    step: steps.Step
    rows: list[Row]
    is_done: bool


@dataclass(frozen=True)
class Entry:
    """One entry of a list, with where to change and remove it."""

    pk: int
    title: str
    lines: tuple[str, ...]
    verdict: str = ""


@dataclass(frozen=True)
class Counted:
    """Months and hours so far, toward what a Case Manager needs."""

    experience: Experience
    bars: tuple[Bar, ...]
    words: str


def sections(known: Known, *, to_change: bool = True) -> list[Section]:
    """Every section with its answers; links to change them only while that can be done."""
    needed = steps.needed_by(known.application)
    return [_section(one, known, to_change and steps.may_change(one.key, known)) for one in needed]


def closed_sections(known: Known) -> list[Section]:
    """The sections that stay as they were sent, while the office asks about others."""
    needed = steps.needed_by(known.application)
    closed = [one for one in needed if not steps.may_change(one.key, known)]
    return [_section(one, known, False) for one in closed]


def entries(key: str, known: Known, *, on: dt.date) -> list[Entry]:
    """The entries of a list; jobs with whether and how they count."""
    if key == "qualifications":
        return [_qualification(one) for one in known.qualifications]
    counted = experience_of(list(known.employments), on=on)
    return [
        _employment(one, verdict.reason)
        for one, verdict in zip(known.employments, counted.jobs, strict=True)
    ]


def experience(known: Known, *, on: dt.date) -> Counted:
    """Months and hours of case management, each toward its own mark. One query."""
    needed = rules.in_force(on=on)
    so_far = experience_of(list(known.employments), on=on)
    months, hours = so_far.months, so_far.hours
    enough = months >= needed.months or hours >= needed.hours
    verdict = "That meets" if enough else "A Case Manager needs"
    return Counted(
        experience=so_far,
        bars=(
            Bar.toward("Months", months, needed.months),
            Bar.toward("Hours", hours, needed.hours),
        ),
        words=(
            f"{months} months and {hours:,} hours of case management, overlaps counted once. "
            f"{verdict} {needed.months} months or {needed.hours:,} hours."
        ),
    )


def gaps_in(known: Known, *, on: dt.date) -> list[str]:
    """The longer times without a job of any kind, each in words."""
    return [
        f"{day(gap.from_on)} to {day(gap.until_on)}"
        for gap in gaps(jobs_of(known.employments), on=on)
    ]


def day(date: dt.date | None) -> str:
    return f"{date.day} {date:%B %Y}" if date is not None else ""


def _section(step: steps.Step, known: Known, to_change: bool) -> Section:
    rows = _ROWS[step.key](known)
    return Section(step, rows if to_change else without_links(rows), step.is_done(known))


def _qualification(one: Qualification) -> Entry:
    lines = (
        f"{one.awarding_body}, {one.year}",
        f"{one.get_level_display()}. {one.get_relation_display()}.",
    )
    return Entry(one.pk, one.title, lines)


def _employment(one: Employment, verdict: str = "") -> Entry:
    until = day(one.ended_on) if one.ended_on else "now"
    lines = [f"{day(one.started_on)} to {until}"]
    if one.total_hours is not None:
        lines.append(f"{one.total_hours:,} hours in all")
    elif one.hours_per_week is not None:
        lines.append(f"{one.hours_per_week.normalize():f} hours a week")
    return Entry(one.pk, f"{one.role}, {one.employer}", tuple(lines), verdict)


def without_links(rows: list[Row]) -> list[Row]:
    """For answers that are shown and cannot be changed."""
    return [replace(row, change_url="") for row in rows]


def _rows(path: str, *pairs: tuple[str, str]) -> list[Row]:
    return [Row(key, value, f"{path}?next=check") for key, value in pairs]


def _type(known: Known) -> list[Row]:
    application = known.application
    return _rows("/apply/type/", ("Membership type", _label(application)))


def _label(application: Application) -> str:
    return MembershipType(application.type).label if application.type else ""


def _home(known: Known) -> list[Row]:
    person = known.person
    address = (person.address_line_1, person.address_line_2, person.town, person.postcode)
    return [
        *_rows("/apply/home/", ("Name", person.name)),
        Row("E-mail address", person.email),
        *_rows(
            "/apply/home/",
            ("Telephone", str(person.phone or "")),
            ("Home address", "\n".join(filter(None, (*address, person.country)))),
        ),
    ]


def _work(known: Known) -> list[Row]:
    person = known.person
    return _rows(
        "/apply/work/",
        ("Organisation", person.work_organisation),
        ("Job title", person.work_role),
        ("Work e-mail address", person.work_email),
        ("Work telephone", str(person.work_phone or "")),
        ("Work postcode", person.work_postcode),
    )


def _practice(known: Known) -> list[Row]:
    application = known.application
    pairs = [("Where you practise", application.get_practice_display())]
    if application.practice == Application.Practice.UK:
        pairs.append(("Nation", application.get_nation_display()))
    return _rows("/apply/practice/", *pairs)


def _route(known: Known) -> list[Row]:
    words = {None: "", True: "No, vocational only", False: "Yes"}
    value = words[known.application.vocational_only]
    return _rows("/apply/route/", ("Clinical qualification and registered body", value))


def _qualifications(known: Known) -> list[Row]:
    written = [_qualification(one) for one in known.qualifications]
    rows = _listed("/apply/qualifications/", "Qualifications", written)
    return [*rows, _files("qualifications", known)]


def _history(known: Known) -> list[Row]:
    written = [_employment(one) for one in known.employments]
    return _listed("/apply/history/", "Jobs", written)


def _listed(path: str, name: str, written: list[Entry]) -> list[Row]:
    if not written:
        return _rows(path, (name, ""))
    return _rows(path, *((one.title, "\n".join(one.lines)) for one in written))


def _registration(known: Known) -> list[Row]:
    stated = known.registration
    profession = PROFESSIONS.get(known.application.profession)
    associations = "\n".join(BODIES[one.body].name for one in known.associations)
    return _rows(
        "/apply/registration/",
        ("Profession", profession.label if profession else ""),
        ("Registered body", BODIES[stated.body].name if stated else ""),
        ("Registration number", stated.number if stated else ""),
        ("Professional associations", associations or "None stated"),
    )


def _referees(known: Known) -> list[Row]:
    named = ((f"Referee {place}", _referee(known, place)) for place in steps.REFEREES)
    return _rows("/apply/referees/", *named)


def _referee(known: Known, position: int) -> str:
    one = known.referee_at(position)
    if one is None:
        return ""
    jobs = [f"Your work as {job}" for job in known.employments if job.pk == one.job_id]
    lines = (one.name, one.get_kind_display(), one.relationship, one.organisation, *jobs, one.email)
    return "\n".join(filter(None, lines))


def _dbs(known: Known) -> list[Row]:
    application = known.application
    return _rows(
        "/apply/dbs/",
        ("Date of your most recent check", day(application.dbs_on)),
        ("Scheme", application.get_dbs_scheme_display()),
        ("Confirmed", "Yes" if application.dbs_confirmed_at else ""),
    )


def _indemnity(known: Known) -> list[Row]:
    confirmed = "Confirmed" if known.application.indemnity_confirmed_at else ""
    rows = _rows(
        "/apply/indemnity/",
        ("Professional indemnity insurance", confirmed),
        ("Last day of your insurance", day(known.application.indemnity_ends_on) or "Not given"),
    )
    return [*rows, _files("indemnity", known)]


def _files(section: str, known: Known) -> Row:
    names = "\n".join(one.name for one in known.files_for(section))
    return Row("Files (optional)", names or "None added", f"/apply/{section}/files/?next=check")


def _expertise(known: Known) -> list[Row]:
    nothing = "None asked for" if "expertise" in known.application.sections_done else ""
    labels = "\n".join(area.label for area in known.areas) or nothing
    return _rows("/apply/expertise/", ("Areas you ask for", labels))


def _supporter(known: Known) -> list[Row]:
    return _rows("/apply/supporter/", ("Role", known.application.get_supporter_role_display()))


def _overseas(known: Known) -> list[Row]:
    application = known.application
    accepted = "Accepted" if application.overseas_accepted_at else ""
    return _rows(
        "/apply/overseas/",
        ("Country", application.overseas_country),
        ("Sentence about practice abroad", accepted),
    )


def _course(known: Known) -> list[Row]:
    application = known.application
    return _rows(
        "/apply/course/",
        ("Course", application.course_title),
        ("Where you study", application.course_provider),
        ("It ends on", day(application.course_ends_on)),
        ("Relevant to case management", application.get_course_relation_display()),
    )


_ROWS: dict[str, Callable[[Known], list[Row]]] = {
    "type": _type,
    "home": _home,
    "work": _work,
    "practice": _practice,
    "route": _route,
    "qualifications": _qualifications,
    "registration": _registration,
    "history": _history,
    "referees": _referees,
    "dbs": _dbs,
    "indemnity": _indemnity,
    "expertise": _expertise,
    "supporter": _supporter,
    "overseas": _overseas,
    "course": _course,
}
