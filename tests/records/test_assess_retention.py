"""The command that judges a file of records."""

import csv
import io

import pytest
import time_machine
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
HEADER = (
    "id,as_of,date_of_birth,capacity,category,care_concluded_on,last_contact_on,"
    "date_of_death,knowledge_date,holds"
)
CHILD = "c1,2026-11-22,2004-08-03,has,general,2021-12-01,,,,"
DUE = "d1,,1960-01-01,has,general,2018-11-22,,,,"


@pytest.fixture
def cases(tmp_path):
    def write(*lines):
        path = tmp_path / "cases.csv"
        path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")
        return str(path)

    return write


def said(capsys, *arguments):
    call_command("assess_retention", *arguments)
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_each_row_is_answered_in_codes(cases, capsys):
    rows = said(capsys, cases(CHILD))

    assert rows == [
        {
            "id": "c1",
            "status": "retain",
            "retain_until": "2030-08-03",
            "rule": "R-C2",
            "candidates": "R-C1=2029-08-03|R-C2=2030-08-03",
            "warnings": "",
        }
    ]


def test_the_other_set_of_rules_can_be_named(cases, capsys):
    rows = said(capsys, cases(CHILD), "--rule-set", "faq_only")

    assert (rows[0]["retain_until"], rows[0]["rule"]) == ("2029-08-03", "R-C1")


def test_the_day_given_wins_over_the_column(cases, capsys):
    rows = said(capsys, cases(CHILD), "--as-of", "2030-08-04")

    assert rows[0]["status"] == "due_for_review"


@time_machine.travel("2026-11-22 23:30:00+00:00", tick=False)
def test_an_empty_day_means_today(cases, capsys):
    assert said(capsys, cases(DUE))[0]["status"] == "retain"


@time_machine.travel("2026-11-23 00:30:00+00:00", tick=False)
def test_the_day_after_is_due(cases, capsys):
    assert said(capsys, cases(DUE))[0]["status"] == "due_for_review"


def test_a_file_with_a_mistake_is_refused_as_a_whole(cases, capsys):
    with pytest.raises(CommandError, match="line 3, column capacity: “maybe” is not one of"):
        call_command("assess_retention", cases(CHILD, CHILD.replace("has", "maybe")))

    assert capsys.readouterr().out == ""


def test_a_day_that_cannot_be_read_is_refused(cases):
    with pytest.raises(CommandError, match="--as-of: “soon” is not a date"):
        call_command("assess_retention", cases(CHILD), "--as-of", "soon")


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match=r"none\.csv cannot be read"):
        call_command("assess_retention", str(tmp_path / "none.csv"))


def test_a_file_of_no_rows_gives_the_header_alone(cases, capsys):
    call_command("assess_retention", cases())

    assert capsys.readouterr().out == "id,status,retain_until,rule,candidates,warnings\n"
