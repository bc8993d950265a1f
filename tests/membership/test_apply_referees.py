"""Two referees who fit: each message, word for word."""

import pytest

from membership.models import Referee
from tests.factories import make_job, make_person
from tests.membership import applying
from tests.membership.applying import errors

pytestmark = pytest.mark.django_db


def test_an_empty_referee(page):
    answer = page.post("/apply/referees/1/", {})

    assert errors(answer) == {
        "name": ["Enter the name of the referee."],
        "kind": ["Choose whether this referee is professional or personal."],
        "relationship": ["Enter who they are to you, for example “my manager since 2022”."],
        "email": ["Enter the e-mail address of the referee."],
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"email": "Priya@example.org"},
            {"email": ["This is your own e-mail address. A referee must be somebody else."]},
        ),
        (
            {"email": "RHONA+second@example.org"},
            {"email": ["Your other referee has this e-mail address. Name two different people."]},
        ),
        (
            {"phone": "+44 20 7946 0001"},
            {"phone": ["Your other referee has this telephone number. Name two different people."]},
        ),
        (
            {"phone": "020 7946 0000"},
            {"phone": ["This is your own telephone number. A referee must be somebody else."]},
        ),
        (
            {"phone": "123"},
            {"phone": ["Enter a telephone number such as 020 7946 0000, or leave it empty."]},
        ),
        (
            {"kind": "professional"},
            {"organisation": ["Enter where a professional referee works."]},
        ),
    ],
)
def test_a_second_referee_who_does_not_fit(page, change, expected):
    page.post("/apply/referees/1/", {**applying.FIRST_REFEREE, "phone": "020 7946 0001"})

    answer = page.post("/apply/referees/2/", {**applying.SECOND_REFEREE, **change})

    assert errors(answer) == expected


def test_two_personal_referees_are_not_enough(page):
    page.post("/apply/referees/1/", {**applying.FIRST_REFEREE, "kind": "personal"})

    answer = page.post("/apply/referees/2/", applying.SECOND_REFEREE)

    assert errors(answer) == {
        "kind": [
            (
                "Your other referee is personal already. This one must be professional: somebody "
                "who knows you from your work."
            )
        ]
    }


def test_going_on_with_one_referee(page):
    page.post("/apply/referees/1/", applying.FIRST_REFEREE)

    answer = page.post("/apply/referees/")

    assert answer.context["problem"] == "Name two referees whom we can reach before you go on."
    assert '<a href="#referee-2">Name two referees' in answer.text
    assert "<title>Error: " in answer.text


@pytest.mark.parametrize(("query", "before"), [("", "/apply/"), ("?next=check", "/apply/check/")])
def test_before_anybody_is_named_the_first_form_is_there_at_once(page, query, before):
    led = page.get(f"/apply/referees/{query}")
    form = page.get(led["Location"])

    assert led["Location"] == f"/apply/referees/1/{query}"
    assert form.context["back"] == before
    assert "Ask them first: a reference that is expected comes sooner." in form.text
    assert ">Back</a>" in form.content.decode()


def test_the_form_of_somebody_named_leads_back_to_both(page):
    page.post("/apply/referees/1/", applying.FIRST_REFEREE)

    assert page.get("/apply/referees/").status_code == 200
    assert "Ask them first" not in page.get("/apply/referees/2/").text
    assert page.get("/apply/referees/2/").context["back"] == "/apply/referees/"


def test_changing_a_referee_does_not_add_one(page):
    page.post("/apply/referees/1/", applying.FIRST_REFEREE)

    page.post("/apply/referees/1/", {**applying.FIRST_REFEREE, "name": "Rita Referee"})

    assert list(Referee.objects.values_list("name", flat=True)) == ["Rita Referee"]


def test_without_a_job_there_is_none_to_choose(page):
    answer = page.get("/apply/referees/1/")

    assert "job" not in answer.context["form"].fields


def test_a_referee_can_speak_about_one_of_the_applicants_own_jobs(page, person):
    job = make_job(person)

    page.post("/apply/referees/1/", {**applying.FIRST_REFEREE, "job": job.pk})
    check = page.get("/apply/check/").content.decode()

    assert Referee.objects.get().job == job
    assert f"Your work as {job}" in check


def test_somebody_elses_job_cannot_be_chosen(page, person):
    make_job(person)
    theirs = make_job(make_person())

    typed = {**applying.FIRST_REFEREE, "job": theirs.pk}
    answer = page.post("/apply/referees/1/", typed)

    words = "Choose one of the jobs in your work history, or none."
    assert errors(answer) == {"job": [words]}


def test_a_job_that_is_removed_leaves_the_referee(page, person):
    job = make_job(person)
    page.post("/apply/referees/1/", {**applying.FIRST_REFEREE, "job": job.pk})

    job.delete()

    assert Referee.objects.get().job is None
