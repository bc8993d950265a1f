"""Reading a file of cases, or refusing it whole."""

import pytest

from foundation.casefile import CaseFileError, list_of, optional_number, read_cases, text

COLUMNS = {"id": text, "count": optional_number}


def read(tmp_path, content, columns=COLUMNS):
    path = tmp_path / "cases.csv"
    path.write_bytes(content.encode())
    return [(case.line, dict(case.values)) for case in read_cases(path, columns)]


def refusal(tmp_path, content):
    with pytest.raises(CaseFileError) as refused:
        read(tmp_path, content)
    return str(refused.value)


def test_rows_are_parsed_by_column_and_other_columns_are_ignored(tmp_path):
    assert read(tmp_path, "other,count,id\r\nx,3, a \r\n,,b\r\n") == [
        (2, {"id": "a", "count": 3}),
        (3, {"id": "b", "count": None}),
    ]


def test_columns_without_a_name_are_ignored(tmp_path):
    assert read(tmp_path, "id,count,,\na,1,,\n") == [(2, {"id": "a", "count": 1})]


def test_a_mark_that_spreadsheets_put_first_is_not_part_of_the_first_column(tmp_path):
    assert read(tmp_path, "\ufeffid,count\na,1\n") == [(2, {"id": "a", "count": 1})]


def test_the_line_is_the_one_a_case_starts_on(tmp_path):
    assert refusal(tmp_path, 'id,count\n"two\nlines",1\n\n"two\nlines",none\n') == (
        "line 5, column count: “none” is not a whole number"
    )


def test_a_row_with_too_many_values_is_refused(tmp_path):
    assert refusal(tmp_path, "id,count\na,1,2\n") == "line 2: more values than columns"


def test_an_open_quotation_mark_is_refused(tmp_path):
    assert "cannot be read" in refusal(tmp_path, 'id,count\n"a,1\nb,2\n')


def test_an_empty_file_misses_its_first_column(tmp_path):
    assert refusal(tmp_path, "") == "line 1: the column id is missing"


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_bytes("id,count\nLlŷr,1\nZoë,1\n".encode("utf-16"))

    with pytest.raises(
        CaseFileError, match=r"^cases\.csv cannot be read: save it as CSV in UTF-8$"
    ):
        read_cases(path, COLUMNS)


def test_a_list_is_joined_by_semicolons(tmp_path):
    columns = {"id": list_of({"red", "green"})}

    assert read(tmp_path, "id\nred; green;\n", columns) == [(2, {"id": ("red", "green")})]
