"""Our references are found whole or mistyped, and only whole ones are proof."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.reference_search import Found, Hint, cut_beginnings, hints, whole_references
from payments.references import write_reference
from tests.profiles import times

OURS = "CMS1234502"
DIGITS = "1234502"
KNOWN = {DIGITS}


@pytest.mark.parametrize(
    "text",
    [
        OURS,
        "cms1234502",
        "CMS 1234502",
        "CMS-123-4502",
        "C M S 1 2 3 4 5 0 2",
        "CMS12345\n02",
        "P EXAMPLE CMS1234502 306364     10 20NOV26 09:15",
        "EXAMPLECMS1234502",
        "/CMS1234502/FEE",
        "CMS1234502FEE",
    ],
)
def test_a_whole_reference_is_found_however_it_is_spaced(text):
    assert whole_references(text) == [DIGITS]
    assert hints(text, KNOWN) == [Hint(DIGITS, Found.WHOLE)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CMS12345O2", Found.ALIKE),
        ("CMSI2345O2", Found.ALIKE),
        ("CMS1234S02", Found.ALIKE),
        ("CMSl234502", Found.ALIKE),
        ("CM51234502", Found.ALIKE),
        ("CMS1234052", Found.SWAPPED),
        ("CMS2134502", Found.SWAPPED),
        ("CMS1234602", Found.WRONG_DIGIT),
        ("CMS1234503", Found.WRONG_DIGIT),
        ("CMS123450", Found.MISSING_DIGIT),
        ("CMS134502", Found.MISSING_DIGIT),
        ("CMS 123450 306364", Found.MISSING_DIGIT),
        ("CMS12345022", Found.EXTRA_DIGIT),
        ("CMS12345022FEE", Found.EXTRA_DIGIT),
        ("CMS12334502", Found.EXTRA_DIGIT),
        ("CMS91234502", Found.EXTRA_DIGIT),
        ("1234502", Found.BARE),
        ("123 4502", Found.BARE),
        ("1-2-3-4-5-0-2", Found.BARE),
        ("S1234502", Found.BARE),
        ("MS 1234502 FEE", Found.BARE),
    ],
)
def test_a_mistyped_reference_is_a_hint_and_says_how(text, found):
    assert whole_references(text) == []
    assert hints(text, KNOWN) == [Hint(DIGITS, found)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CMS",
        "CMS 12",
        "CMS12345X2",
        "CM51234566",
        "CMS9999999",
        "11234502",
        "12345021",
        "P EXAMPLE 400000005566778899",
    ],
)
def test_what_is_not_ours_is_not_found(text):
    assert hints(text, KNOWN) == []


def test_two_references_are_two():
    other = write_reference(654_321)

    assert whole_references(f"{OURS} AND {other} AND {OURS}") == [DIGITS, other[3:]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MEMBERSHIP CMS123", []),
        ("MEMBERSHIP CMS1234", ["1234"]),
        ("MEMBERSHIP CMS123450 10", ["123450"]),
        (OURS, []),
    ],
)
def test_a_beginning_counts_from_four_digits_on(text, found):
    assert cut_beginnings(text) == found


NUMBERS = st.integers(0, 999_999)


@times(4)
@given(number=NUMBERS, at=st.integers(0, 6), digit=st.integers(1, 9))
def test_a_wrong_digit_is_never_taken_for_a_whole_reference(number, at, digit):
    digits = write_reference(number)[3:]
    wrong = f"{digits[:at]}{(int(digits[at]) + digit) % 10}{digits[at + 1 :]}"

    assert whole_references(f"CMS{wrong}") == []
    assert Hint(digits, Found.WRONG_DIGIT) in hints(f"CMS{wrong}", {digits})


@times(4)
@given(number=NUMBERS, at=st.integers(0, 5))
def test_two_swapped_digits_are_never_taken_for_a_whole_reference(number, at):
    digits = write_reference(number)[3:]
    swapped = f"{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}"

    if swapped != digits:
        assert whole_references(f"CMS{swapped}") == []
        assert hints(f"CMS{swapped}", {digits}) == [Hint(digits, Found.SWAPPED)]


@times(4)
@given(text=st.text(alphabet="CMS0123456789 -./OlS", max_size=40))
def test_whatever_a_bank_writes_only_right_check_digits_are_whole(text):
    for digits in whole_references(text):
        assert write_reference(int(digits[:6])) == f"CMS{digits}"
