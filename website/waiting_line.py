"""One line of what waits, as the office's first screen shows it."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

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


def day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None
