"""Writes to the office when a scheduled job did not run: silence is no good news.

The hourly sweep sees every job that stopped but itself. Where nothing at all runs any more, only
somebody outside can say so: the command `check_jobs`, started by the machine's own timer.
"""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from foundation import letters, sweeps
from foundation.links import absolute
from foundation.models import Letter
from foundation.sweeps import Missed


def missed(*, at: dt.datetime) -> list[Missed]:
    return sweeps.missed(settings.CELERY_BEAT_SCHEDULE, at=at)


def sound(found: list[Missed], *, at: dt.datetime) -> Letter | None:
    """Write one letter a day while any job is missed; the day's letter, none if all is well."""
    if not found:
        return None
    return letters.to_office(
        "office_jobs_missed",
        key=f"jobs missed {timezone.localdate(at)}",
        at=at,
        missed=found,
        url=absolute(reverse("admin:foundation_sweeprun_changelist")),
    )
