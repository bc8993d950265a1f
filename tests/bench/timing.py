"""Paired, interleaved timing: what ours takes beside a reference, in one run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

MILLISECONDS = 1_000
RUNS = 15
Call = Callable[[], object]
Clock = Callable[[], float]


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


def wall() -> float:
    """Milliseconds by the clock."""
    return time.perf_counter() * MILLISECONDS


def processor() -> float:
    """Milliseconds of processor time of this very process."""
    return time.process_time() * MILLISECONDS


def pairs(ours: Call, reference: Call, *, runs: int, clocks: tuple[Clock, ...]) -> list[tuple]:
    """The medians of both by each clock, every pair one right after the other, in turn first."""
    taken: dict[Call, list[tuple[float, ...]]] = {ours: [], reference: []}
    for call in (ours, reference):
        call()
    for number in range(runs):
        for call in (ours, reference) if number % 2 else (reference, ours):
            began = [clock() for clock in clocks]
            call()
            ended = [clock() for clock in reversed(clocks)][::-1]
            taken[call].append(tuple(b - a for a, b in zip(began, ended, strict=True)))
    return [
        (statistics.median(mine), statistics.median(others))
        for mine, others in zip(
            zip(*taken[ours], strict=True), zip(*taken[reference], strict=True), strict=True
        )
    ]


def compare(
    name: str, ours: Call, reference: Call, *, target: float | None, scale: str, runs: int = RUNS
) -> Result:
    """By the clock."""
    [(mine, other)] = pairs(ours, reference, runs=runs, clocks=(wall,))
    return result(name, mine, other, target=target, scale=scale)


def compare_both(
    name: str,
    ours: Call,
    reference: Call,
    *,
    used: Clock,
    target: float | None,
    scale: str,
    runs: int = RUNS,
) -> list[Result]:
    """By the clock, and by the processor time of the servers, which others disturb less."""
    by_clock, by_use = pairs(ours, reference, runs=runs, clocks=(used, wall))[::-1]
    return [
        result(name, *by_clock, target=target, scale=scale),
        result(f"{name}, processor time", *by_use, target=target, scale=scale),
    ]


def result(
    name: str,
    mine: float,
    other: float,
    *,
    target: float | None,
    scale: str,
    unit: str = "ms",
) -> Result:
    ratio = round(mine / other, 2)
    return Result(name, round(mine, 2), round(other, 2), ratio, target, unit, scale)
