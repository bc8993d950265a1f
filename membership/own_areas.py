"""What members read of their areas of expertise: assigned, waiting or refused, each with why."""

import datetime as dt
from functools import lru_cache
from typing import NamedTuple

from foundation.look import Task, Tone
from foundation.prepared import A_NUMBER, Prepared, Rows, blanks, prepare
from membership import facts
from membership.checks import ASSIGNING
from membership.expertise import AreaFinding, Support
from membership.models import Application, ExpertiseAssignment, Person
from membership.models.expertise import counts
from membership.on_file import OnFile

ASSIGNED = "Assigned"
PENDING = "Pending"
REFUSED = "Refused"
SUPPORTED = "Your evidence supports this area. The office has not assigned it yet."
RUN_OUT = "It counts again when the office has verified a current registration."
TAKEN_AWAY = "The office has taken this area away. Please write to the office to ask why."
WISHES = Application.expertise_requested.through
REQUESTED = Rows(A_NUMBER, lambda sent: WISHES.objects.filter(application=sent))


class Given(NamedTuple):
    """An area that was assigned, with the body of its registration."""

    code: str
    label: str
    body: str | None
    withdrawn_at: object
    counts: bool | None


def of(person: Person, on: dt.date, file: OnFile | None = None) -> tuple[Task, ...]:
    """Areas that count on a day, then those that wait, then those refused; each area once.

    What was asked for comes from the newest application that the office may still assign by.
    Whoever has read the person's file hands it in.
    """
    given = [Given(*row) for row in _ask_given(on).rows([person.pk])]
    held = {one.code: one for one in given if one.withdrawn_at is None}
    taken = {one.code for one in given} - set(held)
    lines = [_held(one) for one in held.values()]
    lines += [
        _asked(one, was_taken=one.area.code in taken)
        for one in _findings(file or OnFile(person), on, held=set(held))
        if one.area.code not in held
    ]
    order = (ASSIGNED, PENDING, REFUSED)
    return tuple(sorted(lines, key=lambda line: (order.index(line.status), line.name)))


@lru_cache(maxsize=8)
def _ask_given(on: dt.date) -> Prepared:
    """What was assigned to one person; the blank stands for them."""
    given = ExpertiseAssignment.objects.filter(person__in=blanks(1)).annotate(counts=counts(on))
    names = ("area_id", "area__label", "registration__body", "withdrawn_at", "counts")
    return prepare(given.values_list(*names))


def _findings(file: OnFile, on: dt.date, *, held: set[str]) -> tuple[AreaFinding, ...]:
    """Nothing is weighed where everything that was asked for is held."""
    sent = next((one for one in file.applications if one.state in ASSIGNING), None)
    if sent is None:
        return ()
    requested = {one.expertisearea_id for one in REQUESTED(sent.pk)}
    return () if requested <= held else facts.expertise_of(sent, on)


def _held(assignment: Given) -> Task:
    if not assignment.counts:
        return Task(assignment.label, "", PENDING, Tone.WAIT, RUN_OUT)
    body = assignment.body
    ground = f"By your registration with {body}." if body else ""
    return Task(assignment.label, "", ASSIGNED, Tone.GOOD, ground)


def _asked(finding: AreaFinding, *, was_taken: bool) -> Task:
    label = finding.area.label
    if was_taken:
        return Task(label, "", REFUSED, Tone.STOP, TAKEN_AWAY)
    if finding.support is Support.REFUSED:
        return Task(label, "", REFUSED, Tone.STOP, finding.reason)
    waits = finding.support is Support.PENDING
    return Task(label, "", PENDING, Tone.WAIT, finding.reason if waits else SUPPORTED)
