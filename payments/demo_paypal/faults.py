"""A bad line to the pretend PayPal: what goes wrong with its next calls, in order."""

import threading
from collections import deque
from collections.abc import Callable
from enum import StrEnum

from payments.demo_paypal.answers import Answer, Asked

SILENCE_SECONDS = 1.0


class Line(StrEnum):
    """What becomes of one call; those that end in _AFTER have had their effect."""

    GOOD = "good"
    CUT_BEFORE = "cut before"
    CUT_AFTER = "cut after"
    SILENT_BEFORE = "silent before"
    SILENT_AFTER = "silent after"
    ERROR_BEFORE = "error before"
    ERROR_AFTER = "error after"
    PAGE_AFTER = "page after"
    BUSY = "busy"
    FORGOTTEN_TOKEN = "forgotten token"  # noqa: S105 - the name of a fault


AFTER = frozenset({Line.CUT_AFTER, Line.SILENT_AFTER, Line.ERROR_AFTER, Line.PAGE_AFTER})
SILENT = frozenset({Line.SILENT_BEFORE, Line.SILENT_AFTER})
SAID = {
    Line.ERROR_BEFORE: Answer(503, b"<h1>Sorry</h1>"),
    Line.ERROR_AFTER: Answer(500, b'{"name": "INTERNAL_SERVER_ERROR"}'),
    Line.PAGE_AFTER: Answer(200, b"<h1>Welcome</h1>", {"Content-Type": "text/html"}),
    Line.BUSY: Answer(429, b'{"name": "RATE_LIMIT_REACHED"}', {"Retry-After": "1"}),
    Line.FORGOTTEN_TOKEN: Answer(401, b'{"name": "AUTHENTICATION_FAILURE"}'),
}


class FaultPlan:
    """Strikes one call of the API after the other; an empty plan is a good line."""

    def __init__(self) -> None:
        self._next: deque[Line] = deque()
        self._hung_up = threading.Event()

    def add(self, *lines: Line) -> None:
        self._next.extend(lines)

    def clear(self) -> None:
        self._next.clear()

    def hang_up(self) -> None:
        """End every silence."""
        self._hung_up.set()

    def answer(self, asked: Asked, do: Callable[[Asked], Answer]) -> Answer | None:
        """What the caller is told; None where the line is cut."""
        try:
            line = self._next.popleft()
        except IndexError:
            return do(asked)
        if line == Line.GOOD:
            return do(asked)
        if line in AFTER:
            do(asked)
        if line in SILENT:
            self._hung_up.wait(SILENCE_SECONDS)
        return SAID.get(line)
