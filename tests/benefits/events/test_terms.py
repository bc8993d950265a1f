"""What goes back when somebody cancels: each day on each side of the terms."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.terms import Refund, Terms, in_sentences, refund_of

DAY = dt.date(2027, 6, 30)
TERMS = Terms(DAY, full_days=28, half_days=14)


@pytest.mark.parametrize(
    ("on", "pence"),
    [
        (dt.date(2027, 1, 1), 9501),
        (dt.date(2027, 6, 2), 9501),
        (dt.date(2027, 6, 3), 4751),
        (dt.date(2027, 6, 16), 4751),
        (dt.date(2027, 6, 17), 0),
        (DAY, 0),
    ],
)
def test_all_then_half_then_nothing_goes_back(on, pence):
    assert refund_of(TERMS, paid_pence=9501, on=on).pence == pence


@pytest.mark.parametrize(
    ("on", "refund"),
    [
        (dt.date(2027, 6, 2), Refund(9500, "Up to 2 June 2027 all is refunded: £95.00.")),
        (
            dt.date(2027, 6, 3),
            Refund(4750, "Up to 16 June 2027 half is refunded: £47.50 of £95.00."),
        ),
        (dt.date(2027, 6, 17), Refund(0, "After 16 June 2027 nothing is refunded.")),
    ],
)
def test_the_sentence_names_the_day_and_the_sum(on, refund):
    assert refund_of(TERMS, paid_pence=9500, on=on) == refund


def test_where_nothing_was_paid_nothing_goes_back():
    refund = refund_of(TERMS, paid_pence=0, on=dt.date(2027, 1, 1))

    assert refund == Refund(0, "Nothing was paid, so nothing goes back.")


def test_the_terms_are_printed_with_their_days():
    assert in_sentences(TERMS, on=dt.date(2027, 6, 2)) == (
        "Cancel by 2 June 2027 and we refund all of it.",
        "Cancel by 16 June 2027 and we refund half.",
        "After that we refund nothing.",
    )


@pytest.mark.parametrize(
    ("on", "sentences"),
    [
        (
            dt.date(2027, 6, 3),
            ("Cancel by 16 June 2027 and we refund half.", "After that we refund nothing."),
        ),
        (
            dt.date(2027, 6, 16),
            ("Cancel by 16 June 2027 and we refund half.", "After that we refund nothing."),
        ),
        (dt.date(2027, 6, 17), ("It is too late for a refund.",)),
        (DAY, ("It is too late for a refund.",)),
        (dt.date(2027, 7, 1), ()),
    ],
)
def test_terms_that_are_over_are_left_out(on, sentences):
    assert in_sentences(TERMS, on=on) == sentences


def test_terms_without_a_half_say_one_day():
    terms = Terms(DAY, full_days=14, half_days=14)

    assert in_sentences(terms, on=dt.date(2027, 6, 16)) == (
        "Cancel by 16 June 2027 and we refund all of it.",
        "After that we refund nothing.",
    )


@given(
    paid=st.integers(0, 1_000_000),
    half=st.integers(0, 60),
    more=st.integers(0, 60),
    before=st.integers(0, 200),
)
def test_no_more_goes_back_than_was_paid_and_never_more_later(paid, half, more, before):
    terms = Terms(DAY, full_days=half + more, half_days=half)
    on = DAY - dt.timedelta(days=before)

    today = refund_of(terms, paid_pence=paid, on=on).pence
    tomorrow = refund_of(terms, paid_pence=paid, on=on + dt.timedelta(days=1)).pence

    assert 0 <= tomorrow <= today <= paid
