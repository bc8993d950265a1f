"""What the form knows already is not asked again, and what people type is taken as it is meant."""

import pytest

from foundation.links import absolute
from membership import post
from membership.models import Person
from membership.types import MembershipType
from tests.membership import applying

pytestmark = pytest.mark.django_db


def boxes(answer):
    return {field.name: field.value() for field in answer.context["form"]}


def test_the_first_job_begins_with_what_the_work_section_says(page):
    page.post("/apply/work/", applying.WORK)

    shown = boxes(page.get("/apply/history/add/"))

    assert (shown["employer"], shown["role"]) == ("Made-up Rehabilitation", "Case manager")


def test_the_second_job_begins_empty(page):
    page.post("/apply/work/", applying.WORK)
    page.post("/apply/history/add/", applying.JOB)

    shown = boxes(page.get("/apply/history/add/"))

    assert (shown["employer"], shown["role"]) == ("", "")


@pytest.mark.parametrize("typed", ["1900", "1,900", "1 900", "1,900 hours", "1900 hrs.", "1900h"])
def test_hours_are_taken_as_people_write_them(page, person, typed):
    page.post("/apply/history/add/", {**applying.JOB, "total_hours": typed})

    assert person.employments.get().total_hours == 1900


@pytest.mark.parametrize("typed", ["about 1900", "1900.5", "1,9", "hours", "19oo"])
def test_hours_that_are_no_number_are_asked_again(page, person, typed):
    answer = page.post("/apply/history/add/", {**applying.JOB, "total_hours": typed})

    assert applying.errors(answer) == {
        "total_hours": ["Enter whole hours in figures, for example 1900."]
    }
    assert not person.employments.exists()


def test_jobs_of_one_title_are_told_apart_by_their_employers(page):
    page.post("/apply/history/add/", applying.JOB)
    page.post("/apply/history/add/", {**applying.JOB, "employer": "Invented Care"})

    text = page.get("/apply/history/").content.decode()

    for employer in ("Made-up Rehabilitation", "Invented Care"):
        assert f'Remove<span class="visually-hidden"> Case manager, {employer}</span>' in text


def test_a_vocational_case_manager_finds_the_one_area_ticked(page):
    page.post("/apply/route/", {"vocational_only": "yes"})

    shown = boxes(page.get("/apply/expertise/"))

    assert shown["expertise_requested"] == ["vocational"]


def test_a_clinician_finds_no_area_ticked(page):
    page.post("/apply/route/", {"vocational_only": "no"})

    shown = boxes(page.get("/apply/expertise/"))

    assert shown["expertise_requested"] in ([], None)


def test_who_applies_from_abroad_need_not_take_the_united_kingdom_out(newcomer, person):
    Person.objects.filter(pk=person.pk).update(town="", country="United Kingdom")

    applying.start(newcomer, MembershipType.OVERSEAS)

    assert boxes(newcomer.get("/apply/home/"))["country"] == ""


def test_the_country_of_the_home_is_the_one_of_the_practice_abroad(newcomer):
    applying.start(newcomer, MembershipType.OVERSEAS)
    newcomer.post("/apply/home/", {**applying.HOME, "country": "New Zealand", "postcode": "8011"})

    assert boxes(newcomer.get("/apply/overseas/"))["overseas_country"] == "New Zealand"


def test_a_home_in_the_uk_says_nothing_of_the_practice_abroad(newcomer):
    applying.start(newcomer, MembershipType.OVERSEAS)
    newcomer.post("/apply/home/", applying.HOME)

    assert boxes(newcomer.get("/apply/overseas/"))["overseas_country"] == ""


def test_a_letter_leads_to_the_login_and_on_to_the_application(client):
    way = post.own_application_url().removeprefix(absolute("").rstrip("/"))

    text = client.get(way).content.decode()

    assert "<h1>Login</h1>" in text
    assert '<input type="hidden" name="next" value="/apply/">' in text


def test_who_is_signed_in_comes_straight_to_the_application(page):
    way = post.own_application_url().removeprefix(absolute("").rstrip("/"))

    assert page.get(way).url == "/apply/"
