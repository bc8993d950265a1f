"""The postcode areas as dots on a map: how many members work there, and where each dot leads.

The dots keep their places as far as they can without hiding each other, like the circles of a
cartogram: London's eight would else be one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from directory.rounding import rounded

WIDTH, HEIGHT, EDGE = 420, 620, 14
RADIUS = 7
APART = 2 * RADIUS + 1
ROUNDS = 40
NORTH, WEST = 60.4, -8.4
PER_DEGREE = 54.0
ASPECT = cos(radians(54.5))
SHADES = (1, 5, 20, 50)  # from so many members on, a darker shade

Position = tuple[str, str, float, float]  # code, name, latitude, longitude


@dataclass(frozen=True)
class Dot:
    """One postcode area: what it is called, how many work there, and its place in the drawing."""

    code: str
    name: str
    number: int
    x: float
    y: float

    @property
    def shade(self) -> int:
        return sum(self.number >= least for least in SHADES)

    @property
    def words(self) -> str:
        return f"{self.name} ({self.code}): {rounded(self.number)}"


def dots(positions: tuple[Position, ...], counts: Mapping[str, int]) -> list[Dot]:
    """One dot for each place, shaded by the counts of its code."""
    placed = _apart(positions)
    return [
        Dot(code, name, counts.get(code, 0), *placed[code])
        for code, name, _latitude, _longitude in positions
    ]


def drawn(shown: list[Dot], address: str) -> SafeString:
    """The map as SVG; `address` is where a dot leads, before the code of its postcode area.

    It is a picture for the mouse: the list beside it says and leads to the same.
    """
    circles = "".join(_circle(dot, address) for dot in shown)
    return mark_safe(  # noqa: S308  # every word above is escaped
        f'<svg class="dot-map" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" '
        f'focusable="false">{circles}</svg>'
    )


def _circle(dot: Dot, address: str) -> str:
    circle = (
        f'<circle cx="{dot.x:.0f}" cy="{dot.y:.0f}" r="{RADIUS}" class="shade-{dot.shade}">'
        f"<title>{escape(dot.words)}</title></circle>"
    )
    if not dot.number:
        return circle
    return f'<a href="{escape(address)}{escape(dot.code)}" tabindex="-1">{circle}</a>'


@lru_cache(maxsize=4)
def _apart(positions: tuple[Position, ...]) -> dict[str, tuple[float, float]]:
    """Places in the drawing, pushed apart until hardly any two dots touch."""
    spots = [
        [(longitude - WEST) * PER_DEGREE * ASPECT + EDGE, (NORTH - latitude) * PER_DEGREE + EDGE]
        for _code, _name, latitude, longitude in positions
    ]
    for _round in range(ROUNDS):
        if not _push(spots):
            break
    return {
        position[0]: (min(WIDTH - EDGE, max(EDGE, x)), min(HEIGHT - EDGE, max(EDGE, y)))
        for position, (x, y) in zip(positions, spots, strict=True)
    }


def _push(spots: list[list[float]]) -> bool:
    """Move every two that touch half the way apart; whether any did."""
    touched = False
    for number, one in enumerate(spots):
        for other in spots[number + 1 :]:
            across, down = other[0] - one[0], other[1] - one[1]
            if abs(across) >= APART or abs(down) >= APART:
                continue
            away = hypot(across, down)
            if away < APART:
                touched = True
                _part(one, other, across or 0.5, down or 0.25, max(away, 0.5))
    return touched


def _part(one: list[float], other: list[float], across: float, down: float, away: float) -> None:
    step = (APART - away) / 2 / away
    one[0] -= across * step
    one[1] -= down * step
    other[0] += across * step
    other[1] += down * step
