"""What the review page shows of one application, gathered in one place."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from foundation import history
from foundation.look import Status
from membership import facts
from membership.admin import next_step
from membership.admin.stated import body_name, stated
from membership.admin.subjects import Subject, by_subject, office_words
from membership.eligibility import Assessment, Outcome
from membership.expertise import Support
from membership.lifecycle import Price, price_of
from membership.lines import Line, open_lines
from membership.models import Application, Referee, Registration, User
from membership.registers import BODIES

OUTCOMES = {
    Outcome.ELIGIBLE: "Every criterion is met",
    Outcome.REFER: "Met as far as the rules can tell; some of it is for you to judge",
    Outcome.INCOMPLETE: "Something is missing",
    Outcome.NOT_ELIGIBLE: "A criterion is not met",
}
LATEST = 30


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
class HistoryLine:
    at: dt.datetime
    who: str
    verb: str
    text: str


@dataclass(frozen=True)
class Panel:
    """Everything about one application that the office decides by."""

    assessment: Assessment
    outcome_words: str
    subjects: tuple[Subject, ...]
    registers: list[RegisterLine]
    referees: list[Referee]
    takes_references: bool
    expertise: list[ExpertiseLine]
    open_lines: list[Line]
    fee: Price | None
    status: Status

    @property
    def assignable(self) -> int:
        """How many areas one press could assign."""
        return sum(line.may_be_assigned for line in self.expertise)


def review_panel(application: Application, today: dt.date) -> Panel:
    """The findings with what the office has checked; once decided, as of the day of decision."""
    decided_at = application.decided_at
    on = timezone.localdate(decided_at) if decided_at else today
    assessment = facts.assess_application(application, on)
    referees = list(
        application.referees.select_related("recorded_by", "job").order_by("position", "pk")
    )
    found = [] if decided_at else open_lines(application, on)
    fee = price_of(application, on=on)
    return Panel(
        assessment=assessment,
        outcome_words=OUTCOMES[assessment.outcome],
        subjects=by_subject(assessment.findings, stated(application, referees)),
        registers=_registers(application),
        referees=referees,
        takes_references=application.state in application.TAKES_REFERENCES,
        expertise=_expertise(application, on),
        open_lines=[_for_the_office(line) for line in found],
        fee=fee,
        status=next_step.status(application, is_open=bool(found), fee=fee),
    )


def _for_the_office(line: Line) -> Line:
    """What is for the office to judge is said to the office."""
    return replace(line, words=office_words(line.code, line.words))


def latest_events(application: Application) -> list[HistoryLine]:
    """What happened, newest first, with the names of those who did it."""
    events = list(history.of(application.person.history_key)[:LATEST])
    person = application.person
    names = _names([event.actor for event in events])
    if person.user_id and person.name:
        names[f"user {person.user_id}"] = person.name
    return [
        HistoryLine(event.at, names.get(event.actor, event.actor), event.verb, event.text)
        for event in events
    ]


def _names(actors: Sequence[str]) -> dict[str, str]:
    """History keeps no names, so that they can be erased: they are looked up to be shown."""
    numbers = {actor.removeprefix("user ") for actor in actors}
    known = User.objects.filter(pk__in=[number for number in numbers if number.isdigit()])
    return {history.actor(user): str(user) for user in known}


def _registers(application: Application) -> list[RegisterLine]:
    found = application.person.registrations.select_related("checked_by")
    return [
        RegisterLine(
            registration=one,
            body_name=body_name(one.body),
            url=BODIES[one.body].website if one.body in BODIES else "",
        )
        for one in found
        if not one.is_association
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
