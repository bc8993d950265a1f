"""Two processes beside one over equal shares of the lots of a long piece of work."""

import statistics
import subprocess
import sys
import time

from tests.bench.timing import Result, result

LEAST_OF_TWO = 1.6
WORKER = "tests.bench.lots_worker"


def over_one(name: str, work: str, key: int, *, lots: int, blocks: int, scale: str) -> Result:
    """By the clock, in turn first; the medians of so many blocks, each of both."""
    share = lots // (2 * blocks) // 2 * 2  # even, since two workers take half of it each
    workers = [start(work, key) for _number in range(2)]
    taken: dict[int, list[float]] = {1: [], 2: []}
    for block in range(blocks):
        for count in (1, 2) if block % 2 else (2, 1):
            taken[count].append(seconds(workers[:count], share // count))
    for worker in workers:
        worker.stdin.close()
        worker.wait()
    one, two = (statistics.median(taken[count]) * 1_000 for count in (1, 2))
    # As the share of one worker's time that two take, since a ratio is to be small.
    return result(
        f"{name}, two workers over one",
        two,
        one,
        target=round(1 / LEAST_OF_TWO, 3),
        scale=f"{scale}, {share} lots each time",
    )


def seconds(workers: list[subprocess.Popen], lots: int) -> float:
    """Until each has done so many."""
    began = time.perf_counter()
    for worker in workers:
        worker.stdin.write(f"{lots}\n")
        worker.stdin.flush()
    for worker in workers:
        if worker.stdout.readline() != "done\n":
            raise RuntimeError("A worker ended before its lots were done.")
    return time.perf_counter() - began


def start(work: str, key: int) -> subprocess.Popen:
    """A worker that waits to be asked."""
    worker = subprocess.Popen(
        [sys.executable, "-m", WORKER, work, str(key)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    worker.stdout.readline()
    return worker
