"""Whether the scheduled jobs run: each leaves a mark when it ends, and is missed when it does not.

A job is missed once twice the time between two of its runs has passed since it last ended well. One
that has never ended is counted from the day on which any job was first heard of.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from foundation.models import SweepRun

TOO_LATE = 2
A_DAY, A_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
WEEKDAYS = 7

Schedule = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Missed:
    """A job that did not run: its name, when it last ended well, and whether it broke off since."""

    name: str
    since: dt.datetime | None
    is_broken: bool


def finished(name: str, *, at: dt.datetime) -> None:
    """The job ended well."""
    SweepRun.objects.update_or_create(
        name=name,
        defaults={"finished_at": at},
        create_defaults={"finished_at": at, "first_at": at},
    )


def failed(name: str, *, at: dt.datetime) -> None:
    """The job broke off."""
    SweepRun.objects.update_or_create(
        name=name,
        defaults={"failed_at": at},
        create_defaults={"failed_at": at, "first_at": at},
    )


def missed(schedule: Schedule, *, at: dt.datetime) -> list[Missed]:
    """The jobs of a Celery schedule that are overdue, in its order. One query."""
    runs = {run.name: run for run in SweepRun.objects.all()}
    start = min((run.first_at for run in runs.values()), default=None)
    found = []
    for name, entry in schedule.items():
        run = runs.get(entry["task"])
        since = run.finished_at if run else None
        last = since or start
        if last is None or at - last > TOO_LATE * interval_of(entry["schedule"]):
            is_broken = bool(run and run.failed_at and (since is None or run.failed_at > since))
            found.append(Missed(name, since, is_broken))
    return found


def last_finished() -> dt.datetime | None:
    """When any job last ended well."""
    last: dt.datetime | None = SweepRun.objects.aggregate(last=Max("finished_at"))["last"]
    return last


def interval_of(schedule: Any) -> dt.timedelta:
    """The usual time between two runs, of seconds or of a crontab by hours and days of the week."""
    if isinstance(schedule, int | float):
        return dt.timedelta(seconds=schedule)
    runs_a_day = len(schedule.hour) * len(schedule.minute)
    weekdays = len(schedule.day_of_week)
    return A_WEEK / weekdays if weekdays < WEEKDAYS else A_DAY / runs_a_day
