"""How long an application has waited for the office: working days, without the applicant's own.

The society promises a decision within ten working days. While it waits for the applicant, who was
asked for more or offered another type, the clock stands.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from foundation.calendar import add_working_days, working_days_between
from membership.models import Application

DECIDE_WITHIN = 10
"""Working days within which an applicant is promised a decision."""

Pause = tuple[dt.date, dt.date | None]


@dataclass(frozen=True)
class Clock:
    """`waited` is in working days; `due_on` moves on while the clock stands."""

    waited: int
    due_on: dt.date
    is_paused: bool

    @property
    def is_late(self) -> bool:
        return self.waited > DECIDE_WITHIN


def waiting() -> QuerySet[Application]:
    """What waits for the office, longest first, with what the clock needs. Three queries."""
    found = Application.objects.awaiting_decision().select_related("person")
    return found.prefetch_related("asked_items", "offers").order_by("submitted_at", "pk")


def of(application: Application, *, on: dt.date) -> Clock:
    """The clock of an application; a decision stops it for good. Raises ValueError for a draft."""
    if application.submitted_at is None:
        raise ValueError("The clock of an application starts when it is sent.")
    pauses = pauses_of(application)
    ends_at = application.decided_at
    day = timezone.localdate(ends_at) if ends_at else on
    since = timezone.localdate(application.submitted_at)
    paused = days_paused(pauses, on=day)
    return Clock(
        waited=working_days_between(since, day) - paused,
        due_on=add_working_days(since, DECIDE_WITHIN + paused),
        is_paused=any(end is None for _start, end in pauses),
    )


def pauses_of(application: Application) -> set[Pause]:
    """From which day to which it waited for the applicant; the items of one letter are one."""
    asked = [(one.asked_at, one.closed_at) for one in application.asked_items.all()]
    offered = [(one.offered_at, one.closed_at) for one in application.offers.all()]
    return {
        (timezone.localdate(start), timezone.localdate(end) if end else None)
        for start, end in (*asked, *offered)
    }


def days_paused(pauses: Iterable[Pause], *, on: dt.date) -> int:
    """Working days up to a day on which the clock stood; two pauses are never at once."""
    return sum(
        working_days_between(start, min(end or on, on)) for start, end in pauses if start <= on
    )
