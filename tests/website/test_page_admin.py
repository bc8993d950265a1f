"""The office writes a page, looks at it, publishes it, brings an earlier version back."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from foundation import history
from tests.factories import A_MOMENT, make_clerk, make_officer, make_person, make_user
from tests.website.writing import WORDS, make_page, make_published, texts
from website import publishing
from website.models import Page, PageVersion

pytestmark = pytest.mark.django_db

LATER = A_MOMENT + dt.timedelta(days=2)
OTHER = publishing.Words("Tests", "What we test.", "Other words.")


def office(user=None):
    client = Client()
    client.force_login(user or make_officer())
    return client


def typed(**changes):
    return {
        "kind": "notice",
        "title": "Study day",
        "slug": "study-day",
        "summary": "In {months} months.",
        "text": "## Come\r\n\r\nTo **all**.",
        "position": "0",
        "owner": "Secretary",
        **changes,
    }


def test_what_is_written_is_seen_by_the_office_and_by_nobody_else(client):
    answer = office().post("/admin/website/page/add/", typed(), follow=True)

    page = Page.objects.get(slug="study-day")
    assert answer.redirect_chain[-1][0] == f"/admin/website/page/{page.pk}/versions/1/"
    text = answer.content.decode()
    assert "<strong>all</strong>" in text
    assert "In 24 months." in text
    assert "Publish this version" in text
    assert client.get("/notices/study-day/").status_code == 404
    assert "Study day" not in client.get("/notices/").content.decode()


def test_what_is_published_is_read_by_everybody(client):
    officer, page = make_officer(), make_page(kind="notice")

    office(officer).post(f"/admin/website/page/{page.pk}/versions/1/publish/")

    version = page.versions.get()
    assert (version.is_published, version.published_by) == (True, officer)
    assert "Some <em>words</em>." in client.get("/notices/tests/").content.decode()
    assert [event.verb for event in history.of(f"page {page.pk}")] == [
        "page published",
        "page written",
    ]


def test_a_change_is_a_version_that_waits_while_the_old_one_is_read(client):
    page = make_published()

    office().post(
        f"/admin/website/page/{page.pk}/change/", typed(title="Tests", text="Changed.", slug="x")
    )

    assert texts(page) == [(1, "Some *words*.", True), (2, "Changed.", False)]
    page.refresh_from_db()
    assert (page.slug, page.owner) == ("tests", "Secretary")
    assert "Changed." not in client.get("/about/tests/").content.decode()


def test_a_version_that_is_published_takes_the_place_of_the_other(client):
    page, officer = make_published(), make_officer()
    publishing.write(page.pk, OTHER, by=officer, at=LATER)

    publishing.publish(page.pk, 2, by=officer, at=LATER)

    assert texts(page) == [(1, "Some *words*.", False), (2, "Other words.", True)]
    page.refresh_from_db()
    assert page.first_published_at == A_MOMENT
    assert "Other words." in client.get("/about/tests/").content.decode()


def test_the_same_words_again_are_no_new_version():
    page = make_published()

    publishing.write(page.pk, WORDS, by=make_officer(), at=LATER)

    assert texts(page) == [(1, "Some *words*.", True)]


def test_an_earlier_version_is_brought_back_as_the_latest_and_waits_to_be_published():
    page, officer = make_published(), make_officer()
    publishing.write(page.pk, OTHER, by=officer, at=LATER)

    answer = office(officer).post(f"/admin/website/page/{page.pk}/versions/1/restore/")

    assert answer["Location"] == f"/admin/website/page/{page.pk}/versions/3/"
    assert texts(page) == [
        (1, "Some *words*.", True),
        (2, "Other words.", False),
        (3, "Some *words*.", False),
    ]
    assert page.versions.get(number=3).restored_from == 1


def test_what_is_taken_down_is_gone_for_everybody_and_kept_for_the_office(client):
    page = make_published()

    office().post(f"/admin/website/page/{page.pk}/take-down/")

    assert client.get("/about/tests/").status_code == 404
    assert texts(page) == [(1, "Some *words*.", False)]


def test_a_step_that_makes_no_sense_is_refused_with_a_reason():
    page, officer = make_published(), make_officer()

    with pytest.raises(publishing.NotPossible, match="Version 1 is out already"):
        publishing.publish(page.pk, 1, by=officer, at=LATER)
    publishing.take_down(page.pk, by=officer, at=LATER)
    with pytest.raises(publishing.NotPossible, match="This page is not published"):
        publishing.take_down(page.pk, by=officer, at=LATER)


@pytest.mark.parametrize("step", ["versions/1/publish/", "take-down/"])
def test_the_office_is_told_when_a_step_makes_no_sense(step):
    page = make_published() if "publish" in step else make_page()

    answer = office().post(f"/admin/website/page/{page.pk}/{step}", follow=True)

    assert 'class="error"' in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("text", "After {weeks} weeks", "There is no figure {weeks}. There are: {definition}"),
        ("summary", "After {weeks} weeks", "There is no figure {weeks}."),
        ("text", "See [this](/nowhere/at/all/)", "There is no page /nowhere/at/all/ on this site."),
        ("text", "See [this](nowhere)", "There is no page nowhere on this site."),
        ("text", "", "Write what the page says."),
        ("title", "", "Give the page a title."),
    ],
)
def test_what_is_wrong_is_said_before_it_is_kept_and_what_was_typed_stays(field, value, words):
    answer = office().post("/admin/website/page/add/", typed(**{field: value}))

    text = answer.content.decode().replace("&#x27;", "'")
    assert words in text
    assert "Study day" in text or field == "title"
    assert not Page.objects.filter(slug="study-day").exists()


@pytest.mark.parametrize("link", ["/faq/#keeping-client-notes", "#top", "https://example.org/x"])
def test_a_link_that_leads_somewhere_is_taken(link):
    office().post("/admin/website/page/add/", typed(text=f"[this]({link})"))

    assert Page.objects.filter(slug="study-day").exists()


def test_every_page_that_the_portal_starts_with_would_be_taken_by_the_office():
    client, refused = office(), []

    for page in Page.objects.order_by("pk"):
        first = page.versions.get()
        facts = {"title": first.title, "summary": first.summary, "text": first.text + "\n\nMore."}
        client.post(f"/admin/website/page/{page.pk}/change/", typed(**facts))
        if page.versions.count() == 1:
            refused.append(page.slug)

    assert refused == []


def test_the_versions_are_listed_with_who_and_when():
    officer = make_officer()
    page = make_published(by=officer)

    text = office().get(f"/admin/website/page/{page.pk}/change/").content.decode()

    assert f'href="/admin/website/page/{page.pk}/versions/1/">Version 1</a>' in text
    assert str(officer) in text
    assert "<strong>Out</strong> since" in text


@pytest.mark.parametrize("make", [make_clerk, make_user, lambda: make_person().user])
@pytest.mark.parametrize(
    "way", ["change/", "versions/1/", "versions/1/publish/", "versions/1/restore/", "take-down/"]
)
def test_nobody_else_writes_publishes_or_looks(make, way):
    page = make_page()
    client = office(make())

    answers = [client.get(f"/admin/website/page/{page.pk}/{way}")]
    answers.append(client.post(f"/admin/website/page/{page.pk}/{way}", typed()))

    assert {answer.status_code for answer in answers} <= {302, 403, 405}
    assert all("/login/" in one["Location"] for one in answers if one.status_code == 302)
    assert texts(page) == [(1, "Some *words*.", False)]


def test_the_list_costs_the_same_for_one_and_three(django_assert_max_num_queries):
    client = office()
    Page.objects.all().delete()
    make_published("one")
    with django_assert_max_num_queries(8):
        client.get("/admin/website/page/")
    make_published("two")
    make_page("three")

    with django_assert_max_num_queries(8):
        text = client.get("/admin/website/page/").content.decode()

    assert text.count('class="field-latest_title"') == 3


@pytest.mark.parametrize(
    ("constraint", "broken"),
    [
        ("one_version_of_a_page_has_a_number", {"number": 1}),
        ("one_version_of_a_page_is_out", {"is_published": True, "published_at": A_MOMENT}),
        ("page_version_has_words", {"title": ""}),
        ("page_version_has_words", {"text": ""}),
        ("published_page_version_has_its_moment", {"is_published": True}),
        ("page_version_comes_after_what_it_restores", {"restored_from": 2}),
    ],
)
def test_the_database_refuses_a_version_that_cannot_be(constraint, broken):
    page = make_published()
    facts = {"page": page, "number": 2, "title": "T", "text": "t", "written_at": A_MOMENT}

    with pytest.raises(IntegrityError), transaction.atomic():
        PageVersion.objects.create(**{**facts, **broken})

    assert page.versions.count() == 1
    assert constraint in {one.name for one in PageVersion._meta.constraints}


def test_a_publisher_needs_a_moment_and_a_page_an_address():
    page, officer = make_page(), make_officer()

    with pytest.raises(IntegrityError), transaction.atomic():
        page.versions.update(published_by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Page.objects.create(slug="")
