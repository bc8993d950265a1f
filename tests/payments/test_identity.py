"""What makes a line the same in another file, and two equal lines two."""

import datetime as dt
from dataclasses import replace
from hashlib import blake2b

import pytest

from payments.statements import Line
from payments.statements.identity import Identities

A_DAY = dt.date(2026, 11, 20)
LINE = Line(2, A_DAY, 7200, "P Example  CMS", balance_pence=100, holder="30-00-00")


def names(*lines):
    with Identities() as identities:
        return [identities.name(line) for line in lines]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (LINE, "2026-11-20|7200|30-00-00|pexamplecms|100"),
        (replace(LINE, balance_pence=None), "2026-11-20|7200|30-00-00|pexamplecms|None"),
        (replace(LINE, bank_id="F7"), "2026-11-20|7200|30-00-00|F7"),
    ],
)
def test_a_name_is_a_digest_of_the_day_the_sum_the_account_and_the_words_or_the_id(line, told):
    assert names(line) == [blake2b(told.encode(), digest_size=15).hexdigest()]


def test_equal_lines_are_numbered_and_the_first_is_always_the_same():
    first, second, third = names(LINE, LINE, LINE)

    assert names(LINE) == [first]
    assert (second, third) == (f"{first[:26]}~2", f"{first[:26]}~3")


@pytest.mark.parametrize("change", [{"number": 3}, {"payer": "P"}, {"text": "PEXAMPLE cms"}])
def test_where_a_line_stands_and_how_it_is_spaced_makes_no_difference(change):
    assert len({name[:26] for name in names(LINE, replace(LINE, **change))}) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"on": A_DAY + dt.timedelta(days=1)},
        {"pence": 7201},
        {"holder": "30-00-01"},
        {"text": "Q Example"},
        {"balance_pence": 101},
        {"bank_id": "F7"},
    ],
)
def test_every_other_difference_makes_another_line(change):
    one, other = names(LINE, replace(LINE, **change))

    assert (one[:26] == other[:26], "~" in other) == (False, False)


def test_an_id_that_a_bank_gives_anew_is_none_alone():
    once = replace(LINE, bank_id="F7")
    again = replace(once, pence=1)

    assert len(set(names(once, again))) == 2
