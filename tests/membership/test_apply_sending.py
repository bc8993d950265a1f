"""What happens at the end of an application: refused, sent once, asked about, taken back."""

import datetime as dt

import pytest

from foundation.models import Letter
from membership import lifecycle
from membership.models import Application, Referee
from tests.factories import make_approved, make_officer
from tests.membership import applying

pytestmark = pytest.mark.django_db

State = Application.State


def words(response):
    return response.content.decode()


def test_a_form_that_is_not_ready_says_why_and_is_not_sent(page, person):
    applying.fill_practising(page)
    job = person.employments.get()
    late = {**applying.JOB, "started_on_year": "2026"}
    page.post(f"/apply/history/{job.pk}/", late)

    answer = applying.send(page)

    not_met = [one for one in answer.context["advice"].shown if one.label == "Not met"]
    assert answer.context["form"].non_field_errors() == [
        "Some answers are missing or do not fit this membership type yet."
    ]
    assert [(one.finding.code, one.path) for one in not_met] == [
        ("experience", "/apply/history/?next=check")
    ]
    assert applying.own(person).state == State.DRAFT


def test_rules_accepted_with_a_sending_that_is_refused_count_as_not_accepted(page, person):
    applying.fill_practising(page)
    job = person.employments.get()
    page.post(f"/apply/history/{job.pk}/", {**applying.JOB, "started_on_year": "2026"})

    applying.send(page)

    application = applying.own(person)
    assert (application.rules_accepted_version, application.rules_accepted_at) == ("", None)


def test_changing_to_the_suggested_type_keeps_every_answer(page, person):
    applying.fill_practising(page)
    job = person.employments.get()
    page.post(f"/apply/history/{job.pk}/", {**applying.JOB, "started_on_year": "2026"})
    suggested = page.get("/apply/check/").context["advice"].suggested

    answer = page.post("/apply/type/?next=check", {"type": suggested.value})
    applying.send(page)

    assert (suggested.value, answer.url) == ("associate", "/apply/check/")
    assert applying.own(person).state == State.SUBMITTED


def test_answers_stay_when_the_type_changes_there_and_back(page, person):
    applying.fill_practising(page)

    page.post("/apply/type/", {"type": "student"})
    page.post("/apply/type/", {"type": "case_manager"})
    applying.send(page)

    assert applying.own(person).state == State.SUBMITTED


def test_the_rules_must_be_accepted(page, person):
    applying.fill_practising(page)

    answer = page.post("/apply/check/")

    assert answer.context["form"].errors == {
        "accepted": ["Tick the box to accept the membership rules."]
    }
    assert applying.own(person).state == State.DRAFT


def test_a_double_click_sends_once(page, person):
    applying.fill_practising(page)

    applying.send(page)
    second = applying.send(page)

    assert second.url == "/apply/"
    assert Letter.objects.filter(kind="application_received").count() == 1
    assert Application.objects.count() == 1


def test_starting_twice_makes_one_application(page, person):
    applying.start(page, "student")

    assert applying.own(person).type == "case_manager"


def test_a_sent_application_is_not_changed_from_an_old_window(page, person):
    applying.fill_practising(page)
    applying.send(page)

    answer = page.post("/apply/home/", {**applying.HOME, "town": "Swansea"}, follow=True)

    person.refresh_from_db()
    assert person.town == "Cardiff"
    assert [str(message) for message in answer.context["messages"]] == [
        (
            "Your application has been sent, so its answers cannot be changed now. "
            "If something is wrong, tell the office."
        )
    ]


def test_what_the_office_asks_is_shown_and_answered_by_sending_again(page, person):
    applying.fill_practising(page)
    applying.send(page)
    application = applying.own(person)
    at = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
    lifecycle.ask(
        application_id=application.pk, by=make_officer(), at=at, items={"work": "Which ward?"}
    )

    shown = page.get("/apply/")
    page.post("/apply/work/", {**applying.WORK, "work_role": "Ward case manager"})
    applying.send(page)

    person.refresh_from_db()
    assert [(task.name, task.status, task.hint) for task in shown.context["tasks"]] == [
        ("Work details", "Please answer", "Which ward?"),
        ("Check your answers and send", "1 left to do", ""),
    ]
    assert person.work_role == "Ward case manager"
    assert applying.own(person).state == State.SUBMITTED


def test_a_sent_application_shows_its_answers_without_links_to_change_them(page):
    applying.fill_practising(page)
    applying.send(page)

    sections = page.get("/apply/").context["sections"]
    [work] = [section for section in sections if section.step.key == "work"]

    assert [row.value for row in work.rows[:2]] == ["Made-up Rehabilitation", "Case manager"]
    assert {row.change_url for section in sections for row in section.rows} == {""}


def test_an_approved_application_leads_to_the_fee(newcomer, person):
    make_approved(person, pence=9000)

    status = newcomer.get("/apply/").context["status"]

    assert (status.words, status.url) == ("Case Manager application: approved", "/profile/")
    assert status.next_words == (
        "The fee to activate it is £90.00. View your profile and press Pay, or pay by BACS."
    )


def test_withdrawing_asks_once_and_leaves_the_way_open(page, person):

    asked = page.get("/apply/withdraw/")
    state_when_asked = applying.own(person).state
    answer = page.post("/apply/withdraw/", follow=True)

    assert "Withdraw your application?" in words(asked)
    assert state_when_asked == State.DRAFT
    assert applying.own(person).state == State.WITHDRAWN
    assert answer.context["status"].words == "Case Manager application: withdrawn"


def test_a_referee_who_declined_is_replaced_and_the_application_keeps_its_place(page, person):
    applying.fill_practising(page)
    applying.send(page)
    sent_at = applying.own(person).submitted_at
    lost = Referee.objects.get(email="ravi@example.org")
    Referee.objects.filter(pk=lost.pk).update(state=Referee.State.REFUSED, answered_at=sent_at)

    status = page.get("/apply/").context["status"]
    third = {**applying.SECOND_REFEREE, "name": "Third Referee", "email": "third@example.org"}
    page.post("/apply/referees/2/replace/", third)
    again = page.post("/apply/referees/2/replace/", third)

    application = applying.own(person)
    assert (status.url, again.status_code) == ("/apply/referees/2/replace/", 404)
    assert (application.state, application.submitted_at) == (State.SUBMITTED, sent_at)
    assert [one.email for one in application.referees.named()] == [
        "rhona@example.org",
        "third@example.org",
    ]
    assert Letter.objects.filter(kind="reference_request", to="third@example.org").count() == 1


def test_a_referee_who_was_asked_is_not_replaced(page, person):
    applying.fill_practising(page)
    applying.send(page)

    answer = page.post("/apply/referees/2/replace/", applying.SECOND_REFEREE)

    assert answer.status_code == 404


def test_another_number_leaves_what_the_office_checked_alone(page, person):
    page.post("/apply/registration/", applying.NURSE)
    checked = person.registrations.get()
    checked.status, checked.checked_on, checked.checked_by = "lapsed", "2026-11-01", make_officer()
    checked.save()

    page.post("/apply/registration/", {**applying.NURSE, "number": "02B3456C"})

    rows = person.registrations.order_by("pk").values_list("number", "status")
    assert list(rows) == [("01A2345N", "lapsed"), ("02B3456C", "unchecked")]


def test_going_back_to_a_number_that_was_checked_drops_the_slip(page, person):
    page.post("/apply/registration/", applying.NURSE)
    checked = person.registrations.get()
    checked.status, checked.checked_on, checked.checked_by = "lapsed", "2026-11-01", make_officer()
    checked.save()
    page.post("/apply/registration/", {**applying.NURSE, "number": "02B3456C"})

    page.post("/apply/registration/", applying.NURSE)

    assert list(person.registrations.values_list("number", "status")) == [("01A2345N", "lapsed")]


def test_correcting_an_unchecked_number_keeps_one_row(page, person):
    page.post("/apply/registration/", applying.NURSE)

    page.post("/apply/registration/", {**applying.NURSE, "number": "02B3456C"})

    assert list(person.registrations.values_list("number", flat=True)) == ["02B3456C"]
