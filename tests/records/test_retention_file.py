"""The columns of a file of records, and what they refuse."""

from datetime import date

import pytest

from foundation.casefile import CaseFileError, read_cases
from records.retention import assess
from records.retention_facts import Capacity, Category, Facts, Hold, HoldKind
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
        ("a,9901-01-01,,has,general,,,,,", "line 2, column as_of: 9901-01-01 is too far"),
        ("a,,,has,,,,,,legal:2024-01-01/2024-01-02/x", "line 2, column holds: “2024-01-02/x” is"),
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


def test_every_column_is_a_fact(tmp_path):
    row = (
        "CM-1,9900-12-31,1975-03-09,lacks,mental_health,2022-06-15,2022-06-16,2022-06-17,"
        "2022-06-18,legal:2023-01-01/; complaint:2024-01-01/2024-02-02 ;"
    )

    (case,) = read(tmp_path, row)

    assert case.values["as_of"] == date(9900, 12, 31)
    assert facts_of(case.values) == Facts(
        born_on=date(1975, 3, 9),
        capacity=Capacity.LACKS,
        category=Category.MENTAL_HEALTH,
        care_concluded_on=date(2022, 6, 15),
        last_contact_on=date(2022, 6, 16),
        died_on=date(2022, 6, 17),
        known_on=date(2022, 6, 18),
        holds=(
            Hold(HoldKind.LEGAL, date(2023, 1, 1)),
            Hold(HoldKind.COMPLAINT, date(2024, 1, 1), date(2024, 2, 2)),
        ),
    )


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        (
            "a,,,unknown,,2022-06-15,,2022-06-14,,",
            (
                *("a", "needs_information", "", "R-X", ""),
                (
                    "Care was concluded after the death: check that this was paperwork only.; "
                    "Capacity is not recorded, so it is presumed (Mental Capacity Act 2005, "
                    "section 1(2)): confirm it before anything is destroyed.; Missing: date of "
                    "birth and kind of record (general or mental health)."
                ),
            ),
        ),
        (
            "b,,2030-01-01,has,general,,,,,",
            (
                *("b", "invalid", "", "R-V", ""),
                "The date of birth is in the future. Check the year.",
            ),
        ),
        ("c,,1975-03-09,has,general,,,,,", ("c", "active", "", "R-0", "", "")),
    ],
)
def test_an_answer_without_a_day_has_an_empty_one(tmp_path, row, answer):
    (case,) = read(tmp_path, row)

    result = assess(facts_of(case.values), rules=NHS_2021, on=date(2026, 11, 22))
    assert result_row(case.values["id"], result) == answer
