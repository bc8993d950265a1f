"""Complaints: taken on a page, confirmed at once, watched, looked into and answered."""

import datetime as dt
import time

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from cmsuk.schedule import BEAT_SCHEDULE
from foundation import history
from foundation.captcha import QUESTIONS
from foundation.models import Letter
from records import keeping
from tests.factories import A_MOMENT, make_clerk, make_officer, make_person
from website import complaints, tasks
from website.models import Complaint

pytestmark = pytest.mark.django_db


def typed(**changes):
    return {
        "about": "data",
        "what": "My telephone number was given to somebody.",
        "wish": "An explanation.",
        "name": "Dora Invented",
        "email": "dora@example.org",
        "for_whom": "",
        "question_token": signing.dumps([0, time.time() - 60], salt="cmsuk.captcha"),
        "answer": min(QUESTIONS[0][1]),
        "nickname": "",
        **changes,
    }


def make_complaint(**changes):
    facts = {
        "about": "site",
        "name": "Dora Invented",
        "email": "dora@example.org",
        "for_whom": "",
        "what": "It was slow.",
        "wish": "",
        "sent_once": f"mark {Complaint.objects.count()}",
    }
    return complaints.receive(complaints.Told(**{**facts, **changes}), at=A_MOMENT)


def kinds():
    return sorted(Letter.objects.values_list("kind", flat=True))


def test_a_complaint_is_kept_and_confirmed_at_once(client):
    answer = client.post("/complaints/", typed())

    complaint = Complaint.objects.get()
    assert answer["Location"] == "/complaints/thank-you/"
    assert complaint.due_on == timezone.localdate() + dt.timedelta(days=30)
    assert kinds() == ["complaint_received", "office_complaint"]
    assert complaint.reference in Letter.objects.get(kind="complaint_received").subject


def test_the_office_is_told_without_any_words_of_the_complaint():
    make_complaint(what="A secret thing.")

    letter = Letter.objects.get(kind="office_complaint")
    assert "A secret thing." not in letter.text
    assert "Dora" not in letter.text


def test_the_page_that_says_thank_you_names_nobody(client):
    page = client.post("/complaints/", typed(), follow=True).content.decode()

    assert "We have your complaint" in page
    assert "Dora" not in page


def test_the_same_page_sent_twice_is_one_complaint(client):
    page = typed()

    client.post("/complaints/", page)
    client.post("/complaints/", page)

    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("field", ["about", "what", "name", "email", "answer"])
def test_what_is_missing_is_asked_for_and_the_rest_kept(client, field):
    page = client.post("/complaints/", typed(**{field: ""})).content.decode()

    assert "There is a problem" in page
    assert Complaint.objects.count() == 0
    assert field == "wish" or "An explanation." in page


def test_too_many_are_stopped_with_another_way(client):
    for number in range(5):
        client.post("/complaints/", typed(what=f"Number {number}"))

    answer = client.post("/complaints/", typed(what="One more"))

    assert answer.status_code == 429
    assert "One more" in answer.content.decode()
    assert Complaint.objects.count() == 5


def test_what_was_done_is_logged_and_told_where_wished():
    complaint, officer = make_complaint(), make_officer()

    for words, tell in (("Asked the office.", False), ("We have found the mistake.", True)):
        complaints.note_progress(
            complaint_id=complaint.pk, words=words, tell=tell, by=officer, at=A_MOMENT
        )

    log = [event.text for event in history.of(complaint.history_key)]
    assert log == ["We have found the mistake.", "Asked the office.", ""]
    assert "We have found the mistake." in Letter.objects.get(kind="complaint_progress").text


def test_the_outcome_is_told_once():
    complaint, officer = make_complaint(), make_officer()
    facts = {"complaint_id": complaint.pk, "outcome": "You were right.", "by": officer}

    complaints.close(**facts, at=A_MOMENT)
    with pytest.raises(complaints.Closed, match=complaint.reference):
        complaints.close(**facts, at=A_MOMENT)

    assert kinds().count("complaint_outcome") == 1
    assert Complaint.objects.get().closed_by == officer


@pytest.mark.parametrize(
    ("days_left", "reminded"),
    [(8, 0), (7, 1), (6, 0), (1, 0), (0, 1), (-1, 0), (-6, 0), (-7, 1), (-14, 1)],
)
def test_the_office_is_reminded_before_and_after_the_due_day(days_left, reminded):
    complaint = make_complaint()
    on = complaint.due_on - dt.timedelta(days=days_left)

    complaints.remind(on=on, at=A_MOMENT)
    complaints.remind(on=on, at=A_MOMENT + dt.timedelta(hours=1))

    assert kinds().count("office_complaint_due") == reminded


def test_nobody_is_reminded_of_an_answered_one():
    complaint = make_complaint()
    complaints.close(complaint_id=complaint.pk, outcome="Done.", by=make_officer(), at=A_MOMENT)

    assert complaints.remind(on=complaint.due_on, at=A_MOMENT) == 0


def test_celery_reminds_every_morning():
    tasks.remind_of_complaints.apply().get()

    names = [each["task"] for each in BEAT_SCHEDULE.values()]
    assert names.count(tasks.remind_of_complaints.name) == 1


def test_the_office_answers_in_its_pages(client):
    complaint = make_complaint()
    client.force_login(make_officer())
    change = f"/admin/website/complaint/{complaint.pk}"

    read = client.get(f"{change}/change/").content.decode()
    client.post(f"{change}/progress/", {"words": "Looked at the log.", "tell": "on"})
    client.post(f"{change}/outcome/", {"words": "It is mended."})

    assert "Answer the complaint" in read
    assert Complaint.objects.get().outcome == "It is mended."
    assert "complaint_progress" in kinds()


def test_an_empty_outcome_is_refused(client):
    complaint = make_complaint()
    client.force_login(make_officer())

    page = client.post(f"/admin/website/complaint/{complaint.pk}/outcome/", {"words": " "})

    assert "Write the outcome" in page.content.decode()
    assert Complaint.objects.get().closed_at is None


@pytest.mark.parametrize("step", ["progress", "outcome", "change"])
@pytest.mark.parametrize("who", ["clerk", "member"])
def test_nobody_else_reads_or_answers_it(client, step, who):
    complaint = make_complaint()
    client.force_login(make_clerk() if who == "clerk" else make_person().user)

    answer = client.post(f"/admin/website/complaint/{complaint.pk}/{step}/", {"words": "x"})

    assert answer.status_code in (302, 403)
    assert Complaint.objects.get().outcome == ""


def test_office_home_shows_what_is_due(client):
    make_complaint()
    client.force_login(make_officer())

    assert "complaint is to be answered" in client.get("/admin/").content.decode()


def test_it_goes_three_years_after_it_was_answered():
    complaint = make_complaint()
    waiting = make_complaint()
    complaints.close(complaint_id=complaint.pk, outcome="Done.", by=make_officer(), at=A_MOMENT)
    day = timezone.localdate(A_MOMENT).replace(year=A_MOMENT.year + 3)

    keeping.run(on=day - dt.timedelta(days=1))
    before = Complaint.objects.count()
    keeping.run(on=day)

    assert before == 2
    assert list(Complaint.objects.all()) == [waiting]


@pytest.mark.parametrize(
    "broken",
    [
        {"outcome": "Done."},
        {"what": ""},
        {"due_on": dt.date(2020, 1, 1)},
    ],
)
def test_the_database_refuses_what_must_never_be(broken):
    complaint = make_complaint()

    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(**broken)
