"""Paired, interleaved timing: what ours takes beside a reference, in one run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

MILLISECONDS = 1_000
Call = Callable[[], object]


@dataclass(frozen=True)
class Result:
    """One line of var/bench.json; `target` is the most that `ratio` may be."""

    name: str
    ours: float
    reference: float
    ratio: float
    target: float | None
    unit: str
    scale: str


def pairs(ours: Call, reference: Call, *, runs: int) -> tuple[float, float]:
    """The medians in milliseconds, each pair run one right after the other, in turn first."""
    taken: dict[Call, list[float]] = {ours: [], reference: []}
    for call in (ours, reference):
        call()
    for number in range(runs):
        for call in (ours, reference) if number % 2 else (reference, ours):
            began = time.perf_counter()
            call()
            taken[call].append((time.perf_counter() - began) * MILLISECONDS)
    return statistics.median(taken[ours]), statistics.median(taken[reference])


def compare(
    name: str, ours: Call, reference: Call, *, target: float | None, scale: str, runs: int = 15
) -> Result:
    mine, other = pairs(ours, reference, runs=runs)
    ratio = round(mine / other, 2)
    return Result(name, round(mine, 2), round(other, 2), ratio, target, "ms", scale)
