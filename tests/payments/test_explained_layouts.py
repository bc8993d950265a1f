"""Tables that the office explained: which row is the header, and what its columns say."""

import datetime as dt
from hashlib import sha256

import pytest

from payments.statements import Columns, Line, columns_for, read, signature
from payments.statements.decoding import decode
from payments.statements.mapped import lines
from payments.statements.table import Places

A_DAY = dt.date(2026, 11, 20)
ROLES = {"on": 0, "texts": [1, "2"], "payer": "1", "amount": 3, "balance": 4}
TABLE = "Posted;Who;Details;Sum;Left\n20/11/2026;A;B;1.00;9.00\n"


def text_of(written):
    return decode(written.encode())


def signed(*header):
    return sha256("|".join(header).encode()).hexdigest()


def test_what_was_told_of_the_columns_is_where_they_stand():
    assert columns_for("Ours", "S", ROLES) == Columns(
        "Ours", "S", Places(on=0, texts=(1, 2), amount=3, payer=1, balance=4)
    )
    assert columns_for("Ours", "S", {"on": 2, "texts": [0], "paid_in": 1, "paid_out": 3}) == (
        Columns("Ours", "S", Places(on=2, texts=(0,), paid_in=1, paid_out=3))
    )


def test_an_explained_table_is_read_by_its_name_and_its_columns():
    columns = columns_for("Ours", signature(text_of(TABLE)), ROLES)

    statement = read(TABLE.encode(), known=[columns])

    assert statement.layout == "Ours"
    assert list(statement.lines()) == [
        Line(2, A_DAY, 100, "A B", payer="A", balance_pence=900),
    ]


def test_a_table_is_told_among_several_by_the_words_of_its_header():
    other = columns_for("Other", signed("a", "b", "c"), ROLES)
    ours = columns_for("Ours", signed("posted", "who", "details", "sum", "left"), ROLES)

    assert read(TABLE.encode(), known=[other, ours]).layout == "Ours"


NOTES = "1,2,3\n" * 19


@pytest.mark.parametrize(
    ("written", "header"),
    [
        (TABLE, ["posted", "who", "details", "sum", "left"]),
        ("Posted,Who,In\n20/11/2026,A,1\n", ["posted", "who", "in"]),
        (" POSTED ,'Who',  In  Pounds\n1,2,3\n", ["posted", "who", "in pounds"]),
        ("Posted,Who\n20/11/2026,A\n", []),
        ("Posted,Who,In\nA,B,C\n", ["posted", "who", "in"]),
        ("A,B,C\nPosted,Who,In,Out\n", ["posted", "who", "in", "out"]),
        ("Posted,Who,In\n20/11/2026,A,1,x,2\n", ["posted", "who", "in"]),
        ("A,B,C,1,2\nPosted,Who,In,,\n", ["a", "b", "c", "1", "2"]),
        (f"{NOTES}Posted,Who,In\n", ["posted", "who", "in"]),
        (f"{NOTES}1,2,3\nPosted,Who,In\n", []),
        ("Posted;Who;In\n" + "1;2;3\n" * 20 + "1;2;3,,,,,,,\n", ["posted", "who", "in"]),
        (",,,\n", []),
    ],
)
def test_a_header_is_the_first_row_with_the_most_words_and_no_numbers(written, header):
    assert signature(text_of(written)) == signed(*header)


def test_without_a_header_every_row_counts():
    written = "20/11/2026,A,B,1.00,9.00\n20/11/2026,C,D,2.00,9.00\n"
    columns = columns_for("Ours", signed(), ROLES)

    assert [(line.number, line.pence) for line in lines(text_of(written), columns)] == [
        (1, 100),
        (2, 200),
    ]
