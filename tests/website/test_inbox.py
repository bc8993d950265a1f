"""Writing to the office: what the visitor types, and what the office does with it."""

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
from website import inbox
from website.models import Message
from website.sending import TIMES_AN_HOUR

pytestmark = pytest.mark.django_db

LATER = A_MOMENT + dt.timedelta(hours=2)
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


def typed(**changes):
    return {
        "name": "Dora Invented",
        "email": "dora@example.org",
        "topic": "site",
        "words": "I cannot find the form.",
        "question_token": signing.dumps([0, time.time() - 60], salt="cmsuk.captcha"),
        "answer": min(QUESTIONS[0][1]),
        "nickname": "",
        **changes,
    }


def make_message(at=A_MOMENT, **kwargs):
    facts = {
        "name": "Dora Invented",
        "email": "dora@example.org",
        "topic": "other",
        "words": "I cannot find the form.",
        "sent_once": f"mark {Message.objects.count()}",
    }
    return inbox.receive(inbox.Written(**{**facts, **kwargs}), at=at)


def test_a_message_reaches_the_queue_and_the_office(client, settings):
    with time_machine.travel(MONDAY, tick=False):
        response = client.post("/contact/", typed())

    assert response["Location"] == "/contact/thank-you/"
    message = Message.objects.get()
    assert (message.name, message.email, message.topic, message.words, message.state) == (
        "Dora Invented",
        "dora@example.org",
        "site",
        "I cannot find the form.",
        Message.State.NEW,
    )
    assert message.due_on == dt.date(2026, 11, 26)
    letter = Letter.objects.get()
    assert letter.to == settings.SOCIETY["email"]
    assert f"/admin/website/message/{message.pk}/change/" in letter.text
    assert [event.verb for event in history.of(message.history_key)] == ["message received"]


def test_the_letter_to_the_office_carries_nothing_that_was_typed(client):
    client.post("/contact/", typed())

    letter = Letter.objects.get()
    for word in ("Dora", "dora@", "cannot find"):
        assert word not in letter.subject + letter.text


def test_nobody_is_written_to_before_the_office_answers(client):
    """A stranger's address typed here brings the stranger nothing."""
    client.post("/contact/", typed(email="stranger@example.org"))

    assert not Letter.objects.filter(to="stranger@example.org").exists()


def test_the_pages_say_by_when_we_answer(client):
    with time_machine.travel(MONDAY, tick=False):
        before = client.get("/contact/").content.decode()
        after = client.get("/contact/thank-you/").content.decode()

    assert "we answer by Thursday 26 November" in before
    assert "We answer by Thursday 26 November" in after


def test_the_page_has_address_telephone_and_e_mail_where_they_are_set(client, settings):
    settings.SOCIETY = {
        **settings.SOCIETY,
        "address": "1 Sample Street\nSampleton",
        "phone": "020 7946 0111",
        "email": "office@example.org",
    }

    text = client.get("/contact/").content.decode()

    assert "1 Sample Street<br>Sampleton" in text
    assert "020 7946 0111" in text
    assert '<a href="mailto:office@example.org">office@example.org</a>' in text


def test_what_is_not_set_leaves_no_empty_line(client, settings):
    settings.SOCIETY = {**settings.SOCIETY, "address": "", "phone": ""}

    text = client.get("/contact/").content.decode()

    assert "<dt>Post</dt>" not in text
    assert "<dt>Telephone</dt>" not in text


def test_the_page_that_says_thank_you_names_nobody(client):
    page = client.post("/contact/", typed(), follow=True).content.decode()

    assert "We have your message" in page
    assert "dora" not in page.casefold()


def test_a_page_sent_twice_is_one_message(client):
    page = typed()

    client.post("/contact/", page)
    client.post("/contact/", page)

    assert Message.objects.count() == 1
    assert Letter.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client):
    response = client.post(
        "/contact/", typed(name="", email="dora", topic="", words="", answer="green")
    )

    assert response.status_code == 200
    assert response.context["form"].errors == {
        "name": ["Enter your name."],
        "email": ["Enter an e-mail address such as name@example.org."],
        "topic": ["Choose what it is about."],
        "words": ["Write your message."],
        "answer": ["That is not the answer we expected. Please try once more."],
    }
    assert 'value="dora"' in response.content.decode()
    assert not Message.objects.exists()


def test_the_sixth_message_in_an_hour_is_refused_and_keeps_the_words(client):
    for number in range(TIMES_AN_HOUR):
        client.post("/contact/", typed(words=f"Message {number}"))

    response = client.post("/contact/", typed(words="One too many"))

    assert response.status_code == 429
    text = response.content.decode()
    assert "You have sent 5 messages this hour" in text
    assert "One too many" in text
    assert Message.objects.count() == TIMES_AN_HOUR


def test_calls_and_messages_are_counted_apart(client):
    for number in range(TIMES_AN_HOUR):
        client.post("/contact/", typed(words=f"Message {number}"))

    answer = client.post("/callback/", {})

    assert answer.status_code == 200


def test_an_answer_goes_to_whoever_wrote_with_their_own_words():
    message, officer = make_message(), make_officer()

    inbox.answer(message_id=message.pk, words="It is under Membership.", by=officer, at=LATER)

    message.refresh_from_db()
    assert (message.state, message.answer) == (Message.State.ANSWERED, "It is under Membership.")
    assert (message.closed_at, message.closed_by) == (LATER, officer)
    letter = Letter.objects.get(kind="message_answer")
    assert letter.to == "dora@example.org"
    assert "Dear Dora Invented," in letter.text
    assert "It is under Membership." in letter.text
    assert "I cannot find the form." in letter.text


def test_a_message_that_needs_no_letter_is_closed_with_a_reason():
    message, officer = make_message(), make_officer()

    inbox.close(message_id=message.pk, why="Advertising.", by=officer, at=LATER)

    message.refresh_from_db()
    assert (message.state, message.answer) == (Message.State.CLOSED, "")
    assert not Letter.objects.filter(to="dora@example.org").exists()
    log = [(event.verb, event.text) for event in history.of(message.history_key)]
    assert log[0] == ("message closed", "Advertising.")


@pytest.mark.parametrize("first", ["answer", "close"])
@pytest.mark.parametrize("second", ["answer", "close"])
def test_whoever_comes_second_is_told(first, second):
    message, officer = make_message(), make_officer()
    words = {"answer": {"words": "Yes."}, "close": {"why": "No."}}
    facts = {"message_id": message.pk, "by": officer, "at": LATER}
    getattr(inbox, first)(**words[first], **facts)

    with pytest.raises(inbox.Closed, match="closed on 22 November 2026"):
        getattr(inbox, second)(**words[second], **facts)

    assert Letter.objects.filter(kind="message_answer").count() == (first == "answer")


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "answered"},
        {"state": "answered", "closed_at": A_MOMENT, "answer": "Yes."},
        {"state": "answered", "closed_at": A_MOMENT, "closed_by": True},
        {"state": "closed", "closed_at": A_MOMENT, "closed_by": True, "answer": "Yes."},
        {"state": "new", "closed_at": A_MOMENT},
        {"name": ""},
        {"email": ""},
        {"words": ""},
        {"due_on": dt.date(2026, 11, 21)},
    ],
)
def test_half_a_step_is_refused(broken):
    message = make_message()
    if "closed_by" in broken:
        broken = {**broken, "closed_by": make_officer()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**broken)


def test_the_office_answers_on_a_page():
    message = make_message()
    client, way = browser_of(make_officer()), f"/admin/website/message/{message.pk}/answer/"

    shown = client.get(way).content.decode()
    missing = client.post(way, {"words": ""}).content.decode()
    done = client.post(way, {"words": "It is under Membership."}, follow=True).content.decode()

    assert "I cannot find the form." in shown
    assert "Write the answer: it is sent to them." in missing
    assert "Answered. The letter is on its way." in done
    assert "message answered  It is under Membership." in done


def test_the_office_closes_on_a_page_and_is_told_what_cannot_be_done():
    message, client = make_message(), browser_of(make_officer())
    way = f"/admin/website/message/{message.pk}/close/"

    first = client.post(way, {"why": "Telephoned."}, follow=True).content.decode()
    second = client.post(way, {"why": "Again."}, follow=True).content.decode()

    assert "Closed." in first
    assert "“Closed without a letter”." in second


@pytest.mark.parametrize("make", [make_clerk, make_user, lambda: make_person().user])
@pytest.mark.parametrize("page", ["", "{}/change/", "{}/answer/", "{}/close/"])
def test_nobody_else_reads_or_answers(make, page):
    message = make_message()
    client, way = browser_of(make()), f"/admin/website/message/{page.format(message.pk)}"

    codes = {client.get(way).status_code, client.post(way, {"words": "x"}).status_code}

    message.refresh_from_db()
    assert codes <= {302, 403}
    assert message.state == Message.State.NEW


def test_the_list_costs_the_same_for_one_and_three(django_assert_max_num_queries):
    client = browser_of(make_officer())
    make_message()
    with django_assert_max_num_queries(8):
        client.get("/admin/website/message/")
    make_message()
    make_message()

    with django_assert_max_num_queries(8):
        text = client.get("/admin/website/message/").content.decode()

    assert text.count('class="field-name"') == 3


def test_what_was_typed_is_shown_and_not_run():
    message = make_message(words="<script>alert(1)</script>", name="<b>Dora</b>")
    client = browser_of(make_officer())

    for page in ("", f"{message.pk}/change/", f"{message.pk}/answer/"):
        text = client.get(f"/admin/website/message/{page}").content.decode()
        assert "<script>alert" not in text
        assert "<b>Dora" not in text
