"""The office's magazine: written, looked at before it is out, its file checked."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from benefits.models import Article, Issue, IssueFile
from tests.benefits.issues import make_article, make_file, make_issue
from tests.factories import A_DAY, make_officer
from tests.foundation.files import noted_png, pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
ISSUES, ARTICLES = "/admin/benefits/issue/", "/admin/benefits/article/"
NEW = {"number": "7", "title": "Winter", "published_on": "", "cover_text": "Hello"}


@pytest.fixture
def office():
    client = Client()
    client.force_login(make_officer())
    return client


def words(answer):
    return answer.content.decode()


def sent(content, name="issue.pdf"):
    return SimpleUploadedFile(name, content)


def test_an_issue_begins_as_a_draft_and_its_file_is_kept(office):
    office.post(f"{ISSUES}add/", {**NEW, "file": sent(pdf())})

    issue = Issue.objects.get()
    assert issue.published_on is None
    assert (issue.file.name, bytes(issue.file.content)[:5]) == ("issue.pdf", b"%PDF-")


def test_an_issue_with_nothing_to_read_gets_no_day(office):
    issue = make_issue(None)
    way = f"{ISSUES}{issue.pk}/change/"
    typed = {**NEW, "published_on": "22/11/2026"}

    refused = words(office.post(way, typed))
    make_article(issue)
    office.post(way, typed)

    issue.refresh_from_db()
    assert "There is nothing to read in it yet." in refused
    assert issue.published_on == A_DAY


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (noted_png(), "Send the issue as a PDF."),
        (b"%PDF-1.7 broken", "It cannot be read as a PDF"),
        (pdf(b"/OpenAction << /S /JavaScript /JS (x) >>"), "It contains a script."),
        (b"words", "not a PDF"),
    ],
    ids=["picture", "broken", "script", "text"],
)
def test_another_file_is_refused_with_a_sentence_and_nothing_is_kept(office, content, said):
    page = words(office.post(f"{ISSUES}add/", {**NEW, "file": sent(content)}))

    assert said in page
    assert not Issue.objects.exists()


def test_the_largest_size_is_said_before_and_a_larger_file_gets_a_sentence(office, settings):
    content = pdf()
    settings.ISSUE_MAX_BYTES = len(content) - 1

    form = words(office.get(f"{ISSUES}add/"))
    page = words(office.post(f"{ISSUES}add/", {**NEW, "file": sent(content)}))
    settings.ISSUE_MAX_BYTES = len(content)
    office.post(f"{ISSUES}add/", {**NEW, "file": sent(content)})

    assert f"Up to {len(content) - 1}\xa0bytes" in form
    assert f"{len(content) - 1}\xa0bytes is the most." in page
    assert "save the PDF for the screen" in page
    assert IssueFile.objects.get().bytes == len(content)


def test_the_size_is_said_where_there_is_a_file_already(office):
    issue = make_issue(None)
    make_file(issue)

    form = words(office.get(f"{ISSUES}{issue.pk}/change/"))

    assert "Another takes its place. Up to 20.0\xa0MB" in form


def test_a_file_takes_the_place_of_the_last_and_is_taken_away(office):
    issue = make_issue(None)
    make_file(issue)
    way = f"{ISSUES}{issue.pk}/change/"

    office.post(way, {**NEW, "file": sent(pdf(), "new.pdf")})
    replaced = list(IssueFile.objects.values_list("name", flat=True))
    office.post(way, {**NEW, "remove_file": "on"})

    assert replaced == ["new.pdf"]
    assert not IssueFile.objects.exists()


def test_a_draft_is_read_before_it_is_out_by_the_office_alone(office, client):
    article = make_article(make_issue(None))

    page = words(office.get(f"{ISSUES}{article.issue_id}/look/"))

    assert "is a draft. Nobody else sees it." in page
    assert "The <strong>whole</strong> secret text." in page
    assert client.get(f"{ISSUES}{article.issue_id}/look/").status_code == 302


def test_an_article_is_written_and_its_earlier_words_are_kept(office):
    issue = make_issue(None)
    typed = {
        "issue": issue.pk,
        "position": "1",
        "title": "Back to work",
        "slug": "back-to-work",
        "author": "",
        "teaser": "How.",
        "text": "First words",
    }

    office.post(f"{ARTICLES}add/", typed)
    article = Article.objects.get()
    office.post(f"{ARTICLES}{article.pk}/change/", {**typed, "text": "Second words"})

    versions = article.history.order_by("history_id").values_list("text", flat=True)
    assert list(versions) == ["First words", "Second words"]


def test_what_is_out_is_not_deleted(office):
    article = make_article(make_issue(A_DAY + dt.timedelta(days=3)))

    codes = [
        office.post(f"{ISSUES}{article.issue_id}/delete/", {"post": "yes"}).status_code,
        office.post(f"{ARTICLES}{article.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert codes == [403, 403]


@pytest.mark.parametrize("way", [ISSUES, ARTICLES])
def test_lists_ask_as_often_for_one_as_for_three(office, way, django_assert_max_num_queries):
    for _ in range(3):
        make_article()

        with django_assert_max_num_queries(12):
            office.get(way)
