"""Text in pieces of one typeface and one direction each, in the order in which the eye meets them.

Our papers run from left to right. Words of scripts that run the other way are turned around
together, with what stands between them: the part of the bidirectional algorithm (Unicode, annex 9)
that names and sentences on a paper need.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from foundation.papers import fonts

MARKS = ("Mn", "Mc", "Me")
JOINERS = re.compile("[\u200c-\u200f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What says how to draw the sign before it, and is nothing by itself."""
TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
BETWEEN_ANY_TWO = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese and Japanese are broken between any two signs."""
UNITS = re.compile(f"[ ]+|[{BETWEEN_ANY_TWO}]|[^ {BETWEEN_ANY_TWO}]+")


@dataclass(frozen=True)
class Piece:
    """Signs that one typeface prints in one go."""

    text: str
    face: str

    @property
    def runs_left(self) -> bool:
        return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in self.text)

    @property
    def runs_right(self) -> bool:
        return any(unicodedata.bidirectional(sign) == "L" for sign in self.text)

    @property
    def is_number(self) -> bool:
        return not self.runs_right and any(map(str.isdigit, self.text))


def units(text: str) -> list[str]:
    """What a line is filled with, one after the other: words, spaces, single Chinese signs."""
    return UNITS.findall(text)


def pieces(text: str, *, bold: bool = False) -> list[Piece]:
    """A text by typeface; a sign that none has as its number."""
    told = list(_told(text))
    found = [
        Piece("".join(sign for sign, _face in group), face)
        for face, group in groupby(told, key=lambda one: one[1])
    ]
    own = fonts.BOLD if bold else fonts.REGULAR
    return [Piece(one.text, own) if one.face == fonts.REGULAR else one for one in found]


def is_whole(text: str) -> bool:
    """Whether every sign prints as itself."""
    return all(
        sign == "\n" or JOINERS.match(sign) or fonts.face_of(sign) for sign in fonts.tidied(text)
    )


def _told(text: str) -> Iterator[tuple[str, str]]:
    """Each sign with its typeface; marks and joiners go with the sign before them."""
    last = fonts.REGULAR
    for sign in text:
        is_other = last != fonts.REGULAR
        if _belongs_to_the_last(sign) and is_other and fonts.has(last, sign):
            yield sign, last
        elif not JOINERS.match(sign):
            face = fonts.face_of(sign)
            last = face or fonts.REGULAR
            yield (sign if face else fonts.number(sign)), last


def _belongs_to_the_last(sign: str) -> bool:
    is_mark = unicodedata.category(sign) in MARKS
    return bool(is_mark or JOINERS.match(sign) or TONES.match(sign))


def as_seen(line: list[Piece]) -> list[Piece]:
    """One line from left to right, with the runs of the other direction turned around."""
    seen: list[Piece] = []
    at = 0
    while at < len(line):
        end = _end_of_run(line, at) if line[at].runs_left else at
        seen += _turned(line[at : end + 1]) if end > at else [line[at]]
        at = end + 1
    return seen


def _end_of_run(line: list[Piece], begin: int) -> int:
    """The last piece that runs with the one at `begin`: none beyond what runs to the right."""
    end = begin
    for at in range(begin + 1, len(line)):
        if line[at].runs_right:
            break
        if line[at].runs_left or line[at].is_number:
            end = at
    return end


def _turned(run: list[Piece]) -> list[Piece]:
    """Word by word from the right; the signs of a word are turned by its own typeface."""
    parts = [Piece(unit, one.face) for one in run for unit in units(one.text)]
    return parts[::-1]


def lines(text: str, *, room: float, width_of: Callable[[str], float]) -> list[str]:
    """The text in lines that fit; a word that is wider than the room is cut."""
    return [
        line
        for paragraph in text.split("\n")
        for line in _filled(_that_fit(paragraph, room, width_of), room)
    ]


def _that_fit(
    paragraph: str, room: float, width_of: Callable[[str], float]
) -> Iterator[tuple[str, float]]:
    """What lines are filled with, each with its width."""
    for unit in units(paragraph):
        wide = width_of(unit)
        for part in unit if wide > room else [unit]:
            yield part, wide if part is unit else width_of(part)


def _filled(parts: Iterable[tuple[str, float]], room: float) -> list[str]:
    made, taken = [""], 0.0
    for part, wide in parts:
        if taken + wide > room and not part.isspace():
            made.append("")
            taken = 0.0
        made[-1] += part
        taken += wide
    return [line.rstrip() for line in made]
