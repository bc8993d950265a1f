"""What a version of the rules moves, in counts: how many dates, which way, of which category."""

from collections.abc import Mapping
from dataclasses import dataclass

from foundation.look import Bar
from records.models import Redating
from records.retention_facts import Category
from records.retention_moves import FALLS_DUE, Move, add_up, how_many
from records.words import CATEGORIES

UNKNOWN = "Category not known"


@dataclass(frozen=True)
class Line:
    """The moves of one category."""

    category: str
    earlier: int
    later: int
    gains_end: int
    loses_end: int
    same: int
    falls_due: int


@dataclass(frozen=True)
class Moves:
    """A redating in counts; its lots say how far it has come."""

    lines: tuple[Line, ...]
    total: Line
    records: int
    lots: int
    done: int

    @property
    def moved(self) -> int:
        return self.records - self.total.same

    @property
    def bar(self) -> Bar:
        """How far the workers are."""
        records = "1 record" if self.records == 1 else f"{self.records:,} records"
        words = f"{self.done:,} of {self.lots:,} parts are done: {records}"
        return Bar("Every record is gone through", self.done, self.lots, words)


def of(redating: Redating) -> Moves:
    """One query; no record is looked at."""
    lots = list(redating.lots.values_list("done_at", "tally"))
    tally = add_up([tally for _done_at, tally in lots])
    lines = [_line(CATEGORIES[one], tally, one.value) for one in Category]
    lines.append(_line(UNKNOWN, tally, ""))
    return Moves(
        lines=tuple(lines),
        total=_total(lines),
        records=how_many(tally),
        lots=len(lots),
        done=sum(done_at is not None for done_at, _tally in lots),
    )


def _line(name: str, tally: Mapping[str, int], code: str) -> Line:
    def of(move: str) -> int:
        return tally.get(f"{code}:{move}", 0)

    return Line(
        category=name,
        earlier=of(Move.EARLIER),
        later=of(Move.LATER),
        gains_end=of(Move.GAINS_END),
        loses_end=of(Move.LOSES_END),
        same=of(Move.SAME),
        falls_due=of(FALLS_DUE),
    )


def _total(lines: list[Line]) -> Line:
    return Line(
        category="All",
        earlier=sum(line.earlier for line in lines),
        later=sum(line.later for line in lines),
        gains_end=sum(line.gains_end for line in lines),
        loses_end=sum(line.loses_end for line in lines),
        same=sum(line.same for line in lines),
        falls_due=sum(line.falls_due for line in lines),
    )
