"""The pages before an application: the types with their fees, and which of them fits."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from membership.models import Application
from tests.factories import make_fee_rate

pytestmark = pytest.mark.django_db

NURSE = {
    "practice": "uk",
    "course": "no",
    "qualification": "degree",
    "related": "clinical",
    "body": "NMC",
    "months": "24",
    "hours": "",
}


def suggestion(client, **changes):
    return client.get("/membership/which-type/", {**NURSE, **changes}).context["suggestion"]


def test_the_five_types_stand_in_two_groups(client):
    groups = client.get("/membership/").context["groups"]

    assert [(name, [one.type.label for one in cards]) for name, cards in groups] == [
        ("Practising case manager memberships", ["Case Manager", "Associate"]),
        ("Non-practising memberships", ["Supporter", "Overseas", "Student"]),
    ]


def test_a_fee_in_force_is_shown_and_the_office_says_the_others(client):
    make_fee_rate("associate", 7200)
    make_fee_rate("associate", 7600, dt.date(2999, 1, 1))

    shown = client.get("/membership/").content.decode()

    assert shown.count("£72.00 a year") == 1
    assert "£76.00" not in shown
    assert shown.count("£20.00 a year") == 1
    assert shown.count("The office tells you the fee.") == 3


@pytest.mark.parametrize("rates", [1, 3])
def test_the_page_of_types_costs_one_query(client, rates):
    for year in range(rates):
        make_fee_rate("student", 1000, dt.date(2020 + year, 1, 1))

    with CaptureQueriesContext(connection) as caught:
        client.get("/membership/")

    assert len(caught) == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "case_manager"),
        ({"months": "23"}, "associate"),
        ({"months": "23", "hours": "2499"}, "associate"),
        ({"months": "23", "hours": "2500"}, "case_manager"),
        ({"body": "vocational", "related": "vocational"}, "case_manager"),
        ({"body": "vocational"}, None),
        ({"body": "none"}, None),
        ({"body": "none", "course": "yes"}, "student"),
        ({"qualification": "none"}, None),
        ({"qualification": "diploma_3"}, "case_manager"),
        ({"practice": "overseas"}, "overseas"),
        ({"practice": "none"}, "supporter"),
        ({"practice": "none", "course": "yes"}, "student"),
    ],
)
def test_the_suggested_type(client, changes, expected):
    assert suggestion(client, **changes).type == expected


def test_the_suggestion_gives_its_reasons(client):
    found = suggestion(client, months="14", hours="1900")

    assert [finding.code for finding in found.reasons] == [
        "practice_in_uk",
        "qualification",
        "qualification_related",
        "registered_body",
    ]
    assert [finding.words for finding in found.obstacles] == [
        (
            "You need 24 months or 2,500 hours of case management; we count 14 months and 1,900 "
            "hours. Add any case management jobs that are missing, or apply as an Associate, who "
            "does not need them."
        )
    ]


def test_those_who_do_not_practise_are_told_only_that(client):
    found = suggestion(client, practice="none")

    assert [finding.code for finding in found.obstacles] == ["not_practising"]


def test_no_answers_no_errors(client):
    answer = client.get("/membership/which-type/")

    assert not answer.context["form"].errors
    assert answer.context["suggestion"] is None


def test_what_is_left_out_is_asked_for(client):
    answer = client.get("/membership/which-type/", {"practice": "uk"})

    assert dict(answer.context["form"].errors) == {
        "course": ["Choose whether you are on a course."],
        "qualification": ["Choose your highest qualification."],
        "related": ["Choose what kind of qualification it is."],
        "body": ["Choose the body that you are registered with, or one of the two “None”."],
        "months": ["Enter how many months you have worked as a case manager, 0 if none."],
    }


def test_those_abroad_are_asked_nothing_more(client):
    answer = client.get("/membership/which-type/", {"practice": "overseas", "course": "no"})

    assert answer.context["suggestion"].type == "overseas"


def test_nothing_is_stored(client):
    suggestion(client)

    assert Application.objects.count() == 0
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("typed", ["\0", "x" * 5000, "-1", "9" * 400, "NaN"])
def test_hostile_answers_are_answered(client, typed):
    answer = client.get("/membership/which-type/", dict.fromkeys(NURSE, typed))

    assert (answer.status_code, answer.context["suggestion"]) == (200, None)
