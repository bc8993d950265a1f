"""A card tells anybody how a membership stands now, and nothing that is private."""

import datetime as dt
import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation import history
from membership import cards, lifecycle, views_card
from membership.models import Card, Membership
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_approved,
    make_clerk,
    make_member,
    make_officer,
    make_person,
    make_registration,
)
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
DAY = dt.timedelta(days=1)
PRIVATE = ("secret@", "0987", "Invented Street", "CF14", "Cardiff")


def make_card(person=None):
    person = person or make_member(make_person(given_name="Perdita", family_name="Example"))
    return cards.card_of(person, at=A_MOMENT)


def ask(card, suffix="/"):
    return Client().get(f"/verify/{card.token}{suffix}")


def told(card):
    return json.loads(ask(card, ".json").content)


# The card ------------------------------------------------------------------------------------


def test_a_member_has_one_card_and_its_token_cannot_be_guessed():
    person = make_member()

    first, second = make_card(person), make_card(person)

    assert (first.pk, first.token) == (second.pk, second.token)
    assert len(first.token) == 32
    assert make_card().token != first.token


def test_the_card_shows_a_code_of_its_own_address_and_can_be_printed():
    person = make_member()

    page = browser_of(person).get("/profile/card/").content.decode()

    address = f"http://127.0.0.1:8000/verify/{person.membership.card.token}/"
    assert f'href="{address}"' in page
    assert 'class="qr-code"' in page
    assert person.membership.written_number in page
    assert f'src="/verify/{person.membership.card.token}/badge.svg"' in page


@pytest.mark.parametrize("make", [make_person, lambda: make_approved().person])
def test_who_was_never_a_member_has_no_card(make):
    client = browser_of(make())

    for path, method in (("/profile/card/", "get"), ("/profile/card/new-address/", "post")):
        answer = getattr(client, method)(path, follow=True)
        assert answer.redirect_chain == [("/profile/", 302)]
        assert "You get a membership card when your membership starts." in answer.content.decode()

    assert Card.objects.count() == 0
    assert "Membership card" not in client.get("/profile/").content.decode()


def test_the_profile_leads_to_the_card():
    page = browser_of(make_member()).get("/profile/").content.decode()

    assert 'href="/profile/card/"' in page


def test_a_visitor_logs_in_and_staff_see_their_own_page_only(client):
    make_card()

    assert client.get("/profile/card/").url.startswith("/accounts/login/")
    client.force_login(make_clerk())
    assert client.get("/profile/card/").url == "/profile/"


def test_a_new_address_ends_the_old_one_and_is_noted():
    person = make_member()
    old = make_card(person)

    browser_of(person).post("/profile/card/new-address/")

    new = Card.objects.get()
    assert (ask(old).status_code, ask(new).status_code) == (404, 200)
    assert history.of(person.history_key)[0].verb == "gave the membership card a new address"


def test_a_new_address_is_the_members_own_alone():
    others = make_card()

    browser_of(make_member()).post("/profile/card/new-address/")

    assert Card.objects.get(pk=others.pk).token == others.token
    assert browser_of(make_member()).get("/profile/card/new-address/").status_code == 405


# What anybody is told ------------------------------------------------------------------------


def suspend(person):
    reason = "A complaint about Secret Matters."
    lifecycle.suspend(
        membership_id=person.membership.pk, by=make_officer(), at=A_MOMENT, reason=reason
    )


def resign(person):
    lifecycle.resign(membership_id=person.membership.pk, by=person.user, at=A_MOMENT)


def until(ends_on):
    return make_member(starts_on=ends_on - 364 * DAY, ends_on=ends_on)


@pytest.mark.parametrize(
    ("ends_on", "then", "code", "label"),
    [
        (A_DAY, None, "active", "Active member"),
        (A_DAY - DAY, None, "grace", "In grace"),
        (A_DAY - 30 * DAY, None, "grace", "In grace"),
        (A_DAY - 31 * DAY, None, "former", "Former member"),
        (A_DAY, suspend, "not_active", "Not active"),
        (A_DAY, resign, "former", "Former member"),
    ],
)
def test_everybody_reads_the_standing_of_today(ends_on, then, code, label):
    person = until(ends_on)
    card = make_card(person)
    if then:
        then(person)

    assert (told(card)["standing"], told(card)["is_member"]) == (code, code in ("active", "grace"))
    assert f'<p class="status-words">{label}</p>' in ask(card).content.decode()
    assert label in ask(card, "/badge.svg").content.decode()


def test_nothing_private_is_told_not_even_why():
    person = make_member(make_person(email="secret@example.org", phone="+442079460987"))
    card = make_card(person)
    suspend(person)

    for suffix in ("/", ".json", "/badge.svg"):
        words = ask(card, suffix).content.decode().replace("http://127.0.0.1:8000", "")
        assert [one for one in PRIVATE if one in words] == []
        assert "uspen" not in words
        assert "Secret" not in words


def test_the_json_says_the_same_to_other_sites():
    person = make_member(make_person(given_name="Perdita", family_name="Example"))
    make_registration(person, checked_on=dt.date(2026, 9, 1))
    card = make_card(person)

    answer = ask(card, ".json")

    assert json.loads(answer.content) == {
        "standing": "active",
        "is_member": True,
        "name": "Perdita Example",
        "member_number": "CM-0001",
        "membership_type": "Case Manager",
        "member_since": "2026-06-01",
        "registration_checked_on": "2026-09-01",
        "asked_at": "2026-11-22T10:00:00+00:00",
    }
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    by_header = Client().get(f"/verify/{card.token}/", headers={"accept": "application/json"})
    assert by_header.json() == json.loads(answer.content)


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "*/*", ""])
def test_browsers_read_a_page(accept):
    answer = Client().get(f"/verify/{make_card().token}/", headers={"accept": accept})

    assert answer["Content-Type"].startswith("text/html")
    assert "Accept" in answer["Vary"]


@pytest.mark.parametrize(
    "facts",
    [
        {"verified": False},
        {"status": "lapsed"},
        {"expires_on": A_DAY - DAY},
    ],
)
def test_a_registration_that_is_not_good_today_is_not_spoken_of(facts):
    person = make_member()
    make_registration(person, **facts)

    assert told(make_card(person))["registration_checked_on"] is None


@pytest.mark.parametrize("suffix", ["/", ".json", "/badge.svg"])
def test_a_wrong_address_is_answered_in_words(suffix):
    make_card()

    answer = Client().get(f"/verify/not-the-token{suffix}")

    assert answer.status_code == 404
    assert "No membership card has this address" in answer.content.decode()


@pytest.mark.parametrize("suffix", ["/", ".json", "/badge.svg"])
@pytest.mark.parametrize("right", [True, False])
def test_no_search_engine_lists_it_and_nobody_keeps_it(suffix, right):
    card = make_card()
    answer = ask(card if right else Card(token="wrong"), suffix)

    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store"
    assert ask(card, suffix).cookies == {}


@pytest.mark.parametrize("suffix", ["/", ".json", "/badge.svg"])
def test_who_asks_too_often_waits(monkeypatch, suffix):
    monkeypatch.setattr(views_card, "ASKED_AN_HOUR", 2)
    cache.clear()
    card = make_card()

    codes = [ask(card, suffix).status_code for _ in range(3)]

    assert codes == [200, 200, 429]


def queries_of(card):
    with CaptureQueriesContext(connection) as found:
        ask(card)
    return len(found)


def test_a_page_costs_the_same_queries_however_much_there_is():
    person = make_member()
    card = make_card(person)
    ask(card)
    before = queries_of(card)
    for number in range(3):
        make_registration(person, number=f"01A234{number}N")
        make_card()

    assert queries_of(card) == before


def test_what_is_told_can_only_be_read():
    card = make_card()

    assert [Client().post(f"/verify/{card.token}{end}").status_code for end in ("/", ".json")] == [
        405,
        405,
    ]


def test_a_name_cannot_break_the_badge():
    person = make_member(make_person(given_name="<b>", family_name='"&'))

    badge = ask(make_card(person), "/badge.svg").content.decode()

    assert "&lt;b&gt; &quot;&amp;" in badge
    assert Membership.objects.get().written_number in badge
