"""Places the candidate dates of a record on a line of years, for a picture drawn by a template."""

import datetime as dt
from dataclasses import dataclass

from foundation.dates import in_words
from records.retention import Indefinite, Retention

WIDTH = 480
TOP = 26
ROW = 38
MOST_TICKS = 7
FOOT = 24
EDGE = 30
"""Room for half a word or a year's figures on either side, so that none is cut off."""


@dataclass(frozen=True)
class Bar:
    """One rule's period: a bar from the left to its last day."""

    y: int
    width: float
    words: str
    governs: bool


@dataclass(frozen=True)
class Tick:
    """The start of a year."""

    x: float
    year: int


@dataclass(frozen=True)
class Chart:
    """Sizes are in the units of the picture's viewBox."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today_x: float
    today_words_x: float
    words: str


def chart(result: Retention, *, starts_on: dt.date, today: dt.date) -> Chart | None:
    """The picture of an answer; none where there is no period to draw."""
    if not result.candidates:
        return None
    last = max(result.candidates[-1].until, today)
    scale = _Scale(starts_on, last + (last - starts_on) / 20)
    bars = _bars(result, scale)
    return Chart(
        width=WIDTH,
        height=TOP + ROW * len(bars) + FOOT,
        bars=bars,
        ticks=_ticks(scale),
        today_x=scale.x(today),
        today_words_x=min(max(scale.x(today), EDGE), WIDTH - EDGE),
        words=f"Periods from {in_words(starts_on)}. A broken line marks today.",
    )


@dataclass(frozen=True)
class _Scale:
    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        days = max((self.last - self.first).days, 1)
        return round(WIDTH * (day - self.first).days / days, 1)


def _bars(result: Retention, scale: _Scale) -> tuple[Bar, ...]:
    rows = [
        (
            scale.x(each.until),
            f"{each.rule.code}: {in_words(each.until)}",
            result.is_governed_by(each),
        )
        for each in result.candidates
    ]
    if isinstance(result.retain_until, Indefinite):
        rows.append((float(WIDTH), f"{result.rule.code}: no end date", True))
    return tuple(
        Bar(TOP + ROW * number, max(width, 2.0), f"{words}, governs" if governs else words, governs)
        for number, (width, words, governs) in enumerate(rows)
    )


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    years = range(scale.first.year + 1, scale.last.year + 1)
    step = len(years) // MOST_TICKS + 1
    ticks = [Tick(scale.x(dt.date(year, 1, 1)), year) for year in years[::step]]
    return tuple(tick for tick in ticks if EDGE <= tick.x <= WIDTH - EDGE)
