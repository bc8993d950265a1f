"""A file of records is read as people's programs write it, and each bad row says how to mend it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.sheets import FileRefused
from records.import_file import MOST_BYTES, MOST_ROWS, read

ON = dt.date(2026, 11, 22)
HEAD = (
    "id,as_of,date_of_birth,capacity,category,care_concluded_on,last_contact_on,"
    "date_of_death,knowledge_date,holds"
)
GOOD = "CM-1,,1975-03-09,has,general,2022-06-15,,,,"


def of(*rows, head=HEAD, encoding="utf-8"):
    return read("\r\n".join([head, *rows, ""]).encode(encoding), on=ON)


def refusals(*rows):
    return [(one.line, one.words) for one in of(*rows).refused]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_of_a_spreadsheet_is_read(encoding):
    (row,) = of(GOOD, encoding=encoding).rows

    assert (row.line, row.cells["id"]) == (2, "CM-1")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_commas_semicolons_and_tabs_part_the_cells(sign):
    held = f'{GOOD.removesuffix(",")},"legal:2022-02-02/;complaint:2023-01-01/2023-02-02"'

    (row,) = of(held.replace(",", sign), head=HEAD.replace(",", sign)).rows

    assert [hold.kind for hold in row.values["holds"]] == ["legal", "complaint"]


def test_headings_are_known_in_any_case_and_order_and_others_are_not_kept():
    head = "Client name,Holds,Knowledge date,Date of death,Last contact on,Care concluded on,"
    head += "Category,Capacity,Date-of-birth,ID"

    (row,) = of("Zebedina,,,,,2022-06-15,general,has,1975-03-09,CM-1", head=head).rows

    assert row.cells["id"] == "CM-1"
    assert "Zebedina" not in str(row)


@pytest.mark.parametrize(
    "written",
    [
        *("2022-06-15", "15/06/2022", "15/6/2022", "15.06.2022", "15-06-2022"),
        *("15 June 2022", "15 Jun 2022", "15-Jun-2022", "2022-06-15 00:00:00", "15/06/2022 00:00"),
    ],
)
def test_a_date_is_read_as_spreadsheets_write_it_day_first(written):
    (row,) = of(GOOD.replace("2022-06-15", written)).rows

    assert row.values["care_concluded_on"] == dt.date(2022, 6, 15)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("44727", "it is a number; format the column as a date"),
        ("15/06/22", "write the year in four figures"),
        ("15-Jun-22", "write the year in four figures"),
        ("06/15/2022", "“2022-15-06” is not a date"),
        ("soon", "“soon” is not a date"),
        ("31/02/2022", "is not a date"),
    ],
)
def test_a_date_that_cannot_be_told_is_refused_with_how_to_write_it(written, words):
    ((line, said),) = refusals(GOOD.replace("2022-06-15", written))

    assert line == 2
    assert words in said
    assert said.startswith("Column care_concluded_on: ")


def test_codes_are_known_in_any_case():
    (row,) = of(GOOD.replace("has,general", "HAS,Mental health")).rows

    assert (row.cells["capacity"], row.cells["category"]) == ("has", "mental_health")


def test_every_mistake_of_a_row_is_said_at_once():
    ((_line, words),) = refusals("943 476 5919,,soon,maybe,dental,,,,,")

    assert "looks like an NHS number" in words
    assert "Column date_of_birth" in words
    assert "Column capacity" in words
    assert "Column category" in words


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (GOOD.replace("CM-1", ""), "The reference (column id) is missing."),
        (GOOD.replace("CM-1", "1" * 41), "longer than 40 signs"),
        (GOOD.replace("CM-1", "Perdita 7"), "reads like a name"),
        (GOOD.replace("2022-06-15", "2026-11-23"), "The end of care is in the future."),
        (GOOD.replace("2022-06-15", "1975-03-08"), "before the date of birth"),
        (f"{GOOD},more", "more values than there are columns"),
        (f"{GOOD}legal", "what stands there is not a hold; write it like complaint"),
        (f"{GOOD}legal:2027-01-01/", "was opened in the future"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_the_others_are_not(row, words):
    found = of(row, GOOD)

    assert [words in one.words for one in found.refused] == [True]
    assert [one.line for one in found.rows] == [3]


def test_a_refusal_does_not_repeat_what_may_name_somebody():
    said = refusals(GOOD.replace("has", "Zebedina"), GOOD.replace("general", "CF14 4XW"))

    assert not any("Zebedina" in words or "CF14" in words for _line, words in said)
    assert [words.partition("is not one of")[0] for _line, words in said] == [
        "Column capacity: what stands there ",
        "Column category: what stands there ",
    ]


@pytest.mark.parametrize("reference", ["=1+2 A", "+4 A", "-5 A", "@6 A"])
def test_a_cell_that_was_guarded_against_formulas_is_read_as_it_was(reference):
    if "@" in reference:
        assert (
            "looks like an e-mail address" in refusals(GOOD.replace("CM-1", f"'{reference}"))[0][1]
        )
        return

    (row,) = of(GOOD.replace("CM-1", f"'{reference}")).rows

    assert row.cells["id"] == reference


def test_lines_are_counted_as_the_file_has_them():
    spread = GOOD.replace("CM-1", '"CM-\n7"')

    found = of("", spread, ",,,,,,,,,", GOOD)

    assert [row.line for row in found.rows] == [3, 6]
    assert found.rows[0].cells["id"] == "CM- 7"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b" \n", "The file is empty."),
        (b"PK\x03\x04rest", "Save the sheet as CSV"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0rest", "older Excel sheet"),
        (b"a\0b", "not a text file"),
        (b"name,number\nx,1\n", "none of the headings we know"),
        (HEAD.encode(), "headings and no rows"),
        (HEAD.replace(",holds", "").encode(), "The column holds is missing"),
        (f"{HEAD},id\n".encode(), "The column id is there twice"),
        (f'{HEAD}\n"CM-1,,'.encode(), "cannot be read as CSV"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_send_instead(content, words):
    with pytest.raises(FileRefused) as refused:
        read(content, on=ON)

    assert words in str(refused.value)


def test_so_many_rows_and_bytes_are_read_and_no_more():
    rows = [GOOD.replace("CM-1", f"CM-{number}") for number in range(MOST_ROWS)]

    assert len(of(*rows).rows) == MOST_ROWS
    with pytest.raises(FileRefused, match="more than 5,000 rows"):
        of(*rows, GOOD)
    with pytest.raises(FileRefused, match="more than 2 MB"):
        read(b"x" * (MOST_BYTES + 1), on=ON)


def answer(content):
    """The rows of a file, or why it was refused."""
    try:
        return read(content, on=ON)
    except FileRefused as refused:
        return str(refused)


@given(content=st.binary(max_size=200))
def test_whatever_is_sent_is_read_or_refused_in_words(content):
    for start in (b"", f"{HEAD}\n".encode()):
        assert answer(start + content)


@given(cells=st.lists(st.text(max_size=20), min_size=10, max_size=10))
def test_whatever_stands_in_a_row_is_taken_or_refused(cells):
    quoted = ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in cells)

    found = answer(f"{HEAD}\n{quoted}\n".encode(errors="replace"))

    assert isinstance(found, str) or all(row.values for row in found.rows)
