"""From the first question to the confirmation, over plain HTTP, for each type."""

import pytest

from foundation.models import Letter
from membership.models import Application
from tests.membership import applying

pytestmark = pytest.mark.django_db

State = Application.State


def words(response):
    return response.content.decode()


def test_a_case_manager_applies_from_the_first_question_to_the_confirmation(page, person):
    applying.fill_practising(page)

    answer = applying.send(page)

    application = applying.own(person)
    assert (answer.status_code, answer.url) == (302, "/apply/sent/")
    assert application.state == State.SUBMITTED
    assert application.rules_accepted_version == "2026"
    assert f"Your reference is {application.reference}." in words(page.get("/apply/sent/"))
    assert sorted(Letter.objects.values_list("kind", "to")) == [
        ("application_received", person.email),
        ("reference_request", "ravi@example.org"),
        ("reference_request", "rhona@example.org"),
    ]


def test_the_type_of_the_card_that_was_followed_is_chosen_already(newcomer):
    form = newcomer.get("/apply/?type=associate").context["form"]

    assert form["type"].value() == "associate"


def test_an_associate_needs_no_work_history(newcomer, person):
    applying.start(newcomer, "associate")
    applying.fill_practising(newcomer)
    job = person.employments.get()
    newcomer.post(f"/apply/history/{job.pk}/remove/")

    applying.send(newcomer)

    assert applying.own(person).state == State.SUBMITTED


def test_a_case_manager_does(page, person):
    applying.fill_practising(page)
    job = person.employments.get()
    page.post(f"/apply/history/{job.pk}/remove/")

    answer = applying.send(page)

    assert answer.context["form"].non_field_errors() == [
        "Finish these sections before you send: Work history."
    ]
    assert applying.own(person).state == State.DRAFT


def test_a_vocational_case_manager_is_asked_for_no_body(page, person):
    applying.fill_common(page)
    page.post("/apply/work/", applying.WORK)
    page.post("/apply/route/", {"vocational_only": "yes"})
    vocational = {**applying.QUALIFICATION, "relation": "vocational", "level": "postgraduate"}
    page.post("/apply/qualifications/add/", vocational)
    page.post("/apply/qualifications/")
    page.post("/apply/history/add/", applying.JOB)
    page.post("/apply/history/")
    page.post("/apply/referees/1/", applying.FIRST_REFEREE)
    page.post("/apply/referees/2/", applying.SECOND_REFEREE)
    page.post("/apply/referees/")
    page.post("/apply/dbs/", applying.DBS)
    page.post("/apply/indemnity/", {"confirmed": "on"})
    page.post("/apply/expertise/", {"expertise_requested": ["vocational"]})

    tasks = [task.name for task in page.get("/apply/").context["tasks"]]
    applying.send(page)

    assert "Registered body" not in tasks
    assert page.get("/apply/registration/").status_code == 302
    assert applying.own(person).state == State.SUBMITTED


@pytest.mark.parametrize(
    ("type", "pages", "length"),
    [
        ("supporter", {"work": applying.WORK, "supporter": applying.SUPPORTER}, 5),
        (
            "overseas",
            {
                "practice": {"practice": "overseas"},
                "work": applying.WORK,
                "overseas": applying.OVERSEAS,
            },
            6,
        ),
        ("student", {"practice": {"practice": "none"}, "course": applying.COURSE}, 5),
    ],
)
def test_the_other_types_are_asked_little(newcomer, person, type, pages, length):
    applying.start(newcomer, type)
    newcomer.post("/apply/home/", applying.HOME)
    for key, typed in pages.items():
        newcomer.post(f"/apply/{key}/", typed)

    tasks = [task.name for task in newcomer.get("/apply/").context["tasks"]]
    applying.send(newcomer)

    assert len(tasks) == length
    assert applying.own(person).state == State.SUBMITTED
    assert list(Letter.objects.values_list("kind", flat=True)) == ["application_received"]


def test_each_page_leads_to_the_next_that_is_left(newcomer):
    applying.start(newcomer, "supporter")

    led = [
        newcomer.post("/apply/home/", applying.HOME).url,
        newcomer.post("/apply/work/", applying.WORK).url,
        newcomer.post("/apply/supporter/", applying.SUPPORTER).url,
    ]

    assert led == ["/apply/work/", "/apply/supporter/", "/apply/check/"]


def test_change_on_the_check_page_leads_back_to_it(page):

    answer = page.post("/apply/home/?next=check", applying.HOME)

    assert answer.url == "/apply/check/"


def test_what_is_there_is_saved_for_later_and_the_section_stays_open(page, person):

    answer = page.post("/apply/home/", {"given_name": "Priya", "later": "yes"}, follow=True)

    person.refresh_from_db()
    assert person.given_name == "Priya"
    assert [(task.name, task.status) for task in answer.context["tasks"][:2]] == [
        ("Membership type", "Done"),
        ("Home details", "In progress"),
    ]
    assert [str(message) for message in answer.context["messages"]] == [
        "Saved. You can come back and go on from any device."
    ]


def test_a_draft_is_found_again_on_another_device(newcomer, person):
    applying.start(newcomer, "associate")
    newcomer.post("/apply/home/", applying.HOME)
    newcomer.logout()
    newcomer.force_login(person.user)

    again = newcomer.get("/apply/home/")

    assert again.context["form"].initial["town"] == "Cardiff"


def test_an_empty_list_opens_with_its_first_entry_and_a_begun_one_does_not(page, person):
    applying.fill_common(page)
    page.post("/apply/work/", applying.WORK)

    empty = page.post("/apply/route/", {"vocational_only": "no"})
    page.post("/apply/qualifications/add/", applying.QUALIFICATION)
    begun = page.post("/apply/route/", {"vocational_only": "no"})

    assert (empty.url, begun.url) == ("/apply/qualifications/add/", "/apply/qualifications/")


def test_the_second_referee_follows_the_first_and_the_list_follows_the_second(page, person):
    urls = [
        page.post("/apply/referees/1/", applying.FIRST_REFEREE).url,
        page.post("/apply/referees/2/", applying.SECOND_REFEREE).url,
        page.post("/apply/referees/1/", applying.FIRST_REFEREE).url,
    ]

    assert urls == ["/apply/referees/2/", "/apply/referees/", "/apply/referees/"]


def test_the_list_of_sections_leads_on_to_the_first_that_is_left(page, person):
    at_first = page.get("/apply/").context["go_on"].name
    applying.fill_practising(page)
    at_last = page.get("/apply/").context["go_on"].name

    assert (at_first, at_last) == ("Home details", "Check your answers and send")
