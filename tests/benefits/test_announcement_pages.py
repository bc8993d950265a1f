"""The office's pages of announcements: looked at, tried out, sent, stopped, in numbers alone."""

import datetime as dt

import pytest
from django.test import Client

from benefits import announcing
from benefits.models import Announcement
from foundation.models import Letter
from tests.benefits.announcing import make_announcement, make_reader, topic
from tests.factories import A_MOMENT, make_member, make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
State = Announcement.State
BASE = "/admin/benefits/announcement/"


@pytest.fixture
def office():
    client = Client()
    client.force_login(make_officer(email="olive@example.org"))
    return client


def words(answer):
    return answer.content.decode()


def test_a_draft_is_written_looked_at_and_counted_and_nothing_is_sent(office):
    make_reader()
    make_member()

    answer = office.post(
        f"{BASE}add/",
        {"subject": "Hello", "text": "Dear **member**", "topics": [topic().pk]},
        follow=True,
    )

    page = words(answer)
    made = Announcement.objects.get()
    assert answer.redirect_chain[-1][0] == f"{BASE}{made.pk}/look/"
    assert "<strong>1</strong> active member who agreed" in page
    assert "<strong>member</strong>" in page
    assert "Dear member\n" in page
    assert (made.state, made.types, Letter.objects.count()) == (State.DRAFT, [], 0)


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("subject", "Write a subject."),
        ("text", "Write the letter."),
        ("topics", "Tick what it is about"),
    ],
)
def test_what_is_missing_is_said(office, left_out, said):
    typed = {"subject": "Hello", "text": "Words", "topics": [topic().pk]}
    del typed[left_out]

    assert said in words(office.post(f"{BASE}add/", typed))
    assert not Announcement.objects.exists()


def test_script_in_a_letter_stays_words(office):
    made = make_announcement(text="<script>alert(1)</script>\n\n[x](javascript:alert(1))")

    page = words(office.get(f"{BASE}{made.pk}/look/"))

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_trial_letter_goes_to_oneself_alone_and_its_way_out_ends_nothing(office, client):
    reader = make_reader()
    made = make_announcement()

    office.post(f"{BASE}{made.pk}/try/")

    trial = Letter.objects.get()
    assert (trial.to, trial.subject) == ("olive@example.org", "Test: Study day in Cardiff")
    assert client.post(trial.leave_url.removeprefix("http://127.0.0.1:8000")).status_code == 404
    assert reader.news_consents.open().count() == 1


def test_it_is_sent_now(office):
    make_reader()
    made = make_announcement()

    answer = office.post(f"{BASE}{made.pk}/send/", {"when": "now"}, follow=True)

    made.refresh_from_db()
    assert (made.state, made.send_at) == (State.PLANNED, A_MOMENT)
    assert "It is on its way." in words(answer)


def test_it_is_planned_for_a_time_and_stopped_before_it(office):
    make_reader()
    made = make_announcement()
    later = {"when": "later", "send_at": "23/11/2026 09:30"}

    planned = words(office.post(f"{BASE}{made.pk}/send/", later, follow=True))
    made.refresh_from_db()
    when = made.send_at
    stopped = words(office.post(f"{BASE}{made.pk}/stop/", follow=True))

    assert when == dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    assert "It goes on 23 November 2026 at 09:30." in planned
    assert "A draft: nobody has it." in stopped


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"when": "later", "send_at": "22/11/2026 10:00"}, "This is past."),
        ({"when": "later", "send_at": ""}, "Enter the day and time at which it goes."),
        ({"when": "later", "send_at": "soon"}, "Enter day and time such as"),
        ({}, "Choose when it goes."),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_a_sentence(office, typed, said):
    make_reader()
    made = make_announcement()

    page = words(office.post(f"{BASE}{made.pk}/send/", typed))

    made.refresh_from_db()
    assert said in page
    assert made.state == State.DRAFT


def test_progress_is_numbers_and_nobodys_name(office):
    reader = make_reader()
    made = make_announcement()
    announcing.plan(made.pk, send_at=A_MOMENT, by=make_officer(), at=A_MOMENT)
    announcing.begin(made.pk, at=A_MOMENT)
    announcing.write_a_lot(made.pk, at=A_MOMENT)

    page = words(office.get(f"{BASE}{made.pk}/look/"))

    assert "<dt>Waiting</dt><dd>1</dd>" in page
    assert reader.email not in page
    assert reader.family_name not in page


def test_what_is_on_its_way_is_not_written_or_deleted_any_more(office):
    make_reader()
    made = make_announcement()
    announcing.plan(made.pk, send_at=A_MOMENT, by=make_officer(), at=A_MOMENT)

    codes = [
        office.post(f"{BASE}{made.pk}/change/", {"subject": "Other"}).status_code,
        office.post(f"{BASE}{made.pk}/delete/", {"post": "yes"}).status_code,
    ]

    made.refresh_from_db()
    assert codes == [403, 403]
    assert made.subject == "Study day in Cardiff"


def test_a_step_that_makes_no_sense_any_more_is_refused_with_a_sentence(office):
    made = make_announcement()

    page = words(office.post(f"{BASE}{made.pk}/go-on/", follow=True))

    assert "“Study day in Cardiff” was not stopped, so it need not be gone on with." in page


def test_the_list_asks_as_often_for_one_as_for_three(office, django_assert_max_num_queries):
    make_announcement()
    with django_assert_max_num_queries(12):
        office.get(BASE)
    for _ in range(2):
        make_announcement()

    with django_assert_max_num_queries(12):
        office.get(BASE)
