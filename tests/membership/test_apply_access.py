"""Nobody reaches anybody else's application, and nothing hostile breaks a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from membership.models import Application, Referee
from tests.factories import make_clerk, make_member, make_officer, make_person
from tests.membership import applying

pytestmark = pytest.mark.django_db

OWN_PAGES = (
    "/apply/home/",
    "/apply/check/",
    "/apply/sent/",
    "/apply/withdraw/",
    "/apply/registration/",
    "/apply/qualifications/",
    "/apply/qualifications/add/",
    "/apply/qualifications/1/",
    "/apply/qualifications/1/remove/",
    "/apply/history/",
    "/apply/referees/",
    "/apply/referees/1/",
    "/apply/referees/1/replace/",
)


def test_a_visitor_is_sent_to_make_an_account_and_back(client):
    answer = client.get("/apply/?type=associate")

    assert (answer.status_code, answer.url) == (
        302,
        "/accounts/signup/?next=/apply/%3Ftype%3Dassociate",
    )


@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_visitor_logs_in_before_any_page_of_an_application(client, path):
    answer = client.get(path)

    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={path}")


def entries_of_priya(page, person):
    """Paths of one entry of each kind that belongs to Priya."""
    page.post("/apply/qualifications/add/", applying.QUALIFICATION)
    page.post("/apply/history/add/", applying.JOB)
    qualification, job = person.qualifications.get().pk, person.employments.get().pk
    return [
        f"/apply/qualifications/{qualification}/",
        f"/apply/qualifications/{qualification}/remove/",
        f"/apply/history/{job}/",
        f"/apply/history/{job}/remove/",
    ]


@pytest.mark.parametrize("make", [make_person, make_member])
def test_somebody_elses_entries_are_not_found(page, person, make):
    paths = entries_of_priya(page, person)
    page.force_login(make().user)
    applying.start(page, "case_manager")

    codes = [page.get(path).status_code for path in paths]
    codes += [page.post(path, applying.JOB).status_code for path in paths]

    assert codes == [404] * 8
    assert (person.qualifications.count(), person.employments.count()) == (1, 1)


@pytest.mark.parametrize("make", [make_clerk, make_officer])
def test_staff_have_no_way_in_here_either(page, person, make):
    paths = entries_of_priya(page, person)
    page.force_login(make())

    answers = [page.get(path) for path in paths]

    assert {(one.status_code, one.url) for one in answers} == {(302, "/apply/")}


def test_another_persons_referees_are_not_shown_or_replaced(page, person):
    page.post("/apply/referees/1/", applying.FIRST_REFEREE)
    Referee.objects.update(state=Referee.State.BOUNCED)
    page.force_login(make_person().user)
    applying.start(page, "case_manager")

    listed = page.get("/apply/referees/").content.decode()
    replaced = page.post("/apply/referees/1/replace/", applying.SECOND_REFEREE)

    assert "Rhona" not in listed
    assert replaced.status_code == 404
    assert Referee.objects.get().replaced_at is None


def test_a_stranger_sees_the_start_page_not_the_application(page):
    page.force_login(make_person().user)

    answer = page.get("/apply/")

    assert "Start my application" in answer.content.decode()
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "/apply/qualifications/999999999999999999/",
        "/apply/history/0/",
        "/apply/referees/0/",
        "/apply/referees/3/",
        "/apply/referees/99999999999999999999/",
        "/apply/referees/1/replace/",
        "/apply/%00/",
        "/apply/qualifications/-1/",
    ],
)
def test_an_address_made_up_is_not_found(page, path):
    assert page.get(path).status_code == 404


def test_a_next_page_elsewhere_is_not_followed(page):
    answer = page.post("/apply/home/?next=https://example.com/", applying.HOME)

    assert answer.url == "/apply/work/"


def queries(page, path):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        page.get(path)
    return len(caught)


@pytest.mark.parametrize(
    "path", ["/apply/", "/apply/check/", "/apply/history/", "/apply/qualifications/"]
)
def test_three_entries_cost_no_more_queries_than_one(page, path):
    applying.fill_practising(page)
    one = queries(page, path)
    for year in ("2010", "2011"):
        page.post("/apply/qualifications/add/", {**applying.QUALIFICATION, "year": year})
        page.post("/apply/history/add/", {**applying.JOB, "started_on_year": year})

    three = queries(page, path)

    assert three == one
