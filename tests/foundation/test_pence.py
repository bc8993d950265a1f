"""Money: whole pence in, the same pence out."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from foundation.fields import PoundsField
from foundation.pence import decimal_string, pounds, read_pounds
from foundation.templatetags import money


@pytest.mark.parametrize(
    ("pence", "words"),
    [
        (0, "£0.00"),
        (1, "£0.01"),
        (99, "£0.99"),
        (100, "£1.00"),
        (9000, "£90.00"),
        (99999, "£999.99"),
        (100000, "£1,000.00"),
        (123456789, "£1,234,567.89"),
        (-5, "-£0.05"),
        (-9000, "-£90.00"),
    ],
)
def test_pence_are_shown_as_pounds(pence, words):
    assert pounds(pence) == words
    assert money.pounds(pence) == words


@pytest.mark.parametrize(
    ("pence", "words"), [(9000, "£90"), (7250, "£72.50"), (100000, "£1,000"), (1, "£0.01")]
)
def test_what_something_costs_is_told_without_pence_that_are_none(pence, words):
    assert money.price(pence) == words


def test_no_sum_is_shown_as_nothing():
    assert (money.pounds(None), money.price(None)) == ("", "")


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("90", 9000),
        ("90.00", 9000),
        ("£90.00", 9000),
        ("£ 1,250.50", 125050),
        ("1250", 125000),
        ("0", 0),
        (" 7.05 ", 705),
        ("1,234,567.89", 123456789),
    ],
)
def test_an_amount_is_read_however_people_write_it(typed, pence):
    assert read_pounds(typed) == pence


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ninety",
        "90.5",
        "90.005",
        "1,25",
        "12,50",
        "-90.00",
        "90,00",
        "$90",
        "1e3",
        "٣",
        "90.00.00",
    ],
)
def test_what_could_be_misread_is_refused_with_an_example(typed):
    with pytest.raises(
        ValueError, match=r"^Enter an amount in pounds and pence, for example 90\.00\.$"
    ):
        read_pounds(typed)


@given(st.integers(0, 10**9))
def test_what_is_shown_is_read_back_as_the_same_pence(pence):
    assert read_pounds(pounds(pence)) == pence
    assert read_pounds(decimal_string(pence)) == pence


@pytest.mark.parametrize(
    ("pence", "text"), [(0, "0.00"), (5, "0.05"), (9000, "90.00"), (123456789, "1234567.89")]
)
def test_amounts_cross_our_borders_without_signs_and_commas(pence, text):
    assert decimal_string(pence) == text


@pytest.mark.parametrize(
    ("least", "typed", "ok"), [(1, "0.00", False), (1, "0.01", True), (0, "0", True)]
)
def test_the_least_amount_of_a_field_is_held(least, typed, ok):
    field = PoundsField(min_pence=least)

    if ok:
        assert field.clean(typed) == read_pounds(typed)
    else:
        with pytest.raises(ValidationError) as caught:
            field.clean(typed)
        assert caught.value.messages == ["Enter an amount of £0.01 or more."]


def test_an_empty_field_says_what_to_enter():
    with pytest.raises(ValidationError) as caught:
        PoundsField().clean("")

    assert caught.value.messages == ["Enter an amount, for example 90.00."]
    assert PoundsField(required=False).clean("") is None


def test_a_field_shows_stored_pence_as_pounds_and_keeps_what_was_typed():
    field = PoundsField()

    assert field.prepare_value(9000) == "90.00"
    assert field.prepare_value("ninety") == "ninety"


@pytest.mark.parametrize(("typed", "fits"), [("1,000,000.00", True), ("1,000,000.01", False)])
def test_a_sum_that_nobody_can_have_paid_is_refused_in_words(typed, fits):
    field = PoundsField()

    if fits:
        assert field.clean(typed) == 100_000_000
        return
    with pytest.raises(ValidationError, match=r"£1,000,000\.00 or less"):
        field.clean(typed)
