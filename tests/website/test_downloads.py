"""Files that the office offers: checked, told by their content, listed, served without powers."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation import history
from foundation.uploads import Refused
from tests.factories import A_MOMENT, make_clerk, make_officer, make_person, make_user
from tests.foundation.files import pdf, picture, sent
from website import downloads
from website.models import Download, DownloadFile, Page

pytestmark = pytest.mark.django_db

WAY = "/downloads/membership-rules/"
LISTED = "/about/downloads/"


def make_download(slug="membership-rules", **kwargs):
    page = Page.objects.get(slug="downloads")
    facts = {"title": "Membership Rules", "page": page, **kwargs}
    return Download.objects.create(slug=slug, **facts)


def make_offered(content=None, *, name="rules.pdf", **kwargs):
    download = make_download(**kwargs)
    checked = downloads.examined(sent(content or pdf(), name))
    downloads.add(download.pk, checked, by=make_officer(), at=A_MOMENT)
    download.refresh_from_db()
    return download


def office(user=None):
    client = Client()
    client.force_login(user or make_officer())
    return client


def test_everybody_loads_the_file_as_what_it_is_and_it_has_no_powers(client):
    make_offered(pdf(), name="The rules.PDF")

    answer = client.get(WAY)

    assert (answer.status_code, answer.content) == (200, pdf())
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="The rules.PDF"'
    assert answer["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; frame-ancestors 'none'"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert dict(answer.cookies) == {}


def test_a_name_proves_nothing_the_content_does(client):
    make_offered(picture(), name="rules.pdf")

    answer = client.get(WAY)

    assert answer["Content-Type"] == "image/jpeg"
    assert 'filename="rules.pdf.jpg"' in answer["Content-Disposition"]


def test_who_has_the_file_already_is_not_sent_it_again(client):
    make_offered()
    first = client.get(WAY)

    again = client.get(WAY, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_the_page_lists_its_files_in_order_with_kind_size_and_day(client):
    make_offered(slug="b", title="Second", position=2, summary="For members.")
    make_offered(slug="a", title="First", position=1)
    make_download(slug="c", title="Without a file")
    downloads.take_down(
        make_offered(slug="d", title="Taken down").pk, by=make_officer(), at=A_MOMENT
    )
    elsewhere = Page.objects.get(slug="committees")
    make_offered(slug="e", title="Of a committee", page=elsewhere)

    text = client.get(LISTED).content.decode()
    other = client.get("/about/committees/").content.decode()

    assert text.index('<a href="/downloads/a/">First</a>') < text.index(">Second</a>")
    assert "(PDF, " in text
    assert "22 November 2026)" in text
    assert "For members." in text
    for title in ("Without a file", "Taken down", "Of a committee"):
        assert title not in text
    assert '<a href="/downloads/e/">Of a committee</a>' in other


def test_a_page_without_files_has_no_empty_heading(client):
    assert '<h2 id="files">' not in client.get(LISTED).content.decode()


def test_a_newer_version_takes_the_place_of_the_older_which_is_kept(client):
    download, officer = make_offered(), make_officer()
    newer = downloads.examined(sent(picture(), "rules.jpg"))

    downloads.add(download.pk, newer, by=officer, at=A_MOMENT)

    assert client.get(WAY)["Content-Type"] == "image/jpeg"
    assert list(download.files.order_by("number").values_list("number", "name")) == [
        (1, "rules.pdf"),
        (2, "rules.jpg"),
    ]
    log = [(event.verb, event.text) for event in history.of(download.history_key)]
    assert log[0] == ("file added", "version 2: rules.jpg")


def test_the_same_file_twice_is_no_new_version():
    download = make_offered()
    again = downloads.examined(sent(pdf(), "another-name.pdf"))

    with pytest.raises(downloads.NotPossible):
        downloads.add(download.pk, again, by=make_officer(), at=A_MOMENT)

    assert download.files.count() == 1


def test_what_is_taken_down_is_found_by_nobody_and_can_be_put_back(client):
    download, officer = make_offered(), make_officer()

    downloads.take_down(download.pk, by=officer, at=A_MOMENT)
    gone = client.get(WAY).status_code
    with pytest.raises(downloads.NotPossible):
        downloads.take_down(download.pk, by=officer, at=A_MOMENT)
    downloads.put_back(download.pk, by=officer, at=A_MOMENT)
    with pytest.raises(downloads.NotPossible):
        downloads.put_back(download.pk, by=officer, at=A_MOMENT)

    assert (gone, client.get(WAY).status_code) == (404, 200)
    assert [event.verb for event in history.of(download.history_key)] == [
        "file put back",
        "file taken down",
        "file added",
    ]


def test_nothing_is_put_back_where_there_is_no_file(client):
    download = make_download()

    with pytest.raises(downloads.NotPossible):
        downloads.put_back(download.pk, by=make_officer(), at=A_MOMENT)

    assert client.get(WAY).status_code == 404


HOSTILE = {
    "a page with a script": (b"<script>alert(1)</script>", "rules.pdf"),
    "a picture that is a page": (b"<svg onload=alert(1)>", "rules.png"),
    "a Word file": (b"PK\x03\x04word", "rules.docx"),
    "a program": (b"MZ\x90\x00", "rules.pdf"),
    "a PDF with a script": (pdf(b"/OpenAction<</S/JavaScript/JS(app.alert)>>"), "rules.pdf"),
    "a PDF that carries a file": (pdf(b"", b"<</Type/EmbeddedFile>>"), "rules.pdf"),
    "nothing": (b"", "rules.pdf"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_not_plain_is_refused_with_a_sentence_and_nothing_is_kept(what):
    download = make_download()
    content, name = HOSTILE[what]

    answer = office().post(upload_of(download), {"file": sent(content, name)})

    download.refresh_from_db()
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"][0].endswith(".")
    assert (download.is_out, download.files.count()) == (False, 0)


def test_a_file_that_is_too_large_is_refused(settings):
    settings.DOWNLOAD_MAX_BYTES = len(pdf()) - 1

    with pytest.raises(Refused, match="is the most"):
        downloads.examined(sent(pdf()))


def test_a_file_of_just_the_size_is_kept(settings):
    settings.DOWNLOAD_MAX_BYTES = len(pdf())

    assert downloads.examined(sent(pdf())).content == pdf()


def test_without_an_answer_of_the_scanner_nothing_goes_out(settings):
    settings.CLAMAV_SOCKET = "127.0.0.1:9"

    with pytest.raises(Refused, match="The virus scanner does not answer"):
        downloads.examined(sent(pdf()))


def upload_of(download):
    return reverse("admin:website_download_upload", args=[download.pk])


def test_the_office_names_a_file_uploads_it_and_it_is_out(client):
    officer = office()
    page = Page.objects.get(slug="downloads")

    named = officer.post(
        reverse("admin:website_download_add"),
        {"title": "Membership Rules", "slug": "membership-rules", "page": page.pk, "position": 1},
    )
    download = Download.objects.get()
    before = client.get(WAY).status_code
    kept = officer.post(upload_of(download), {"file": sent(pdf(), "rules.pdf")}, follow=True)

    assert named["Location"] == upload_of(download)
    assert before == 404
    assert "“rules.pdf” is out" in kept.content.decode()
    assert "Version 1" in kept.content.decode()
    assert client.get(WAY).status_code == 200
    assert ">Membership Rules</a>" in client.get(LISTED).content.decode()


def test_the_office_takes_down_puts_back_and_opens_what_is_down(client):
    download, officer = make_offered(), office()

    officer.post(reverse("admin:website_download_take_down", args=[download.pk]))
    down = client.get(WAY).status_code
    seen = officer.get(reverse("admin:website_download_file", args=[download.pk, 1]))
    officer.post(reverse("admin:website_download_put_back", args=[download.pk]))

    assert (down, client.get(WAY).status_code) == (404, 200)
    assert (seen.status_code, seen.content) == (200, pdf())


def test_its_address_stays_and_it_is_never_deleted():
    download, officer = make_offered(), office()
    page = Page.objects.get(slug="downloads")

    officer.post(
        reverse("admin:website_download_change", args=[download.pk]),
        {"title": "New title", "slug": "other", "page": page.pk, "position": 3},
    )
    removed = officer.post(reverse("admin:website_download_delete", args=[download.pk]))

    download.refresh_from_db()
    assert (download.title, download.slug) == ("New title", "membership-rules")
    assert removed.status_code == 403


@pytest.mark.parametrize("make", [make_clerk, make_user, lambda: make_person().user])
@pytest.mark.parametrize("step", ["upload", "take_down", "put_back"])
def test_nobody_else_changes_what_is_offered(make, step):
    download = make_offered()

    answer = office(make()).post(
        reverse(f"admin:website_download_{step}", args=[download.pk]), {"file": sent(picture())}
    )

    download.refresh_from_db()
    assert answer.status_code in {302, 403}
    assert (download.is_out, download.files.count()) == (True, 1)


@pytest.mark.parametrize("make", [make_clerk, make_user, lambda: make_person().user])
def test_nobody_else_opens_what_is_down(make):
    download = make_offered()
    downloads.take_down(download.pk, by=make_officer(), at=A_MOMENT)

    answer = office(make()).get(reverse("admin:website_download_file", args=[download.pk, 1]))

    assert answer.status_code in {302, 403}


@pytest.mark.parametrize(
    "broken", [{"kind": "text/html"}, {"bytes": 0}, {"number": F("number") + 1}]
)
def test_what_must_always_be_true_of_a_file(broken):
    download = make_offered()
    downloads.add(download.pk, downloads.examined(sent(picture())), by=make_officer(), at=A_MOMENT)

    with pytest.raises(IntegrityError), transaction.atomic():
        DownloadFile.objects.filter(number=1).update(**broken)


@pytest.mark.parametrize("broken", [{"title": ""}, {"slug": ""}])
def test_a_file_has_a_title_and_an_address(broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Download.objects.filter(pk=make_download().pk).update(**broken)


def test_the_sitemap_has_what_is_out_and_nothing_else(client):
    make_offered(slug="rules")
    downloads.take_down(make_offered(slug="secret").pk, by=make_officer(), at=A_MOMENT)

    text = client.get("/sitemap.xml").content.decode()

    assert "/downloads/rules/</loc>" in text
    assert "secret" not in text


def test_lists_cost_the_same_for_one_and_three(client):
    make_offered(slug="one")
    officer = office()
    listing = reverse("admin:website_download_changelist")
    officer.get(listing)
    costs = []
    for slugs in ((), ("two", "three")):
        for slug in slugs:
            make_offered(slug=slug)
        with CaptureQueriesContext(connection) as read:
            client.get(LISTED)
        with CaptureQueriesContext(connection) as run:
            officer.get(listing)
        costs.append((len(read), len(run)))

    assert costs[0] == costs[1]
    assert not any("content" in query["sql"] for query in read.captured_queries)
