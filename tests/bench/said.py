"""What a part of the benchmark found, as one line of JSON on standard output."""

import dataclasses
import json
import sys
import time
from collections.abc import Callable

from tests.bench.timing import Result


def say(leg: str, part: str, measure: Callable[[], list[Result]]) -> None:
    """Measure, and tell rows and seconds at once: a part that fails later takes nothing along."""
    began = time.monotonic()
    found = [{**dataclasses.asdict(one), "name": f"{leg}: {one.name}"} for one in measure()]
    line = {"part": part, "seconds": round(time.monotonic() - began), "results": found}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
