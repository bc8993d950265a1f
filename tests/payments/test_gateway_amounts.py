"""Pence on our side, text on PayPal's, and nothing lost between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.gateways.orders import (
    Money,
    UnreadableOrder,
    read_amount,
    read_capture,
    read_new_order,
    read_order,
    write_amount,
)


@given(st.integers(min_value=1, max_value=10**9))
def test_every_sum_comes_back_as_it_went(pence):
    assert read_amount(write_amount(pence)) == Money(pence, "GBP")


@pytest.mark.parametrize(
    ("pence", "text"), [(1, "0.01"), (99, "0.99"), (100, "1.00"), (7200, "72.00")]
)
def test_sums_are_written_with_two_decimals(pence, text):
    assert write_amount(pence) == {"currency_code": "GBP", "value": text}


@pytest.mark.parametrize("pence", [0, -1])
def test_only_money_above_zero_is_asked_for(pence):
    with pytest.raises(ValueError, match="above zero"):
        write_amount(pence)


@pytest.mark.parametrize("value", ["72.005", "NaN", "Infinity", "", "seventy", 72.0, None])
def test_amounts_that_would_lose_something_are_refused(value):
    with pytest.raises(UnreadableOrder):
        read_amount({"currency_code": "GBP", "value": value})


def test_another_currency_is_kept_so_that_it_can_be_refused():
    assert read_amount({"currency_code": "EUR", "value": "72"}) == Money(7200, "EUR")


@pytest.mark.parametrize(
    ("reader", "answer"),
    [
        (read_new_order, {"id": "O1", "links": []}),
        (read_new_order, {"links": [{"rel": "approve", "href": "https://example.org"}]}),
        (read_order, {"id": "O1", "status": "APPROVED", "purchase_units": []}),
        (read_order, {"status": "APPROVED", "purchase_units": [{}]}),
        (read_capture, {"id": "C1"}),
    ],
)
def test_answers_that_lack_what_was_promised_are_refused(reader, answer):
    with pytest.raises(UnreadableOrder):
        reader(answer)
