"""Once a week the office is told how many checks of members are due, if any are."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from foundation import letters
from foundation.links import absolute
from membership import assurances, watch


@dataclass(frozen=True)
class Due:
    """How many of each wait for the office."""

    registers: int
    over: int
    unseen: int

    @property
    def any(self) -> bool:
        return bool(self.registers or self.over or self.unseen)


def due(on: dt.date) -> Due:
    """Three queries, whatever waits."""
    return Due(
        registers=watch.due_for_check(on).count(),
        over=assurances.over(on).count(),
        unseen=assurances.unseen(on).count(),
    )


def tell_the_office(*, at: dt.datetime) -> bool:
    """The nightly sweep: one letter a week at most. True where it was written now."""
    on = timezone.localdate(at)
    year, week, _day = on.isocalendar()
    key, found = f"office_checks_due:{year}-{week:02d}", due(on)
    if not found.any or letters.is_queued(key):
        return False
    letters.to_office(
        "office_checks_due",
        key=key,
        at=at,
        registers=found.registers,
        over=found.over,
        unseen=found.unseen,
        url=absolute(reverse("admin:membership_watch")),
    )
    return True
