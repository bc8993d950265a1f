"""QR codes as plain geometry: one path that a template draws, without a style of its own."""

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from foundation.later import later

if TYPE_CHECKING:
    import segno
else:
    segno = later("segno")

QUIET_ZONE = 4
"""Light modules around a code, without which cameras do not find it (ISO/IEC 18004)."""


@dataclass(frozen=True)
class Code:
    """For partials/qr.html: the sides of the square in modules, and its dark modules."""

    side: int
    path: str


def code_of(text: str) -> Code:
    """The code of a text, readable with a seventh of it worn off (error correction M)."""
    rows = [tuple(bool(module) for module in row) for row in segno.make_qr(text, error="m").matrix]
    path = "".join(_runs(row, y) for y, row in enumerate(rows, start=QUIET_ZONE))
    return Code(len(rows) + 2 * QUIET_ZONE, path)


def _runs(row: tuple[bool, ...], y: int) -> str:
    """The dark modules of one row, each run of them as one rectangle."""
    drawn, x = [], QUIET_ZONE
    for dark, run in groupby(row):
        width = len(list(run))
        if dark:
            drawn.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(drawn)
