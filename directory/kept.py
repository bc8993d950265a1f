"""Keeps what hardly ever changes in memory for a short while, instead of asking on every page."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The answer of a function without arguments, asked again after so many seconds.

    Only for words and positions: who is shown is never kept.
    """

    def __init__(self, read: Callable[[], Value], *, seconds: int) -> None:
        self._read = read
        self._seconds = seconds
        self._held: tuple[int, Value] | None = None

    def __call__(self) -> Value:
        span = int(time.time() // self._seconds)
        held = self._held
        if held is None or held[0] != span:
            held = self._held = (span, self._same(self._read()))
        return held[1]

    def _same(self, value: Value) -> Value:
        """What was held already where nothing has changed: what was made of it stays good."""
        return self._held[1] if self._held is not None and self._held[1] == value else value

    def forget(self) -> None:
        """Ask again next time: something was changed in this very process."""
        self._held = None
