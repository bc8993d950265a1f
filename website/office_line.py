"""One thing that waits, as the office's first screen lists it."""

import datetime as dt
from dataclasses import dataclass

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


def line_of(
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
