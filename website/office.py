"""The office's first screen: what waits in every room, what waits longest first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from foundation.look import Bar
from membership import clock
from membership.clock import DECIDE_WITHIN
from membership.models import Application, User
from website import queue_picture, waiting, waiting_desk
from website.members_picture import Picture as MembersPicture
from website.members_picture import picture as members_by_month
from website.queue_picture import Picture
from website.waiting import Waiting
from website.waiting_line import Line

FIRST = 5
"""How many of the applications that wait longest are listed by name."""
AGES = ((0, 2), (3, 5), (6, DECIDE_WITHIN))
"""How the queue is told in words: first and last working day of each part; the last is later."""


@dataclass(frozen=True)
class Home:
    """What somebody of the office sees first; the queue is there for who may see applications."""

    lines: tuple[Line, ...]
    first: tuple[Waiting, ...] = ()
    queue: tuple[Bar, ...] = ()
    picture: Picture | None = None
    members: MembersPicture | None = None


def home(user: User, *, at: dt.datetime) -> Home:
    """What waits, as far as the person may see it. Thirty-two queries, whatever waits."""
    today = timezone.localdate(at)
    found = [line for may, look in waiting.LOOKS if user.has_perm(may) for line in look(today)]
    if user.has_perm("foundation.view_sweeprun"):
        found += waiting.jobs(at)
    if user.has_perm("website.view_callbackrequest"):
        found += waiting_desk.calls(at)
    members = members_by_month(today) if user.has_perm("membership.view_membership") else None
    if not user.has_perm("membership.view_application"):
        return Home(_in_order(found, today), members=members)
    queued = [_waiting(one, today) for one in clock.waiting()]
    ages = [one.clock.waited for one in queued]
    return Home(
        lines=_in_order(found + waiting.decisions(queued), today),
        first=tuple(queued[:FIRST]),
        queue=tuple(queue_by_age(ages)),
        picture=queue_picture.draw(ages, limit=DECIDE_WITHIN),
        members=members,
    )


def _in_order(lines: list[Line], today: dt.date) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.since or today))


def _waiting(application: Application, today: dt.date) -> Waiting:
    url = reverse("admin:application_review", args=[application.pk])
    return Waiting(application, clock.of(application, on=today), url)


def queue_by_age(ages: Iterable[int]) -> list[Bar]:
    """How many wait how long, in working days; nothing when nobody waits."""
    ages = list(ages)
    if not ages:
        return []
    counts = [
        (f"{first} to {last} working days", sum(first <= age <= last for age in ages))
        for first, last in AGES
    ]
    counts.append((f"Over {DECIDE_WITHIN} working days", sum(age > DECIDE_WITHIN for age in ages)))
    return [Bar(name, count, len(ages), f"{count} of {len(ages)}") for name, count in counts]
