"""A row that the database refuses holds up none of the others, and is not kept quiet."""

import pytest
from django.db import DatabaseError, IntegrityError

from foundation.one_by_one import each, in_turn


def step_that_refuses(*refused):
    """Notes what it is given, and refuses these."""
    seen = []

    def step(row):
        seen.append(row)
        if row in refused:
            raise IntegrityError(f"no {row}")
        return row * 10

    return step, seen


def test_what_the_step_gave_comes_back_in_order():
    step, _seen = step_that_refuses()

    assert each([3, 1, 2], step) == [30, 10, 20]


def test_rows_behind_a_refused_one_have_their_turn_and_the_first_refusal_is_raised():
    step, seen = step_that_refuses(2, 3)

    with pytest.raises(IntegrityError, match="no 2"):
        each([1, 2, 3, 4], step)

    assert seen == [1, 2, 3, 4]


def test_what_is_no_refusal_of_the_database_stops_at_once():
    seen = []

    def step(row):
        seen.append(row)
        raise LookupError

    with pytest.raises(LookupError):
        each([1, 2], step)
    assert seen == [1]


def test_a_job_takes_all_its_steps():
    done = []

    def refuse():
        raise DatabaseError

    with pytest.raises(DatabaseError):
        in_turn(lambda: done.append("first"), refuse, lambda: done.append("last"))

    assert done == ["first", "last"]


def test_a_job_gives_back_what_each_step_gave():
    assert in_turn(lambda: 3, lambda: "two", lambda: None) == [3, "two", None]
