"""Choosing news, and leaving it by the link that every letter carries."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from benefits import news
from benefits.models import NewsConsent, Recipient
from foundation import history, links
from tests.benefits.announcing import agree, make_announcement, make_reader, topic
from tests.factories import A_MOMENT, make_member, make_person
from tests.signed_in import browser_of

pytestmark = pytest.mark.django_db
LATER = A_MOMENT + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def later():
    with time_machine.travel(LATER, tick=False):
        yield


def held(person):
    return sorted(
        NewsConsent.objects.open().filter(person=person).values_list("topic__name", flat=True)
    )


def way_out(person, announcement):
    return f"/news/leave/{news.token_for(person.pk, announcement.pk)}/"


def test_nothing_is_ticked_beforehand_and_a_visitor_signs_in_first(client):
    page = browser_of(make_member()).get("/profile/news/").content.decode()

    assert "I agree that CMSUK tells me about its events by e-mail." in page
    assert "checked" not in page
    assert client.get("/profile/news/")["Location"].startswith("/accounts/login/")


def test_what_is_ticked_is_kept_with_its_wording_and_moment_and_what_is_not_is_taken_back():
    person, other = agree(make_member(), "Magazine"), make_reader("Magazine")
    client = browser_of(person)

    answer = client.post("/profile/news/", {"topics": [topic("Events").pk]}, follow=True)

    kept = NewsConsent.objects.open().get(person=person)
    assert (kept.wording, kept.given_at) == (topic("Events").wording, LATER)
    assert NewsConsent.objects.get(person=person, topic=topic("Magazine")).withdrawn_at == LATER
    assert "Saved." in answer.content.decode()
    assert held(other) == ["Magazine"]
    told = [(one.verb, one.text) for one in history.of(person.history_key)]
    assert sorted(told) == [
        ("agreed to news", topic("Events").wording),
        ("took back the consent to news", topic("Magazine").wording),
    ]


def test_the_same_choice_twice_is_one_consent():
    person = make_member()
    client = browser_of(person)

    for _ in range(2):
        client.post("/profile/news/", {"topics": [topic("Events").pk]})

    assert NewsConsent.objects.filter(person=person).count() == 1


def test_a_topic_that_is_not_on_offer_is_not_agreed_to():
    hidden = topic("Magazine")
    hidden.is_offered = False
    hidden.save()
    person = make_member()

    answer = browser_of(person).post("/profile/news/", {"topics": [hidden.pk]})

    assert "Choose among the kinds of news shown." in answer.content.decode()
    assert held(person) == []


def test_new_words_of_a_topic_do_not_change_what_somebody_agreed_to():
    person = make_reader()
    before = topic("Events").wording
    changed = topic("Events")
    changed.wording = "I agree to something else."
    changed.save()

    assert NewsConsent.objects.get(person=person).wording == before


def test_opening_the_link_changes_nothing_and_pressing_the_button_ends_it(client):
    person, other = make_reader("Events", "Magazine"), make_reader()
    way = way_out(person, make_announcement())

    asked = client.get(way).content.decode()
    before = held(person)
    left = client.post(way)

    assert "<li>Events</li>" in asked
    assert "<li>Magazine</li>" not in asked
    assert before == ["Events", "Magazine"]
    assert "You get no more of this news" in left.content.decode()
    assert held(person) == ["Magazine"]
    assert held(other) == ["Events"]


def test_one_press_of_a_mail_program_ends_it_without_cookie_or_token():
    person = make_reader()
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(way_out(person, make_announcement()), {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, held(person)) == (200, [])


def test_every_kind_can_be_left_at_once(client):
    person = make_reader("Events", "Magazine")

    answer = client.post(way_out(person, make_announcement()), {"what": "everything"})

    assert "You get no more news" in answer.content.decode()
    assert held(person) == []


def test_pressed_twice_it_is_done_once(client):
    person = make_reader()
    announcement = make_announcement()
    row = Recipient.objects.create(announcement=announcement, person=person)

    answers = [client.post(way_out(person, announcement)).status_code for _ in range(2)]

    row.refresh_from_db()
    assert answers == [200, 200]
    assert row.left_at == LATER
    assert [one.verb for one in history.of(person.history_key)] == ["took back the consent to news"]


def test_a_changed_link_and_one_of_another_purpose_are_not_followed(client):
    person = make_reader()
    token = news.token_for(person.pk, make_announcement().pk)
    foreign = links.sign({"person": person.pk, "announcement": 1}, purpose="something else")

    codes = [client.post(f"/news/leave/{one}/").status_code for one in (f"{token}x", foreign)]

    assert codes == [404, 404]
    assert held(person) == ["Events"]


def test_a_link_names_nobody():
    person = make_reader()

    token = news.token_for(person.pk, make_announcement().pk)

    assert set(links.read(token, purpose=news.PURPOSE, lasts=news.LASTS)) == {
        "person",
        "announcement",
    }


def test_a_link_of_an_account_that_was_merged_ends_the_others(client):
    kept, merged = make_reader(), make_person()
    merged.merged_into = kept
    merged.save()

    client.post(way_out(merged, make_announcement()))

    assert held(kept) == []


def test_an_old_letter_whose_announcement_is_gone_ends_everything(client):
    person = make_reader("Events", "Magazine")
    announcement = make_announcement()
    way = way_out(person, announcement)
    announcement.delete()

    client.post(way)

    assert held(person) == []
