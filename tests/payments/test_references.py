"""The check digit of payment references."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.references import check_digit, draw_reference, is_reference, write_reference

NUMBERS = st.integers(min_value=0, max_value=999_999)


def test_the_check_digit_of_the_published_example_is_four():
    assert check_digit("572") == "4"


@given(NUMBERS)
def test_a_written_reference_is_ten_characters_and_recognised(number):
    reference = write_reference(number)

    assert (len(reference), is_reference(reference)) == (10, True)


@given(NUMBERS, st.integers(3, 9), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_found(number, place, digit):
    reference = write_reference(number)
    wrong = reference[:place] + digit + reference[place + 1 :]

    assert is_reference(wrong) == (wrong == reference)


@given(NUMBERS, st.integers(3, 8))
def test_two_swapped_neighbours_are_always_found(number, place):
    reference = write_reference(number)
    first, second = reference[place], reference[place + 1]
    swapped = reference[:place] + second + first + reference[place + 2 :]

    assert is_reference(swapped) == (first == second)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CMS",
        "CMS123456",
        "CMS12345678",
        "ABC5720004",
        "0000000",
        "1234563",
        "CMS\u0661234567",
        "cms0000000",
    ],
)
def test_other_texts_are_no_references(text):
    assert is_reference(text) is False


@pytest.mark.parametrize("number", [-1, 1_000_000])
def test_numbers_out_of_range_are_refused(number):
    with pytest.raises(ValueError, match=r"^A payment reference holds a number of six digits\.$"):
        write_reference(number)


@pytest.mark.parametrize(
    ("number", "reference"),
    [(0, "CMS0000000"), (572, "CMS0005724"), (123456, "CMS1234566"), (999_999, "CMS9999990")],
)
def test_a_number_has_one_reference(number, reference):
    assert write_reference(number) == reference


def test_drawn_references_are_references():
    assert is_reference(draw_reference())
