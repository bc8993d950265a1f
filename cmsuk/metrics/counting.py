"""Counts requests in each process, and adds the counts of all processes of this machine up.

A process writes its counts into a file of its own every few seconds; the page reads them all. The
file of a process that ended stays, for a counter must not go back; after a month it goes all the
same, and Prometheus takes that for a restart.
"""

import contextlib
import json
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
SECONDS_BETWEEN_WRITES = 5.0
A_MONTH = 30 * 24 * 60 * 60
NOWHERE = "nowhere"

Key = tuple[str, str, str]


class Counts:
    """Requests by view, method and status, and how long they took by view, below each bound."""

    def __init__(self) -> None:
        self.requests: Counter[Key] = Counter()
        self.durations: Counter[tuple[str, str]] = Counter()
        self.seconds: Counter[str] = Counter()

    def add(self, view: str, method: str, status: int, seconds: float) -> None:
        self.requests[view, method, str(status)] += 1
        self.seconds[view] += seconds  # type: ignore[assignment]  # a sum of seconds
        for bound in (*map(str, BOUNDS), "+Inf"):
            if seconds <= float(bound):
                self.durations[view, bound] += 1

    def update(self, other: "Counts") -> None:
        self.requests.update(other.requests)
        self.durations.update(other.durations)
        self.seconds.update(other.seconds)

    def written(self) -> str:
        return json.dumps(
            {
                "requests": [[*key, count] for key, count in self.requests.items()],
                "durations": [[*key, count] for key, count in self.durations.items()],
                "seconds": [[view, total] for view, total in self.seconds.items()],
            }
        )

    @classmethod
    def read(cls, text: str) -> "Counts":
        found, told = cls(), json.loads(text)
        found.requests = Counter({(a, b, c): count for a, b, c, count in told["requests"]})
        found.durations = Counter({(a, b): count for a, b, count in told["durations"]})
        found.seconds = Counter(dict(told["seconds"]))
        return found


class Own:
    """The counts of this process. A fork begins anew."""

    def __init__(self) -> None:
        self.lock, self.pid, self.counts, self.written_at = threading.Lock(), 0, Counts(), 0.0
        self.began = 0

    def add(self, view: str, method: str, status: int, seconds: float) -> None:
        with self.lock:
            if self.pid != os.getpid():
                self.pid, self.counts = os.getpid(), Counts()
                self.began = time.time_ns()
                forget_the_old()
            self.counts.add(view, method, status, seconds)
            if time.monotonic() - self.written_at > SECONDS_BETWEEN_WRITES:
                self.write()

    def write(self) -> None:
        """A full disk or a folder that is gone stops the counting, and nothing else."""
        self.written_at = time.monotonic()
        with contextlib.suppress(OSError):
            settings.METRICS_DIR.mkdir(parents=True, exist_ok=True)
            half = settings.METRICS_DIR / f"{self.pid}-{self.began}.half"
            half.write_text(self.counts.written())
            half.rename(half.with_suffix(".json"))

    def flush(self) -> None:
        with self.lock:
            if self.pid == os.getpid():
                self.write()


def forget_the_old() -> None:
    with contextlib.suppress(OSError):
        for file in Path(settings.METRICS_DIR).glob("*.json"):
            if file.stat().st_mtime < time.time() - A_MONTH:
                file.unlink()


own = Own()


def of_all_processes() -> Counts:
    own.flush()
    found = Counts()
    for file in sorted(Path(settings.METRICS_DIR).glob("*.json")):
        found.update(Counts.read(file.read_text()))
    return found


class CountedRequestMiddleware:
    """Counts every answer under the name of its view: addresses may name people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        view = (match.view_name or match.route) if match else NOWHERE
        method = request.method if request.method in METHODS else "other"
        own.add(view, str(method), response.status_code, time.perf_counter() - began)
        return response


METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
