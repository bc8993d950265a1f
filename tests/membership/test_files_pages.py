"""The applicant's pages for evidence files."""

import html

import pytest

from membership import evidence_files, lifecycle
from membership.models import EvidenceFile
from tests.factories import (
    A_MOMENT,
    make_member,
    make_person,
    make_ready_application,
)
from tests.foundation.clamd import nobody_there
from tests.foundation.files import pdf, picture, sent, zip_file
from tests.walking import Page, faults

pytestmark = pytest.mark.django_db
PAGE = "/apply/qualifications/files/"


@pytest.fixture
def application():
    return make_ready_application()


@pytest.fixture
def applicant(client, application):
    client.force_login(application.person.user)
    return client


def keep(application, number=0, section="qualifications", name="bsc.pdf"):
    return evidence_files.add(
        sent(pdf(b"/X %d" % number), name),
        application_id=application.pk,
        section=section,
        by=application.person.user,
        at=A_MOMENT,
    )


def words(answer):
    return html.unescape(answer.content.decode())


def names():
    return list(EvidenceFile.objects.order_by("pk").values_list("section", "name"))


@pytest.mark.parametrize("section", ["qualifications", "indemnity"])
def test_both_sections_lead_to_a_page_that_adds_a_file(applicant, section):
    page = f"/apply/{section}/files/"

    assert f'href="{page}"' in words(applicant.get(f"/apply/{section}/"))
    answer = applicant.post(page, {"chosen": sent(pdf(), "bsc.pdf")})

    assert (answer.status_code, answer.url) == (302, page)
    assert names() == [(section, "bsc.pdf")]
    assert "Added: “bsc.pdf”." in words(applicant.get(page))
    assert "bsc.pdf" in words(applicant.get(f"/apply/{section}/"))


@pytest.mark.parametrize("section", ["dbs", "history", "type", "referees", "nowhere"])
def test_no_other_section_takes_files(applicant, section):
    answer = applicant.post(f"/apply/{section}/files/", {"chosen": sent(pdf())})

    assert answer.status_code == 404
    assert names() == []


def test_the_dbs_section_has_no_box_for_a_file(applicant):
    assert 'type="file"' not in words(applicant.get("/apply/dbs/"))
    assert "/files/" not in words(applicant.get("/apply/dbs/"))


def test_the_page_tells_what_may_be_sent_and_what_not(applicant, settings):
    settings.EVIDENCE_MAX_BYTES, settings.EVIDENCE_MAX_FILES = 3 * 1024 * 1024, 4

    page = words(applicant.get(PAGE))

    assert "(optional)" in page
    assert "up to 3.0\xa0MB each, at most 4 files" in page
    assert "Please do not send a DBS certificate." in page
    assert 'enctype="multipart/form-data"' in page
    assert " multiple" in page


def test_the_pages_are_sound_with_and_without_files_and_errors(applicant, application):
    file = keep(application)

    pages = [
        applicant.get("/apply/indemnity/files/"),
        applicant.get(PAGE),
        applicant.post(PAGE, {"chosen": [sent(b"MZ"), sent(b"")]}),
        applicant.get(f"{PAGE}{file.pk}/replace/"),
        applicant.post(f"{PAGE}{file.pk}/replace/"),
        applicant.get(f"{PAGE}{file.pk}/remove/"),
        applicant.get("/apply/qualifications/"),
        applicant.get("/apply/indemnity/"),
    ]

    assert [list(faults(Page(words(page)))) for page in pages] == [[]] * len(pages)


def test_several_files_at_once_each_with_its_own_error(applicant):
    chosen = [sent(pdf(), "bsc.pdf"), sent(zip_file(), "all.pdf"), sent(b"", "empty.pdf")]

    answer = applicant.post(PAGE, {"chosen": chosen})

    page = words(answer)
    assert answer.status_code == 200
    assert names() == [("qualifications", "bsc.pdf")]
    assert "“all.pdf” was not added. It is a zip or Word file." in page
    assert "“empty.pdf” was not added. It is empty." in page
    assert "Added: “bsc.pdf”." in page
    assert "<title>Error: " in page


def test_choosing_nothing_says_what_to_do(applicant):
    assert "Choose a file to add: a PDF, a JPEG or a PNG." in words(applicant.post(PAGE))


def test_a_hostile_name_is_shown_as_text(applicant):
    applicant.post(PAGE, {"chosen": sent(pdf(), '"><script>alert(1)<|script>.pdf')})

    assert b"<script>alert" not in applicant.get(PAGE).content
    assert EvidenceFile.objects.get().name.endswith("<script>alert(1)<|script>.pdf")


def test_a_file_is_replaced(applicant, application, django_capture_on_commit_callbacks):
    old = keep(application)

    with django_capture_on_commit_callbacks(execute=True):
        answer = applicant.post(f"{PAGE}{old.pk}/replace/", {"file": sent(picture(), "new.jpg")})

    assert answer.url == PAGE
    assert names() == [("qualifications", "new.jpg")]


def test_a_file_stays_when_what_should_replace_it_is_refused(applicant, application):
    old = keep(application)

    answer = applicant.post(f"{PAGE}{old.pk}/replace/", {"file": sent(b"MZ", "new.jpg")})

    assert "It is not a PDF, a JPEG or a PNG" in words(answer)
    assert names() == [("qualifications", "bsc.pdf")]


def test_removing_asks_once(applicant, application):
    file = keep(application)

    asked = applicant.get(f"{PAGE}{file.pk}/remove/")
    answer = applicant.post(f"{PAGE}{file.pk}/remove/")

    assert "Remove “bsc.pdf”?" in words(asked)
    assert answer.url == PAGE
    assert names() == []


def test_from_the_check_page_one_comes_back_to_it(applicant, application):
    file = keep(application)

    assert f'href="{PAGE}?next=check"' in words(applicant.get("/apply/check/"))
    assert 'href="/apply/check/"' in words(applicant.get(f"{PAGE}?next=check"))
    answer = applicant.post(f"{PAGE}{file.pk}/remove/?next=check")
    assert answer.url == f"{PAGE}?next=check"


def test_the_check_page_names_the_files(applicant, application):
    keep(application, name="my degree.pdf")

    page = words(applicant.get("/apply/check/"))

    assert "my degree.pdf" in page
    assert page.count("None added") == 1


def test_a_file_that_waits_for_the_scanner_is_said_to_be_checked(applicant, settings):
    settings.CLAMAV_SOCKET = nobody_there()

    page = applicant.post(PAGE, {"chosen": sent(pdf())}, follow=True)

    assert "Being checked" in words(page)
    assert "A virus scanner looks at it before the office does." in words(page)


def test_once_the_application_is_sent_its_files_stay_as_they_are(applicant, application):
    file = keep(application)
    lifecycle.submit(application_id=application.pk, by=application.person.user, at=A_MOMENT)

    answers = [
        applicant.post(PAGE, {"chosen": sent(pdf())}),
        applicant.post(f"{PAGE}{file.pk}/replace/", {"file": sent(picture())}),
        applicant.post(f"{PAGE}{file.pk}/remove/"),
    ]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/apply/")}
    assert names() == [("qualifications", "bsc.pdf")]


@pytest.mark.parametrize("way", ["", "replace/", "remove/"])
def test_a_stranger_is_asked_to_log_in(client, application, way):
    file = keep(application)
    page = f"{PAGE}{file.pk}/{way}" if way else PAGE

    answer = client.post(page, {"file": sent(picture()), "chosen": sent(picture())})

    assert answer.url.startswith("/accounts/login/")
    assert names() == [("qualifications", "bsc.pdf")]


@pytest.mark.parametrize("way", ["replace/", "remove/"])
def test_another_persons_file_is_not_found(client, application, way):
    file = keep(application)
    other = make_member()
    make_ready_application(other)
    client.force_login(other.user)

    got = client.get(f"{PAGE}{file.pk}/{way}")
    posted = client.post(f"{PAGE}{file.pk}/{way}", {"file": sent(picture())})

    assert (got.status_code, posted.status_code) == (404, 404)
    assert names() == [("qualifications", "bsc.pdf")]


def test_a_file_is_not_found_under_another_section(applicant, application):
    file = keep(application, section="indemnity")

    assert applicant.post(f"{PAGE}{file.pk}/remove/").status_code == 404


def test_nobody_sees_the_names_of_anothers_files(client, application):
    keep(application, name="secret degree.pdf")
    other = make_person()
    make_ready_application(other)
    client.force_login(other.user)

    pages = [client.get(page) for page in (PAGE, "/apply/qualifications/", "/apply/check/")]

    assert not any("secret degree.pdf" in words(page) for page in pages)


@pytest.mark.parametrize(
    ("page", "most"), [(PAGE, 5), ("/apply/qualifications/", 10), ("/apply/indemnity/", 5)]
)
def test_one_file_or_three_the_pages_ask_as_much(
    applicant, application, django_assert_max_num_queries, page, most
):
    asked = []
    for number in range(3):
        keep(application, number)
        keep(application, number, section="indemnity")
        with django_assert_max_num_queries(most) as queries:
            applicant.get(page)
        asked.append(len(queries))

    assert asked[0] == asked[2]
