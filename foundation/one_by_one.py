"""Rows of a sweep, each for itself: one that the database refuses holds up none of the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import DatabaseError

logger = logging.getLogger(__name__)
Row = TypeVar("Row")
Done = TypeVar("Done")


def each(rows: Iterable[Row], step: Callable[[Row], Done]) -> list[Done]:
    """What the step gave for each row; it is a transaction of its own.

    What was refused is raised once all others have had their turn, so that the job counts as
    broken off, and the office hears of it.
    """
    done, refused = [], []
    for row in rows:
        try:
            done.append(step(row))
        except DatabaseError as error:
            logger.warning("A sweep passed over a row that the database refused", exc_info=True)
            refused.append(error)
    if refused:
        raise refused[0]
    return done


def in_turn(*steps: Callable[[], Done]) -> list[Done]:
    """What every step of a job gave. One that was refused is raised once all others had theirs."""
    return each(steps, lambda step: step())
