"""The pages before an application: the types with their fees, and which of them fits."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from membership.models import Application
from membership.types import MembershipType
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
    return suggestion_of(client, {**NURSE, **changes})


def suggestion_of(client, answers):
    return client.get("/membership/which-type/", answers).context["suggestion"]


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

    assert shown.count("£72 a year") == 1
    assert "£76.00" not in shown
    assert shown.count("£20 a year") == 1
    assert shown.count("The office tells you the fee.") == 3


@pytest.mark.parametrize("rates", [1, 3])
def test_the_page_of_types_costs_two_queries(client, rates):
    for year in range(rates):
        make_fee_rate("student", 1000, dt.date(2020 + year, 1, 1))

    with CaptureQueriesContext(connection) as caught:
        client.get("/membership/")

    assert len(caught) == 2


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


def asked_after(client, **answers):
    form = client.get("/membership/which-type/", answers).context["form"]
    return list(form.fields), dict(form.errors)


def test_one_question_is_asked_at_a_time_and_only_those_that_matter(client):
    assert asked_after(client) == (["practice"], {})
    assert asked_after(client, practice="none") == (["course"], {})
    assert asked_after(client, practice="uk") == (["qualification"], {})
    assert asked_after(client, practice="uk", qualification="degree") == (["related"], {})
    assert asked_after(client, **{**NURSE, "months": "", "course": ""}) == (["months", "hours"], {})
    assert asked_after(client, **{**NURSE, "course": ""}) == (["course"], {})


@pytest.mark.parametrize(
    ("page", "name", "words"),
    [
        ("practice", "practice", "Choose where you practise, or that you do not practise."),
        ("qualification", "qualification", "Choose your highest qualification."),
        ("related", "related", "Choose what kind of qualification it is."),
        (
            "body",
            "body",
            "Choose the body that you are registered with, or one of the two “None”.",
        ),
        (
            "months",
            "months",
            "Enter how many months you have worked as a case manager, 0 if none.",
        ),
        ("course", "course", "Choose whether you are on a course."),
    ],
)
def test_a_question_that_was_sent_without_an_answer_says_what_to_do(client, page, name, words):
    _fields, errors = asked_after(client, **{**NURSE, name: "", "asked": page})

    assert errors == {name: [words]}


def test_earlier_answers_are_carried_along(client):
    shown = client.get("/membership/which-type/", {"practice": "uk", "else": "x"}).content.decode()

    assert shown.count('type="hidden"') == 2
    assert '<input type="hidden" name="practice" value="uk">' in shown
    assert '<input type="hidden" name="asked" value="qualification">' in shown


def test_an_answer_can_be_changed_and_the_others_stay(client):
    found = client.get("/membership/which-type/", NURSE)
    change = {row.key: row.change_url for row in found.context["rows"]}

    again = client.get("/membership/which-type/" + change["Which body are you registered with?"])

    assert list(again.context["form"].fields) == ["body"]
    assert again.context["form"]["body"].value() == "NMC"
    assert dict(again.context["kept"]) == {
        name: value for name, value in NURSE.items() if value and name != "body"
    }


def test_no_other_type_is_closed(client):
    shown = client.get("/membership/which-type/", NURSE).content.decode()

    assert [shown.count(f'href="/apply/?type={one}"') for one in MembershipType] == [1] * 5


@pytest.mark.parametrize(
    "odd", [{"change": "nothing"}, {"practice": "overseas", "months": "x", "change": "course"}]
)
def test_odd_addresses_are_answered(client, odd):
    assert suggestion(client, **odd) is not None


def test_those_abroad_are_asked_nothing_more(client):
    assert suggestion_of(client, {"practice": "overseas"}).type == "overseas"


def test_nothing_is_stored(client):
    suggestion(client)

    assert Application.objects.count() == 0
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("typed", ["\0", "x" * 5000, "-1", "9" * 400, "NaN"])
def test_hostile_answers_are_answered(client, typed):
    answer = client.get("/membership/which-type/", dict.fromkeys(NURSE, typed))

    assert (answer.status_code, answer.context["suggestion"]) == (200, None)
