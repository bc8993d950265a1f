"""What people type as a postcode, and the districts it is read as."""

import pytest

from directory.postcodes import (
    CANNOT_PLACE,
    NOT_A_POSTCODE,
    WITHOUT_POSITION,
    UnplaceablePostcode,
    districts,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("CF14 4XW", ("CF14", "CF")),
        ("cf14 4xw", ("CF14", "CF")),
        ("cf144xw", ("CF14", "CF")),
        ("  CF14   4XW ", ("CF14", "CF")),
        ("CF 14 4XW", ("CF14", "CF")),
        ("CF14-4XW", ("CF14", "CF")),
        ("M1 1AA", ("M1", "M")),
        ("M11AA", ("M1", "M")),
        ("sw1a1aa", ("SW1A", "SW")),
        ("W1A 0AX", ("W1A", "W")),
        ("JE2 3AB", ("JE2", "JE")),
    ],
)
def test_a_full_postcode_is_read_as_its_district(typed, read):
    assert districts(typed) == read


@pytest.mark.parametrize(
    ("typed", "outcode"),
    [("CF14", "CF14"), ("cf 14", "CF14"), ("CF 1", "CF1"), ("b11", "B11"), ("ec1a", "EC1A")],
)
def test_a_district_alone_is_enough(typed, outcode):
    assert districts(typed)[0] == outcode


@pytest.mark.parametrize(
    ("typed", "outcode"),
    [
        ("CF14 4", "CF14"),
        ("cf144", "CF14"),
        ("CF1 4", "CF1"),
        ("SW1A 1", "SW1A"),
        ("sw1a1", "SW1A"),
    ],
)
def test_a_sector_is_read_as_its_district(typed, outcode):
    assert districts(typed)[0] == outcode


def test_an_area_alone_is_read_as_itself():
    assert districts("cf") == ("CF",)


@pytest.mark.parametrize(
    "typed", ["GIR 0AA", "gir0aa", "BFPO 12", "BFPO", "BF1 2AA", "BX1 1LT", "XX1 1AA"]
)
def test_codes_without_a_place_ask_for_a_region(typed):
    with pytest.raises(UnplaceablePostcode) as refused:
        districts(typed)

    assert str(refused.value) == CANNOT_PLACE


@pytest.mark.parametrize("outcode", sorted(WITHOUT_POSITION))
def test_the_seven_districts_without_a_position_ask_for_a_region(outcode):
    with pytest.raises(UnplaceablePostcode) as refused:
        districts(f"{outcode} 1AA")

    assert str(refused.value) == CANNOT_PLACE


@pytest.mark.parametrize("typed", ["", "   ", "Leeds", "CF14 4XWW", "12", "CF14 4X", "CF1445XW"])
def test_text_that_is_no_postcode_is_told_what_one_looks_like(typed):
    with pytest.raises(UnplaceablePostcode) as refused:
        districts(typed)

    assert str(refused.value) == NOT_A_POSTCODE
