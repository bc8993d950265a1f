"""One line of what waits, as the office's first screen shows it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone

from foundation.dates import in_words
from foundation.look import Tone


@dataclass(frozen=True)
class Line:
    """One thing that waits: how many, since when, and where exactly these are listed."""

    count: int
    words: str
    url: str
    since: dt.date | None = None
    note: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Look:
    """Rows that are counted, the oldest of them named: what most lines are, told as data.

    `since` and `due_on` name the column of the moment that a row waits from, and of the day by
    which it is due; where there is such a day it makes the note and the tone.
    """

    found: Callable[[], QuerySet[Any]]
    words: tuple[str, str]
    listed_at: str
    chosen: str = ""
    since: str = ""
    due_on: str = ""
    note: str = ""
    tone: Tone = Tone.ACT

    def lines(self, today: dt.date) -> list[Line]:
        """One query."""
        columns = {"since": self.since, "due": self.due_on}
        oldest = {name: Min(column) for name, column in columns.items() if column}
        found = self.found().aggregate(count=Count("pk"), **oldest)
        due = found.get("due")
        is_late = due is not None and due < today
        return line(
            found["count"],
            self.words,
            reverse(self.listed_at) + self.chosen,
            since=day(found.get("since")),
            note=_next(due, is_late) if due else self.note,
            tone=Tone.STOP if is_late else self.tone,
        )


def line(
    count: int,
    words: tuple[str, str],
    url: str,
    *,
    since: dt.date | None = None,
    note: str = "",
    tone: Tone = Tone.PLAIN,
) -> list[Line]:
    """A line in the singular or the plural, or none."""
    one, several = words
    return [Line(count, one if count == 1 else several, url, since, note, tone)] if count else []


def day(since: dt.date | dt.datetime | None) -> dt.date | None:
    return timezone.localdate(since) if isinstance(since, dt.datetime) else since


def _next(due: dt.date, is_late: bool) -> str:
    return f"The next by {in_words(due)}{': overdue' if is_late else ''}."
