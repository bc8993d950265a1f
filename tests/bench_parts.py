"""Three parts of a benchmark, as `tests.bench.leg` runs its own; the one in the middle fails."""

import sys

from tests.bench.said import say
from tests.bench.timing import Result, result


def first() -> list[Result]:
    return [result("first", 6, 2, target=4, scale="made up")]


def falls() -> list[Result]:
    raise SystemExit("This part cannot be measured.")


def last() -> list[Result]:
    return [result("last", 6, 1, target=4, scale="made up")]


PARTS = {one.__name__: one for one in (first, falls, last)}

if __name__ == "__main__":
    leg, _size, *names = sys.argv[1:]
    for name in names:
        say(leg, name, PARTS[name])
