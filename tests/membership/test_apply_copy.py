"""A copy of one's own application to print, and nobody else's."""

import io

import pytest
from django.core import mail
from pypdf import PdfReader

from foundation import letters
from foundation.models import Letter
from tests.factories import make_clerk, make_officer, make_person
from tests.membership import applying

pytestmark = pytest.mark.django_db

PATH = "/apply/copy/"
FILE = "/apply/copy/pdf/"


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


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_file_says_what_the_page_says(page, person):
    applying.fill_practising(page)
    applying.send(page)

    shown = page.get(FILE)
    words = text_of(shown.content)

    reference = applying.own(person).reference
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"] == f'inline; filename="application-{reference}.pdf"'
    assert shown["Cache-Control"] == "no-store"
    pairs = [
        (row.key, row.value or "Not provided")
        for section in page.get(PATH).context["sections"]
        for row in section.rows
    ]
    flat = " ".join(words.split())
    missing = [said for pair in pairs for said in pair if " ".join(said.split()) not in flat]
    assert missing == []
    assert f"Reference {reference}" in flat


def test_the_file_of_a_draft_says_that_it_was_not_sent(page):
    applying.fill_common(page)

    assert "Not sent yet" in text_of(page.get(FILE).content)


def test_without_an_application_there_is_no_file(newcomer):
    assert newcomer.get(FILE).status_code == 404


def test_the_acknowledgement_encloses_the_copy(page, person):
    applying.fill_practising(page)
    applying.send(page)
    letter = Letter.objects.get(kind="application_received")

    letters.send(letter.pk)

    (message,) = [one for one in mail.outbox if one.subject == letter.subject]
    ((name, content, kind),) = message.attachments
    assert (name, kind) == (f"application-{applying.own(person).reference}.pdf", "application/pdf")
    assert "BSc Nursing" in text_of(content)
    assert content == page.get(FILE).content


def test_an_erased_application_is_acknowledged_without_a_copy(page, person):
    applying.fill_practising(page)
    applying.send(page)
    letter = Letter.objects.get(kind="application_received")
    Letter.objects.filter(pk=letter.pk).update(encloses="application:999999")

    letters.send(letter.pk)

    (message,) = [one for one in mail.outbox if one.subject == letter.subject]
    assert message.attachments == []


@pytest.mark.parametrize("path", [PATH, FILE])
def test_a_visitor_logs_in_first(client, path):
    assert client.get(path).url == f"/accounts/login/?next={path}"


@pytest.mark.parametrize(
    "make", [lambda: make_person().user, make_clerk, make_officer], ids=["other", "clerk", "office"]
)
def test_nobody_else_gets_the_file(page, make):
    applying.fill_common(page)
    page.force_login(make())

    assert page.get(FILE).status_code == 404


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
