"""Draws the dotted map of the home page, static/uk-dots.svg, from the positions of the directory.

python3 -m tools.dotted_map
"""

import csv
from collections.abc import Iterator
from math import cos, hypot, radians, sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "directory" / "data" / "outcodes.csv"
DRAWING = ROOT / "static" / "uk-dots.svg"
STEP = 21.0
"""Kilometres from one dot to the next in its row."""
DOT = 13
NORTH, WEST, KM_PER_DEGREE = 60.9, -8.4, 111.2
ASPECT = cos(radians(54.5))
WIDTH, HEIGHT = 760, 1250
WIDEST = 40.0
"""No district stands for more kilometres around it than so many: the rest of it may be sea."""
ELSEWHERE = ("JE", "GY", "IM", "ZE")
"""The islands that would make the picture small."""

District = tuple[float, float, float]  # kilometres east, kilometres south, radius


def drawn() -> str:
    """The drawing as SVG: all dots in one path, so that it is small."""
    across, down = zip(*dots(), strict=True)
    left, top = min(across) - DOT, min(down) - DOT
    right, foot = max(across) + DOT, max(down) + DOT
    path = "".join(f"M{x - left} {y - top}h0" for x, y in zip(across, down, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {right - left} {foot - top}">'
        f'<path d="{path}" fill="none" stroke="#0b5c66" stroke-width="{DOT}" '
        f'stroke-linecap="round"/></svg>\n'
    )


def dots() -> list[tuple[int, int]]:
    """Points of a lattice near which people live, in kilometres from the north-west corner."""
    near = districts()
    return [(round(x), round(y)) for x, y in _lattice() if _is_land(x, y, near)]


def districts() -> list[District]:
    """The postcode districts of the United Kingdom, in kilometres from its north-west corner."""
    with SOURCE.open(newline="", encoding="utf-8") as file:
        return [
            (
                (float(row["longitude"]) - WEST) * KM_PER_DEGREE * ASPECT,
                (NORTH - float(row["latitude"])) * KM_PER_DEGREE,
                min(float(row["radius_km"]), WIDEST),
            )
            for row in csv.DictReader(file)
            if any(map(str.isdigit, row["code"])) and not row["code"].startswith(ELSEWHERE)
        ]


def _lattice() -> Iterator[tuple[float, float]]:
    """Points of equilateral triangles, row after row."""
    down = STEP * sqrt(3) / 2
    for row in range(int(HEIGHT / down)):
        for column in range(int(WIDTH / STEP)):
            yield column * STEP + row % 2 * STEP / 2, row * down


def _is_land(x: float, y: float, near: list[District]) -> bool:
    return any(hypot(east - x, south - y) < max(0.62 * STEP, 0.8 * r) for east, south, r in near)


if __name__ == "__main__":
    DRAWING.write_text(drawn(), encoding="utf-8")
