"""References that give a client away are refused; ordinary ones are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.pseudonyms import identifier, is_nhs_number, objection, tidy

FULL_WIDTH = "".join(chr(ord(digit) + 0xFEE0) for digit in "9434765919")


@pytest.mark.parametrize(
    "reference",
    [
        "CM-0042",
        "2024-000123",
        "case 17",
        "File 17/b",
        "A1",
        "0001234567",
        "TBI/2021/007",
        "ABC-12",
    ],
)
def test_an_ordinary_reference_is_accepted(reference):
    assert objection(tidy(reference)) == ""


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("perdita1@example.org", "looks like an e-mail address"),
        ("9434765919", "looks like an NHS number"),
        ("943 476 5919", "looks like an NHS number"),
        ("CM-943-476-5919", "looks like an NHS number"),
        (FULL_WIDTH, "looks like an NHS number"),
        ("020 7946 0123", "looks like a telephone number"),
        ("tel +44 20 7946 0123", "looks like a telephone number"),
        ("CF14 4XW", "looks like a postcode"),
        ("cf144xw/2", "looks like a postcode"),
        ("CM-SW1A 1AA", "looks like a postcode"),
        ("CM", "Use a reference with a number in it"),
        ("Example 7", "reads like a name"),
        ("EXAMPLE7", "reads like a name"),
        ("Amy-7", "reads like a name"),
        ("Łukasz 7", "reads like a name"),
    ],
)
def test_what_points_to_a_person_is_refused_with_the_reason(reference, words):
    assert words in objection(tidy(reference))


@pytest.mark.parametrize("reference", ["9434765918", "94347659190", "943476591"])
def test_ten_digits_that_do_not_check_are_no_nhs_number(reference):
    assert identifier(reference) != "an NHS number"


@pytest.mark.parametrize(
    ("digits", "valid"),
    [("9434765919", True), ("9434765910", False), ("4010232137", True), ("1000000010", False)],
)
def test_the_check_digit_is_modulus_eleven(digits, valid):
    assert is_nhs_number(digits) is valid


@given(digits=st.text("0123456789", min_size=9, max_size=9))
def test_of_ten_endings_at_most_one_is_an_nhs_number(digits):
    assert sum(is_nhs_number(digits + last) for last in "0123456789") <= 1


@given(text=st.text(max_size=60))
def test_any_text_gets_an_answer(text):
    assert isinstance(objection(tidy(text)), str)
