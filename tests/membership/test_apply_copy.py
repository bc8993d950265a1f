"""A copy of one's own application to print, and nobody else's."""

import pytest

from tests.factories import make_clerk, make_officer, make_person
from tests.membership import applying

pytestmark = pytest.mark.django_db

PATH = "/apply/copy/"


def test_the_copy_has_all_answers_the_reference_and_the_dates(page, person):
    applying.fill_practising(page)
    applying.send(page)

    shown = page.get(PATH)
    words = shown.content.decode()

    assert applying.own(person).reference in words
    assert words.count("22 November 2026") == 2
    assert [section.step.key for section in shown.context["sections"]] == [
        *("type", "home", "work", "practice", "route", "qualifications", "registration"),
        *("history", "referees", "dbs", "indemnity", "expertise"),
    ]
    assert all(word in words for word in ("1 Invented Street", "BSc Nursing", "rhona@example.org"))


def test_a_draft_says_that_it_was_not_sent_and_offers_no_change(page):
    applying.fill_common(page)

    words = page.get(PATH).content.decode()

    assert "Not sent yet" in words
    assert "?next=check" not in words


def test_an_application_that_has_ended_can_still_be_copied(page, person):
    applying.fill_common(page)
    page.post("/apply/withdraw/")

    assert applying.own(person).reference in page.get(PATH).content.decode()


def test_without_an_application_there_is_nothing_to_copy(newcomer):
    assert newcomer.get(PATH).url == "/apply/"


@pytest.mark.parametrize("path", ["/apply/check/", "/apply/sent/", "/apply/"])
def test_the_copy_is_linked(page, path):
    applying.fill_practising(page)
    if path != "/apply/check/":
        applying.send(page)

    assert f'href="{PATH}"' in page.get(path).content.decode()


def test_a_visitor_logs_in_first(client):
    assert client.get(PATH).url == f"/accounts/login/?next={PATH}"


@pytest.mark.parametrize(
    "make", [lambda: make_person().user, make_clerk, make_officer], ids=["other", "clerk", "office"]
)
def test_nobody_else_reaches_it(page, make):
    applying.fill_common(page)
    page.force_login(make())

    assert page.get(PATH).url == "/apply/"


def test_somebody_elses_copy_is_their_own(page, person):
    applying.fill_common(page)
    reference = applying.own(person).reference
    page.force_login(make_person().user)
    applying.start(page, "supporter")

    words = page.get(PATH).content.decode()

    assert reference not in words
    assert "Priya" not in words
