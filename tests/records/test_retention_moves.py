"""Which way a date moves, and how moves are counted."""

from collections import Counter
from datetime import date

import pytest

from records.retention import INDEFINITE, Status
from records.retention_facts import Category
from records.retention_moves import Move, add_up, count, how_many, move

DAY, NEXT = date(2030, 6, 15), date(2030, 6, 16)
KEPT, DUE = Status.RETAIN, Status.DUE_FOR_REVIEW


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (DAY, DAY, Move.SAME),
        (INDEFINITE, INDEFINITE, Move.SAME),
        (None, None, Move.SAME),
        (None, DAY, Move.SAME),
        (DAY, None, Move.SAME),
        (None, INDEFINITE, Move.SAME),
        (INDEFINITE, None, Move.SAME),
        (DAY, INDEFINITE, Move.LOSES_END),
        (INDEFINITE, DAY, Move.GAINS_END),
        (DAY, NEXT, Move.LATER),
        (NEXT, DAY, Move.EARLIER),
    ],
)
def test_a_date_moves_one_way(before, after, way):
    assert move(before, after) is way


@pytest.mark.parametrize(
    ("category", "before", "after", "counted"),
    [
        (Category.GENERAL, (DAY, KEPT), (NEXT, KEPT), {"general:later": 1}),
        (None, (DAY, KEPT), (DAY, KEPT), {":same": 1}),
        (
            Category.MENTAL_HEALTH,
            *((NEXT, KEPT), (DAY, DUE)),
            {"mental_health:earlier": 1, "mental_health:falls_due": 1},
        ),
        (None, (INDEFINITE, KEPT), (DAY, DUE), {":gains_end": 1, ":falls_due": 1}),
        (Category.GENERAL, (NEXT, DUE), (DAY, DUE), {"general:earlier": 1}),
        (Category.GENERAL, (DAY, DUE), (NEXT, KEPT), {"general:later": 1}),
    ],
)
def test_a_record_is_counted_by_its_category_and_once_more_where_it_falls_due(
    category, before, after, counted
):
    tally = Counter()

    count(tally, category=category, before=before, after=after)

    assert tally == counted


def test_records_are_counted_once_and_tallies_add_up():
    first = {"general:later": 2, "general:falls_due": 1, ":same": 3}
    second = {"general:later": 4, "mental_health:earlier": 5}

    total = add_up([first, second])

    assert total == {
        "general:later": 6,
        "general:falls_due": 1,
        ":same": 3,
        "mental_health:earlier": 5,
    }
    assert (how_many(first), how_many(second), how_many(total), how_many({})) == (5, 9, 14, 0)


def test_two_records_of_one_kind_are_two():
    tally = Counter()
    for _record in range(2):
        count(tally, category=None, before=(NEXT, KEPT), after=(DAY, DUE))

    assert tally == {":earlier": 2, ":falls_due": 2}
