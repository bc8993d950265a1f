"""Students whose course has ended: one letter, words on the profile, and a new date."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError

from foundation import history
from foundation.models import Letter
from membership import courses, upgrades
from membership.models import Application, FeeDue, Membership
from payments import reminders
from tests.factories import A_DAY, A_MOMENT, make_application, make_fee, make_member, make_user
from tests.refusing import refuse_history_of

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PAGE = "/profile/dates/course/"


def make_student(course_until=A_DAY, type="student", **kwargs):
    """A Student member whose course ends on a day."""
    person = make_member(type=type, **kwargs)
    make_application(
        person,
        Application.State.ACTIVATED,
        type=type,
        course_title="MSc Case Management",
        course_provider="Example University",
        course_ends_on=course_until,
    )
    return person


def ask(days_later=0):
    return courses.ask_what_follows(at=A_MOMENT + days_later * DAY)


def test_a_student_is_asked_once_what_follows_the_day_after_the_course():
    person = make_student()

    written = [ask(days) for days in range(4)]

    assert written == [0, 1, 0, 0]
    letter = Letter.objects.get(kind="course_ended")
    assert letter.to == person.email
    assert "MSc Case Management, ended on 22 November 2026" in letter.text
    for way in ("/apply/upgrade/", "/apply/", PAGE):
        assert f"{way}\n" in letter.text
    assert history.of(person.history_key).last().verb == "asked what follows the course"


@pytest.mark.parametrize(("days", "letters"), [(60, 1), (61, 0)])
def test_nights_that_were_missed_are_made_up_for_within_two_months(days, letters):
    make_student()

    assert ask(days) == letters


def test_nobody_else_is_asked():
    over = A_DAY - DAY
    make_student(over, type="associate")
    make_application(make_student(over))
    make_student(None)
    gone, suspended = make_student(over), make_student(over)
    FeeDue.objects.filter(person=gone).update(ends_on=over)
    Membership.objects.filter(person=suspended).update(
        suspended_at=A_MOMENT, suspended_by=make_user(), suspension_reason="Because."
    )
    make_application(make_member(type="student"), Application.State.DECLINED, course_ends_on=over)

    assert ask() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sweep_looks_for_them_in_one_query(rows, django_assert_num_queries):
    for _row in range(rows):
        make_student(A_DAY)

    with django_assert_num_queries(1):
        assert ask() == 0


@pytest.mark.parametrize(("days", "is_over"), [(0, False), (1, True)])
def test_the_upgrade_on_the_profile_says_that_the_course_has_ended(days, is_over):
    offered = upgrades.offer(make_student(), A_DAY + days * DAY)

    assert offered.course_ended_on == (A_DAY if is_over else None)
    assert offered.course_url == PAGE


def test_an_associate_reads_nothing_of_a_course():
    offered = upgrades.offer(make_student(A_DAY - DAY, type="associate"), A_DAY)

    assert (offered.course_ended_on, offered.course_url) == (None, "")


@pytest.mark.parametrize(("type", "says"), [("student", True), ("supporter", False)])
def test_the_renewal_letter_of_a_student_says_it_too(type, says):
    ends_on = A_DAY + 30 * DAY
    person = make_student(A_DAY - DAY, type=type, starts_on=A_DAY - 300 * DAY, ends_on=ends_on)
    make_fee(person, purpose=FeeDue.Purpose.RENEWAL, type=type)

    reminders.remind_renewals(at=A_MOMENT)

    words = "your course ended on 21 November 2026"
    assert (words in Letter.objects.get(kind="renewal_due").text) is says


# The page -------------------------------------------------------------------------------------


@pytest.fixture
def student(client):
    person = make_student(A_DAY - DAY)
    client.force_login(person.user)
    with time_machine.travel(A_MOMENT, tick=False):
        yield person


def sent(day):
    return {"date_day": day.day, "date_month": day.month, "date_year": day.year}


def test_the_profile_says_it_and_leads_to_every_way_on(client, student):
    page = client.get("/profile/").content.decode()

    assert "Your course ended on 21 November 2026." in page
    for way in ("/apply/upgrade/", "/apply/", PAGE):
        assert f'href="{way}"' in page


def test_a_course_that_goes_on_is_told_and_nobody_is_asked_before_its_end(client, student):
    later = A_DAY + 300 * DAY

    answer = client.post(PAGE, sent(later))

    assert answer["Location"] == "/profile/"
    assert student.applications.get().course_ends_on == later
    assert history.of(student.history_key).last().text == "It ends on 18 September 2027"
    assert ask() == 0


def test_the_same_day_told_twice_is_noted_once(client, student):
    for _time in range(2):
        client.post(PAGE, sent(A_DAY + 300 * DAY))

    assert history.of(student.history_key).filter(verb="told of a course").count() == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (A_DAY - DAY, "That day is over."),
        (dt.date(2031, 11, 23), "That is more than 5 years ahead."),
    ],
)
def test_a_day_that_cannot_be_is_said_and_kept(client, student, day, words):
    page = client.post(PAGE, sent(day)).content.decode()

    assert words in page
    assert f'value="{day.year}"' in page
    assert student.applications.get().course_ends_on == A_DAY - DAY


@pytest.mark.parametrize("type", ["associate", "supporter"])
def test_who_is_no_student_has_no_such_page(client, student, type):
    client.force_login(make_student(A_DAY - DAY, type=type).user)

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, sent(A_DAY + 300 * DAY)).status_code == 404


def test_a_stranger_signs_in_first(client):
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")


def test_a_student_whom_the_database_refuses_keeps_no_other_from_being_asked():
    refused, sound = make_student(), make_student()
    refuse_history_of(refused.history_key)

    with pytest.raises(IntegrityError):
        ask(1)

    assert [letter.to for letter in Letter.objects.all()] == [sound.email]
