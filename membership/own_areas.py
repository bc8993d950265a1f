"""What members read of their areas of expertise: assigned, waiting or refused, each with why."""

import datetime as dt

from django.db.models import Exists, OuterRef

from foundation.look import Task, Tone
from membership import facts
from membership.checks import ASSIGNING
from membership.expertise import AreaFinding, Support
from membership.models import ExpertiseAssignment, Person

ASSIGNED = "Assigned"
PENDING = "Pending"
REFUSED = "Refused"
SUPPORTED = "Your evidence supports this area. The office has not assigned it yet."
RUN_OUT = "It counts again when the office has verified a current registration."
TAKEN_AWAY = "The office has taken this area away. Please write to the office to ask why."


def of(person: Person, on: dt.date) -> tuple[Task, ...]:
    """Areas that count on a day, then those that wait, then those refused; each area once.

    What was asked for comes from the newest application that the office may still assign by.
    """
    current = ExpertiseAssignment.objects.current(on).filter(pk=OuterRef("pk"))
    given = person.assignments.select_related("area", "registration").annotate(
        counts=Exists(current)
    )
    held = {one.area_id: one for one in given if one.withdrawn_at is None}
    taken = {one.area_id for one in given} - set(held)
    lines = [_held(one, counts=one.counts) for one in held.values()]
    lines += [
        _asked(one, was_taken=one.area.code in taken)
        for one in _findings(person, on, held=set(held))
        if one.area.code not in held
    ]
    order = (ASSIGNED, PENDING, REFUSED)
    return tuple(sorted(lines, key=lambda line: (order.index(line.status), line.name)))


def _findings(person: Person, on: dt.date, *, held: set[str]) -> tuple[AreaFinding, ...]:
    """Nothing is weighed where everything that was asked for is held."""
    sent = person.applications.filter(state__in=ASSIGNING).order_by("-started_at", "-pk").first()
    if sent is None:
        return ()
    requested = set(sent.expertise_requested.order_by().values_list("code", flat=True))
    return () if requested <= held else facts.expertise_of(sent, on)


def _held(assignment: ExpertiseAssignment, *, counts: bool) -> Task:
    label = assignment.area.label
    if not counts:
        return Task(label, "", PENDING, Tone.WAIT, RUN_OUT)
    registration = assignment.registration
    ground = f"By your registration with {registration.body}." if registration else ""
    return Task(label, "", ASSIGNED, Tone.GOOD, ground)


def _asked(finding: AreaFinding, *, was_taken: bool) -> Task:
    label = finding.area.label
    if was_taken:
        return Task(label, "", REFUSED, Tone.STOP, TAKEN_AWAY)
    if finding.support is Support.REFUSED:
        return Task(label, "", REFUSED, Tone.STOP, finding.reason)
    waits = finding.support is Support.PENDING
    return Task(label, "", PENDING, Tone.WAIT, finding.reason if waits else SUPPORTED)
