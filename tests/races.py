"""Many at one moment: each in a thread and on a connection of its own, all let go together."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from tests.patience import PATIENCE


def at_once(
    works: Iterable[Callable[[], Any]], *, refusals: tuple[type[Exception], ...] = ()
) -> list[Any]:
    """What each returned, or with which of these refusals it ended; any other error is raised."""
    works = list(works)
    together = threading.Barrier(len(works), timeout=PATIENCE)

    def run(work: Callable[[], Any]) -> Any:
        try:
            together.wait()
            return work()
        except refusals as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


def refused(ends: list[Any]) -> list[bool]:
    """Which of those that were let go together ended with a refusal."""
    return [isinstance(end, Exception) for end in ends]
