"""Checks, insurance, expertise, and what the other types are asked, word for word."""

import pytest

from tests.membership import applying
from tests.membership.applying import errors

pytestmark = pytest.mark.django_db


def test_an_empty_check_of_records(page):
    answer = page.post("/apply/dbs/", {})

    assert errors(answer) == {
        "dbs_on": ["Enter the date of your most recent check, for example 2 3 2026."],
        "dbs_scheme": ["Choose the scheme that checked you."],
        "confirmed": ["Tick the box to confirm that you have been checked."],
    }


@pytest.mark.parametrize(("day", "status"), [("22", 302), ("23", 200)])
def test_a_check_is_not_dated_ahead(page, day, status):
    typed = {**applying.DBS, "dbs_on_day": day, "dbs_on_month": "11"}

    answer = page.post("/apply/dbs/", typed)

    assert answer.status_code == status


def test_the_page_about_checks_takes_no_file(page):
    assert 'type="file"' not in page.get("/apply/dbs/").content.decode()


def test_insurance_not_confirmed(page):
    answer = page.post("/apply/indemnity/", {})

    assert errors(answer) == {
        "confirmed": [
            "Tick the box once you have professional indemnity insurance. You need it to practise."
        ]
    }


def test_a_vocational_case_manager_is_offered_vocational_alone(page):
    page.post("/apply/route/", {"vocational_only": "yes"})

    offered = page.get("/apply/expertise/").context["form"].fields["expertise_requested"]

    assert list(offered.widget.choices) == [("vocational", "Vocational")]


def test_a_clinical_area_posted_by_hand_is_refused_with_the_rule(page):
    page.post("/apply/route/", {"vocational_only": "yes"})

    answer = page.post("/apply/expertise/", {"expertise_requested": ["brain_injury"]})

    assert errors(answer) == {
        "expertise_requested": [
            (
                "Clinical areas need a clinical qualification and a registered body. A vocational "
                "case manager can only have the area Vocational."
            )
        ]
    }


def test_clinical_areas_asked_for_earlier_are_asked_about_again(page):
    page.post("/apply/route/", {"vocational_only": "no"})
    page.post("/apply/expertise/", {"expertise_requested": ["brain_injury"]})

    page.post("/apply/route/", {"vocational_only": "yes"})

    tasks = {task.name: task.status for task in page.get("/apply/").context["tasks"]}
    assert tasks["Areas of expertise"] == "In progress"


def test_an_area_that_does_not_exist(page):
    answer = page.post("/apply/expertise/", {"expertise_requested": ["telepathy"]})

    assert errors(answer) == {
        "expertise_requested": ["One of the areas is not offered any more. Choose again."]
    }


def test_a_supporter_who_practises(page):
    page.post("/apply/type/", {"type": "supporter"})

    answer = page.post("/apply/supporter/", {"supporter_role": "managerial"})

    assert errors(answer) == {
        "does_not_practise": [
            (
                "Supporter is for people who do not practise. If you practise case management, "
                "choose Case Manager or Associate."
            )
        ]
    }


@pytest.mark.parametrize("country", ["United Kingdom", "uk", " England ", "Wales"])
def test_overseas_is_not_the_uk(page, country):
    page.post("/apply/type/", {"type": "overseas"})

    answer = page.post("/apply/overseas/", {"overseas_country": country, "accepted": "on"})

    assert errors(answer) == {
        "overseas_country": [
            (
                "Overseas is for case managers not currently practising within the UK. "
                "For UK practice choose Case Manager or Associate."
            )
        ]
    }


def test_the_crown_dependencies_count_as_the_uk(page):
    page.post("/apply/type/", {"type": "overseas"})

    answer = page.post("/apply/overseas/", {"overseas_country": "Jersey", "accepted": "on"})

    assert errors(answer) == {
        "overseas_country": [
            (
                "Jersey, Guernsey and the Isle of Man count as practice in the UK here. "
                "Choose Case Manager or Associate, or ask the office."
            )
        ]
    }


def test_the_sentence_about_practice_abroad_is_shown_and_accepted(page):
    page.post("/apply/type/", {"type": "overseas"})

    shown = page.get("/apply/overseas/").content.decode()
    answer = page.post("/apply/overseas/", {"overseas_country": "New Zealand"})

    assert (
        "CMSUK does not hold responsibility for practice of Case Management outside the UK."
        in shown
    )
    assert errors(answer) == {
        "accepted": ["Tick the box to accept the sentence about practice abroad."]
    }


def test_a_course_that_has_ended(page):
    page.post("/apply/type/", {"type": "student"})

    answer = page.post("/apply/course/", {**applying.COURSE, "course_ends_on_year": "2026"})

    assert errors(answer) == {
        "course_ends_on": ["This day has passed. Student membership is for people on a course now."]
    }


def test_a_section_that_the_type_does_not_need_is_not_there(page):
    page.post("/apply/type/", {"type": "student"})

    codes = [page.get(f"/apply/{key}/").status_code for key in ("dbs", "supporter", "nothing")]

    assert codes == [404, 404, 404]
