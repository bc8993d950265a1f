"""The columns of a file of records, and what they refuse."""

from datetime import date

import pytest

from foundation.casefile import CaseFileError, read_cases
from records.retention import assess
from records.retention_file import COLUMNS, facts_of, result_row
from records.retention_rules import NHS_2021

HEADER = (
    "id,as_of,date_of_birth,capacity,category,care_concluded_on,last_contact_on,"
    "date_of_death,knowledge_date,holds"
)


def read(tmp_path, *lines, header=HEADER):
    path = tmp_path / "cases.csv"
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return read_cases(path, COLUMNS)


def test_a_row_is_answered_in_codes(tmp_path):
    row = "CM-1,2026-11-22,1975-03-09,has,general,2022-06-15,,,,legal:2023-01-01/2024-02-02"

    (case,) = read(tmp_path, row)

    result = assess(facts_of(case.values), rules=NHS_2021, on=case.values["as_of"])
    assert result_row("CM-1", result) == (
        "CM-1",
        "retain",
        "2030-06-15",
        "R-A1",
        "R-H1=2024-02-02|R-A1=2030-06-15",
        "",
    )


def test_an_indefinite_record_on_hold_says_so_and_what_is_odd(tmp_path):
    row = "CM-2,,1975-03-09,lacks,general,2022-06-15,2023-01-01,,,complaint:2023-01-01/"

    (case,) = read(tmp_path, row)

    result = assess(facts_of(case.values), rules=NHS_2021, on=date(2026, 11, 22))
    assert result_row("CM-2", result)[1:4] == ("on_hold", "indefinite", "R-A2")
    assert result_row("CM-2", result)[5] == (
        "The last contact was after the end of care: the record came back into use."
    )


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a,soon,1975-03-09,has,general,,,,,", "line 2, column as_of: “soon” is not a date"),
        ("a,9999-01-01,,has,general,,,,,", "line 2, column as_of: 9999-01-01 is too far"),
        ("a,,1975-02-30,has,general,,,,,", "line 2, column date_of_birth: “1975-02-30” is not"),
        ("a,,,maybe,general,,,,,", "line 2, column capacity: “maybe” is not one of: has"),
        ("a,,,,general,,,,,", "line 2, column capacity: “” is not one of: has"),
        ("a,,,has,dental,,,,,", "line 2, column category: “dental” is not one of: general"),
        ("a,,,has,,,,,,legal", "line 2, column holds: “legal” is not a hold"),
        ("a,,,has,,,,,,legal:/2024-01-01", "line 2, column holds: “legal:/2024-01-01” is not a"),
        ("a,,,has,,,,,,feud:2024-01-01/", "line 2, column holds: “feud” is not one of: compl"),
        ("a,,,has,,,,,,legal:2024-13-01/", "line 2, column holds: “2024-13-01” is not a date"),
    ],
)
def test_a_value_that_cannot_be_read_refuses_the_file_naming_the_place(tmp_path, row, words):
    with pytest.raises(CaseFileError) as refused:
        read(tmp_path, row)

    assert str(refused.value).startswith(words)


@pytest.mark.parametrize("name", HEADER.split(","))
def test_a_missing_column_refuses_the_file_by_name(tmp_path, name):
    header = ",".join(column for column in HEADER.split(",") if column != name)

    with pytest.raises(CaseFileError, match=f"the column {name} is missing"):
        read(tmp_path, header=header)
