"""Unmet demand for the board: where and for what nobody was found, as bars and in words."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum

from directory.models import Unmet
from directory.vocabulary import Vocabulary
from foundation.dates import add_months

MONTHS = 12
MOST = 20
WIDTH, HEIGHT = 600, 28


@dataclass(frozen=True)
class Bar:
    """One mixture of filters: its words, how often it found nobody, its place in the picture."""

    words: str
    times: int
    y: int
    width: int


def demand(words: Vocabulary, *, on: dt.date) -> list[Bar]:
    """The searches of twelve months that found nobody most often. One query."""
    since = add_months(on.replace(day=1), 1 - MONTHS)
    rows = list(
        Unmet.objects.filter(month__gte=since)
        .values("area", "expertise")
        .annotate(all=Sum("times"))
        .order_by("-all", "area", "expertise")[:MOST]
    )
    most = max((row["all"] for row in rows), default=1)
    return [
        Bar(
            f"{_area(row['area'], words)}, {_expertise(row['expertise'], words)}",
            row["all"],
            number * HEIGHT,
            max(2, WIDTH * row["all"] // most),
        )
        for number, row in enumerate(rows)
    ]


def _area(code: str, words: Vocabulary) -> str:
    return words.label(code) if code else "Anywhere"


def _expertise(codes: str, words: Vocabulary) -> str:
    return " and ".join(words.label(code) for code in codes.split()) or "any expertise"
