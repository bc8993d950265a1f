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
        "2026-11",
        "QQ123456C",
        "CM 12/0042",
        "ZA-20261122",
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
        ("sam-7", "reads like a name"),
        ("ANN12", "reads like a name"),
        ("CM.943.476.5919", "looks like an NHS number"),
        ("943/476/5919", "looks like an NHS number"),
        ("NHS9434765919", "looks like an NHS number"),
        ("943\u200b476\u00ad5919", "looks like an NHS number"),
        (
            "\u0669\u0664\u0663\u0664\u0667\u0666\u0665\u0669\u0661\u0669",
            "looks like an NHS number",
        ),
        ("CF14-4XW", "looks like a postcode"),
        ("1/cf14/4xw", "looks like a postcode"),
        ("AB123456C", "looks like a National Insurance number"),
        ("07700 900123", "looks like a telephone number"),
        ("07700-900-123/2", "looks like a telephone number"),
        ("+44 7700 900123", "looks like a telephone number"),
        ("JS 12/03/1975", "date of birth"),
        ("JS-12.3.1975", "date of birth"),
        ("1975-03-12/JS", "date of birth"),
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


PREFIX = st.sampled_from(["", "CM-", "case ", "A1/", "x"])
SEPARATOR = st.sampled_from(["", " ", "-", ".", "/", "_", "\u200b"])


@given(digits=st.text("0123456789", min_size=9, max_size=9), prefix=PREFIX, between=SEPARATOR)
def test_an_nhs_number_is_found_however_it_is_written(digits, prefix, between):
    last = next((one for one in "0123456789" if is_nhs_number(digits + one)), None)
    if last is None or prefix.endswith("1/"):
        return

    written = prefix + between.join([digits[:3], digits[3:6], digits[6:] + last])

    assert "looks like an NHS number" in objection(tidy(written))


@given(
    area=st.sampled_from(["CF", "SW", "B", "EH", "BT", "LL"]),
    district=st.integers(1, 9),
    sector=st.integers(0, 9),
    unit=st.text("ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2),
    between=st.sampled_from(["", " ", "-", "/", "."]),
)
def test_a_postcode_is_found_however_it_is_written(area, district, sector, unit, between):
    written = f"{area}{district}{between}{sector}{unit}"

    assert [identifier(tidy(one)) != "" for one in (written, written.lower())] == [True, True]


@given(number=st.integers(0, 999_999))
def test_a_numbered_file_is_never_taken_for_a_person(number):
    assert objection(f"CM-{number:04}") == ""
