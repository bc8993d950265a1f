"""The command that judges a file of cases."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from membership.models import EligibilityRules

pytestmark = pytest.mark.django_db

CASES = Path(__file__).parent / "cases"
HEADER, READY = (CASES / "every_outcome.csv").read_text(encoding="utf-8").splitlines()[:2]


def output_of(path, **options):
    out = StringIO()
    call_command("assess_eligibility", path, stdout=out, **options)
    return out.getvalue().splitlines()


def written(tmp_path, *lines):
    path = tmp_path / "cases.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_every_case_is_answered_in_codes():
    assert output_of(CASES / "every_outcome.csv") == [
        (
            "id,outcome,criteria,suggested_type,expertise_assignable,expertise_pending,"
            "expertise_refused,directory"
        ),
        "ready,eligible,,,burns;vocational,,,may_opt_in",
        "unchecked,refer,refer:registration_unchecked,,vocational,burns,,after_approval",
        "unfinished,incomplete,referees_count;dbs_date;insurance,,vocational,,stroke,no",
        "short,not_eligible,experience,associate,,,cancer,no",
        "course,refer,refer:also_practising,,,,,no",
    ]


@pytest.mark.parametrize(
    ("today", "outcome"), [(dt.date(2026, 10, 1), "eligible"), (dt.date(2026, 10, 2), "refer")]
)
def test_a_case_without_a_day_is_judged_today(today, outcome):
    with time_machine.travel(dt.datetime.combine(today, dt.time(12), dt.UTC), tick=False):
        lines = output_of(CASES / "no_day.csv")

    assert lines[1].split(",")[1] == outcome


def test_a_named_version_of_the_rules_wins_over_those_in_force():
    EligibilityRules.objects.create(
        version="stricter", effective_from=dt.date(2030, 1, 1), months_required=36
    )

    in_force = output_of(CASES / "every_outcome.csv")
    stricter = output_of(CASES / "every_outcome.csv", rules="stricter")

    assert in_force[1] == "ready,eligible,,,burns;vocational,,,may_opt_in"
    assert stricter[1] == "ready,not_eligible,experience,associate,,,burns;vocational,no"


def test_an_unknown_version_is_refused_by_name():
    with pytest.raises(CommandError, match="There are no rules “last-week”"):
        output_of(CASES / "every_outcome.csv", rules="last-week")


def test_a_day_before_the_first_rules_is_refused(tmp_path):
    early = READY.replace("2026-10-01", "1999-12-31")

    with pytest.raises(CommandError, match="No rules were in force on 31 December 1999"):
        output_of(written(tmp_path, HEADER, early))


@pytest.mark.parametrize("column", HEADER.split(",")[:-1])
def test_a_missing_column_refuses_the_file_by_name(tmp_path, column):
    names = HEADER.split(",")
    names[names.index(column)] = "something_else"

    with pytest.raises(CommandError) as refusal:
        output_of(written(tmp_path, ",".join(names), READY))

    assert str(refusal.value) == f"line 1: the column {column} is missing"


@pytest.mark.parametrize(
    ("written_as", "meant", "place"),
    [
        ("2026-10-01", "2026-02-29", "column as_of: “2026-02-29” is not a date"),
        ("2025-01-15", "15/01/2025", "column dbs_date: “15/01/2025” is not a date"),
        ("case_manager", "manager", "column applied_for: “manager” is not one of: "),
        ("case_manager", "", "column applied_for: “” is not one of: "),
        (",uk,", ",,", "column practice: “” is not one of: "),
        (",degree,", ",BSc,", "column qualification: “BSc” is not one of: "),
        ("physiotherapist", "astrologer", "column profession: “astrologer” is not one of: "),
        ("HCPC", "XYZ", "column body: “XYZ” is not one of: "),
        (",registered,", ",fine,", "column registration_status: “fine” is not one of: "),
        (",24,", ",two,", "column cm_months: “two” is not a whole number"),
        (";personal", ";friend", "column referees: “friend” is not one of: "),
        (",yes,", ",maybe,", "column insurance: “maybe” is not one of: no, yes"),
        ("burns;", "magic;", "column expertise_requested: “magic” is not one of: "),
    ],
)
def test_a_value_that_cannot_be_read_refuses_the_file_naming_the_place(
    tmp_path, written_as, meant, place
):
    wrong = READY.replace(written_as, meant, 1)

    with pytest.raises(CommandError) as refusal:
        output_of(written(tmp_path, HEADER, READY, wrong))

    assert str(refusal.value).startswith(f"line 3, {place}")


def test_nothing_is_printed_of_a_file_that_is_refused(tmp_path):
    out = StringIO()

    with pytest.raises(CommandError):
        call_command(
            "assess_eligibility",
            written(tmp_path, HEADER, READY, READY.replace(",uk,", ",moon,")),
            stdout=out,
        )

    assert out.getvalue() == ""


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"^absent\.csv cannot be read: No such file"):
        output_of(tmp_path / "absent.csv")


def test_nothing_is_stored(django_assert_max_num_queries):
    with django_assert_max_num_queries(5) as queries:
        output_of(CASES / "every_outcome.csv")

    assert {query["sql"].split()[0] for query in queries.captured_queries} == {"SELECT"}
