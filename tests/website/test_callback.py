"""Asking for a call: what the visitor types, and what the office does with it."""

import datetime as dt
import time

import pytest
import time_machine
from django.core import signing
from django.db import IntegrityError, transaction

from foundation import history
from foundation.captcha import QUESTIONS
from foundation.models import Letter
from tests.factories import A_MOMENT, make_clerk, make_officer, make_person, make_user
from tests.signed_in import browser_of
from website import callbacks
from website.models import CallbackRequest
from website.sending import TIMES_AN_HOUR

pytestmark = pytest.mark.django_db

State = CallbackRequest.State
LATER = A_MOMENT + dt.timedelta(hours=2)


def typed(**changes):
    return {
        "name": "Dora Invented",
        "phone": "020 7946 0123",
        "email": "",
        "best_time": "morning",
        "topic": "finding",
        "message": "I look for somebody near Cardiff.",
        "question_token": signing.dumps([0, time.time() - 60], salt="cmsuk.captcha"),
        "answer": min(QUESTIONS[0][1]),
        "nickname": "",
        **changes,
    }


def make_request(state=State.NEW, **kwargs):
    facts = {
        "name": "Dora Invented",
        "phone": "+442079460123",
        "topic": "other",
        "sent_once": f"mark {CallbackRequest.objects.count()}",
        "state": state,
        "asked_at": A_MOMENT,
    }
    facts["due_at"] = kwargs.get("asked_at", A_MOMENT) + dt.timedelta(days=1)
    if state != State.NEW:
        facts |= {"changed_at": A_MOMENT, "changed_by": make_officer()}
    if state == State.NO_ANSWER:
        facts["tries"] = 1
    if state == State.CLOSED:
        facts["closed_at"] = A_MOMENT
    return CallbackRequest.objects.create(**{**facts, **kwargs})


def test_a_request_reaches_the_queue_and_the_office(client, settings):
    response = client.post("/callback/", typed())

    assert response["Location"] == "/callback/thank-you/"
    asked = CallbackRequest.objects.get()
    assert (asked.name, str(asked.phone), asked.best_time, asked.topic, asked.state) == (
        "Dora Invented",
        "+44 20 7946 0123",
        "morning",
        "finding",
        State.NEW,
    )
    letter = Letter.objects.get()
    assert letter.to == settings.SOCIETY["email"]
    assert f"/admin/website/callbackrequest/{asked.pk}/change/" in letter.text
    assert [event.verb for event in history.of(f"callback {asked.pk}")] == ["callback asked for"]


def test_the_letter_to_the_office_carries_no_name_and_no_number(client):
    client.post("/callback/", typed())

    letter = Letter.objects.get()
    assert "Dora" not in letter.subject + letter.text
    assert "7946" not in letter.subject + letter.text


def test_a_page_sent_twice_is_one_request(client):
    page = typed()

    client.post("/callback/", page)
    client.post("/callback/", page)

    assert CallbackRequest.objects.count() == 1
    assert Letter.objects.count() == 1


def test_a_second_wish_is_a_second_request(client):
    page = typed()

    client.post("/callback/", page)
    client.post("/callback/", {**page, "message": "And something else."})

    assert CallbackRequest.objects.count() == 2


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client):
    response = client.post("/callback/", typed(phone="12", name="", topic="", answer="green"))

    text = response.content.decode()
    assert response.status_code == 200
    assert response.context["form"].errors == {
        "name": ["Enter your name."],
        "phone": ["Enter a telephone number, for example 020 7946 0100 or +353 1 234 5678."],
        "topic": ["Choose what it is about."],
        "answer": ["That is not the answer we expected. Please try once more."],
    }
    assert '<a href="#id_topic_0">Choose what it is about.</a>' in text
    assert 'value="12"' in text
    assert "I look for somebody near Cardiff." in text
    assert text.count("<title>Error: Request a callback – CMSUK</title>") == 1
    assert not CallbackRequest.objects.exists()


def test_a_number_from_abroad_is_fine(client):
    client.post("/callback/", typed(phone="+353 1 234 5678"))

    assert str(CallbackRequest.objects.get().phone) == "+353 1 234 5678"


def test_the_sixth_request_in_an_hour_is_refused_and_keeps_the_words(client):
    for number in range(TIMES_AN_HOUR):
        client.post("/callback/", typed(message=f"Wish {number}"))

    response = client.post("/callback/", typed(message="One too many"))

    assert response.status_code == 429
    assert "You have sent 5 requests this hour" in response.content.decode()
    assert "One too many" in response.content.decode()
    assert CallbackRequest.objects.count() == TIMES_AN_HOUR


def test_mistakes_are_not_counted_as_requests(client):
    for _ in range(TIMES_AN_HOUR + 1):
        client.post("/callback/", typed(name=""))

    assert client.post("/callback/", typed()).status_code == 302


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (State.NEW, State.NO_ANSWER),
        (State.NEW, State.CALLED),
        (State.NEW, State.CLOSED),
        (State.NO_ANSWER, State.NO_ANSWER),
        (State.NO_ANSWER, State.CALLED),
        (State.NO_ANSWER, State.CLOSED),
        (State.CALLED, State.CLOSED),
    ],
)
def test_each_step_is_noted_with_its_caller(now, then):
    asked, officer = make_request(now), make_officer()

    callbacks.mark(callback_id=asked.pk, state=then, by=officer, at=LATER)

    asked.refresh_from_db()
    assert (asked.state, asked.changed_at, asked.changed_by) == (then, LATER, officer)
    assert asked.closed_at == (LATER if then == State.CLOSED else None)
    event = history.of(f"callback {asked.pk}").get()
    assert (event.at, event.actor) == (LATER, f"user {officer.pk}")


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (State.NEW, State.NEW),
        (State.CALLED, State.NO_ANSWER),
        (State.CALLED, State.CALLED),
        (State.CLOSED, State.CALLED),
        (State.CLOSED, State.CLOSED),
        (State.CLOSED, State.NEW),
    ],
)
def test_a_step_back_is_refused(now, then):
    asked, officer = make_request(now), make_officer()

    with pytest.raises(callbacks.NotPossible):
        callbacks.mark(callback_id=asked.pk, state=then, by=officer, at=LATER)

    asked.refresh_from_db()
    assert asked.state == now
    assert not history.of(f"callback {asked.pk}").exists()


def test_calls_without_an_answer_are_counted():
    asked, officer = make_request(), make_officer()

    for _ in range(3):
        callbacks.mark(callback_id=asked.pk, state=State.NO_ANSWER, by=officer, at=LATER)

    asked.refresh_from_db()
    assert asked.tries == 3


TUESDAY_NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
# Asked for on Sunday it came on Monday, and is due on Tuesday; who is not reached is due again.
SUNDAY, TUESDAY = A_MOMENT, dt.datetime(2026, 11, 24, 11, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("best_time", "hour"), [("any", 17), ("morning", 12), ("afternoon", 17), ("evening", 19)]
)
def test_a_call_is_due_in_the_time_of_day_that_was_chosen(client, best_time, hour):
    with time_machine.travel(SUNDAY, tick=False):
        client.post("/callback/", typed(best_time=best_time))

    assert CallbackRequest.objects.get().due_at == dt.datetime(2026, 11, 24, hour, tzinfo=dt.UTC)


def test_the_pages_say_by_when_we_call(client):
    with time_machine.travel(SUNDAY, tick=False):
        before = client.get("/callback/").content.decode()
        after = client.get("/callback/thank-you/").content.decode()

    assert "If you ask now we call you by Tuesday 24 November." in before
    assert "We call by Tuesday 24 November, at the time of day that you chose." in after


def test_somebody_who_was_not_reached_is_due_again():
    asked, officer = make_request(best_time="morning"), make_officer()

    callbacks.mark(callback_id=asked.pk, state=State.NO_ANSWER, by=officer, at=TUESDAY)

    asked.refresh_from_db()
    assert asked.due_at == dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)


def test_a_call_is_overdue_after_its_time_until_somebody_was_spoken_to():
    late = [make_request(state, due_at=TUESDAY_NOON) for state in CallbackRequest.TO_CALL]
    for state in (State.CALLED, State.CLOSED):
        make_request(state, due_at=TUESDAY_NOON)

    at_noon = CallbackRequest.objects.overdue(TUESDAY_NOON)
    a_minute_later = CallbackRequest.objects.overdue(TUESDAY_NOON + dt.timedelta(minutes=1))

    assert not at_noon.exists()
    assert list(a_minute_later.order_by("pk")) == late


def test_a_call_cannot_be_due_before_it_is_asked_for():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_request(due_at=A_MOMENT)


def test_only_closed_requests_leave_the_queue():
    waiting = [make_request(state) for state in (State.NEW, State.NO_ANSWER, State.CALLED)]
    make_request(State.CLOSED)

    assert list(CallbackRequest.objects.open().order_by("pk")) == waiting


@pytest.mark.parametrize(
    "broken",
    [
        {"state": State.CALLED, "changed_by": None, "changed_at": A_MOMENT},
        {"state": State.CALLED, "changed_at": None},
        {"state": State.NEW, "changed_at": A_MOMENT},
        {"state": State.CLOSED, "closed_at": None},
        {"state": State.CALLED, "closed_at": A_MOMENT},
        {"state": State.NO_ANSWER, "tries": 0},
    ],
)
def test_half_a_step_is_refused(broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_request(**broken)


def choose(client, action, *asked):
    page = "/admin/website/callbackrequest/"
    chosen = {"action": action, "_selected_action": [one.pk for one in asked]}
    return client.post(page, chosen, follow=True)


def test_the_office_moves_a_request_on_from_the_list():
    asked = make_request()

    response = choose(browser_of(make_officer()), "mark_called", asked)

    asked.refresh_from_db()
    assert asked.state == State.CALLED
    assert "Dora Invented: noted." in response.content.decode()


def test_the_office_is_told_what_could_not_be_done():
    done, waiting = make_request(State.CLOSED, name="Done Invented"), make_request()

    response = choose(browser_of(make_officer()), "mark_called", done, waiting)

    waiting.refresh_from_db()
    assert waiting.state == State.CALLED
    assert "Done Invented: This request is “Closed” already." in response.content.decode()


def test_the_list_says_who_is_overdue_and_shows_them_alone():
    make_request(name="Late Invented", due_at=A_MOMENT + dt.timedelta(hours=1))
    make_request(name="Early Invented", due_at=A_MOMENT + dt.timedelta(days=9))

    with time_machine.travel(A_MOMENT + dt.timedelta(days=1), tick=False):
        client = browser_of(make_officer())
        everybody = client.get("/admin/website/callbackrequest/?call=waiting").content.decode()
        late = client.get("/admin/website/callbackrequest/?call=overdue").content.decode()

    assert "Sun 22 Nov 2026, 11:00: overdue" in everybody
    assert "Early Invented" in everybody
    assert "Late Invented" in late
    assert "Early Invented" not in late


def mark_page(asked):
    return f"/admin/website/callbackrequest/{asked.pk}/mark/"


def test_the_office_notes_what_came_of_a_call_in_words():
    asked, client = make_request(), browser_of(make_officer())

    shown = client.get(mark_page(asked)).content.decode()
    typed_words = {"state": "no_answer", "words": "Rang twice."}
    done = client.post(mark_page(asked), typed_words, follow=True).content.decode()

    asked.refresh_from_db()
    assert "+44 20 7946 0123" in shown
    assert (asked.state, asked.tries) == (State.NO_ANSWER, 1)
    assert "callback no answer yet  Rang twice." in done


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("no_answer", "Noted. They are to be called again by the next working day."),
        ("called", "Noted. Close the request once nothing is left to do for them."),
        ("closed", "Closed."),
    ],
)
def test_whoever_noted_a_call_reads_what_is_left_to_do(state, words):
    asked = make_request()

    done = browser_of(make_officer()).post(mark_page(asked), {"state": state}, follow=True)

    assert [str(one) for one in done.context["messages"]] == [words]


@pytest.mark.parametrize("state", ["", "new", "nonsense"])
def test_only_a_possible_outcome_is_noted(state):
    asked = make_request()

    text = browser_of(make_officer()).post(mark_page(asked), {"state": state}).content.decode()

    asked.refresh_from_db()
    assert asked.state == State.NEW
    assert "Please correct what is marked below." in text


@pytest.mark.parametrize("make", [make_clerk, make_user, lambda: make_person().user])
def test_nobody_else_notes_what_came_of_a_call(make):
    asked, client = make_request(), browser_of(make())

    codes = {client.get(mark_page(asked)).status_code}
    codes.add(client.post(mark_page(asked), {"state": "closed"}).status_code)

    asked.refresh_from_db()
    assert codes <= {302, 403}
    assert asked.state == State.NEW


def test_nobody_writes_a_state_by_hand():
    asked = make_request()

    browser_of(make_officer()).post(
        f"/admin/website/callbackrequest/{asked.pk}/change/", {"state": "closed", "name": "X"}
    )

    asked.refresh_from_db()
    assert (asked.state, asked.name) == (State.NEW, "Dora Invented")


@pytest.mark.parametrize("make", [make_clerk, make_user, lambda: make_person().user])
def test_nobody_else_sees_or_moves_the_queue(make):
    asked = make_request()
    client = browser_of(make())

    listed = client.get("/admin/website/callbackrequest/")
    choose(client, "mark_closed", asked)

    asked.refresh_from_db()
    assert listed.status_code in {302, 403}
    assert asked.state == State.NEW


def test_the_queue_costs_the_same_for_one_and_three(django_assert_max_num_queries):
    client = browser_of(make_officer())
    make_request()
    with django_assert_max_num_queries(8):
        client.get("/admin/website/callbackrequest/")
    make_request()
    make_request()

    with django_assert_max_num_queries(8):
        text = client.get("/admin/website/callbackrequest/").content.decode()

    assert text.count('class="field-name"') == 3
