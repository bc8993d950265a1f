"""How the cost of a search grows with the directory, drawn from what was measured."""

from collections import defaultdict
from html import escape
from math import log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 680, 340, 50, 240, 20, 40
MARKED = ", processor time"
COLOURS = ("#0b5c66", "#b3541e", "#5b3a8c", "#3a7d2c", "#8a1c4a", "#555555")
Lines = dict[str, list[tuple[int, float]]]


def drawn(results: list[dict]) -> str:
    """Times of a bare page, by how many are listed; PostgreSQL and SQLite where both are there."""
    lines = _lines(results)
    sizes = sorted({size for points in lines.values() for size, _ratio in points})
    most = max((ratio for points in lines.values() for _size, ratio in points), default=1)
    top = max(6, int(most) + 1)
    parts = [_axis(sizes, top)]
    for number, (name, points) in enumerate(sorted(lines.items())):
        parts.append(_line(name, points, number, sizes, top))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="sans-serif" font-size="12" role="img"><title>Times of a bare page, by how '
        f'many are listed</title><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f"{''.join(parts)}</svg>\n"
    )


def _lines(results: list[dict]) -> Lines:
    lines: Lines = defaultdict(list)
    for one in results:
        _leg, _, name = one["name"].partition(": ")
        is_search = name.startswith("directory, ") and name.endswith(MARKED)
        if is_search and one["target"] and "by hand" not in name:
            size = int(one["scale"].split()[0].replace(",", ""))
            lines[one["name"].removesuffix(MARKED)].append((size, one["ratio"]))
    return {name: sorted(points) for name, points in lines.items()}


def _x(size: int, sizes: list[int]) -> float:
    first, last = log10(sizes[0]), log10(sizes[-1])
    return LEFT + (log10(size) - first) / ((last - first) or 1) * (WIDTH - LEFT - RIGHT)


def _y(ratio: float, top: int) -> float:
    return HEIGHT - BOTTOM - ratio / top * (HEIGHT - TOP - BOTTOM)


def _axis(sizes: list[int], top: int) -> str:
    right = WIDTH - RIGHT
    parts = [
        f'<line x1="{LEFT}" y1="{_y(ratio, top):.0f}" x2="{right}" y2="{_y(ratio, top):.0f}" '
        f'stroke="#ddd"/><text x="{LEFT - 8}" y="{_y(ratio, top) + 4:.0f}" '
        f'text-anchor="end">{ratio}</text>'
        for ratio in range(top + 1)
    ]
    parts += [
        f'<text x="{_x(size, sizes):.0f}" y="{HEIGHT - 16}" text-anchor="middle">{size:,}</text>'
        for size in sizes
    ]
    return "".join(parts)


def _line(
    name: str, points: list[tuple[int, float]], number: int, sizes: list[int], top: int
) -> str:
    colour = COLOURS[number % len(COLOURS)]
    dashes = ' stroke-dasharray="5 4"' if name.startswith("SQLite") else ""
    path = " ".join(f"{_x(size, sizes):.0f},{_y(ratio, top):.0f}" for size, ratio in points)
    y = TOP + 12 + number * 20
    x = WIDTH - RIGHT + 16
    return (
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'
        f'<line x1="{x}" y1="{y - 4}" x2="{x + 20}" y2="{y - 4}" stroke="{colour}" '
        f'stroke-width="2"{dashes}/><text x="{x + 26}" y="{y}">'
        f"{escape(name.replace(' directory,', ''))}</text>"
    )
