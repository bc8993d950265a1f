"""What a web worker holds while many search: it must not grow with what was asked."""

from itertools import cycle, islice

from tests.bench.pages import MIXTURES, SEARCHES, address, second_pages
from tests.bench.site import Site
from tests.bench.timing import Result, result

REQUESTS = 600
MOST_GROWTH = 1.05


def measure(site: Site, *, scale: str) -> list[Result]:
    """After so many searches of every kind, and after as many again."""
    every = [*SEARCHES, *MIXTURES, *second_pages()]
    paths = list(islice(cycle(map(address, every)), REQUESTS))
    held = []
    for _half in range(2):
        for path in paths:
            site.fetch(path)
        held.append(site.memory_mib())
    scale = f"{REQUESTS:,} searches more, {scale}"
    first, second = held
    return [
        result("memory of a worker", second, first, target=MOST_GROWTH, scale=scale, unit="MiB")
    ]
