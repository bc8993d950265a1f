"""How the office opens evidence files, and who may not."""

import datetime as dt
import html
import io

import pypdf
import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse

from foundation import history
from foundation.models import Letter
from membership import evidence_files, lifecycle
from membership.models import EvidenceFile
from tests.factories import (
    A_MOMENT,
    make_clerk,
    make_evidence_file,
    make_member,
    make_officer,
    make_ready_application,
)
from tests.foundation.clamd import nobody_there
from tests.foundation.files import pdf, picture, sent

pytestmark = pytest.mark.django_db
LOOKED = "looked at a file"


@pytest.fixture
def file():
    return sent_in(sent(pdf(), "Llŷr's BSc.pdf"))


@pytest.fixture
def office(client):
    client.force_login(make_officer())
    return client


def sent_in(upload, **kwargs):
    """A file of an application that was sent."""
    application = make_ready_application()
    file = evidence_files.add(
        upload,
        application_id=application.pk,
        section="qualifications",
        by=application.person.user,
        at=A_MOMENT,
    )
    lifecycle.submit(application_id=application.pk, by=application.person.user, at=A_MOMENT)
    file.refresh_from_db()
    return file


def staff_with(*codes):
    user = make_clerk()
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    return user


def review(file):
    return reverse("admin:application_review", args=[file.application_id])


def opening(file):
    return reverse("admin:application_file", args=[file.application_id, file.pk])


def words_of(content):
    """The different lines that stand on the first page."""
    text = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    return set(text.strip().splitlines())


def looks(file):
    lines = history.of(file.person.history_key).filter(verb=LOOKED)
    return list(lines.values_list("actor", "text"))


def test_an_officer_opens_a_pdf_and_the_persons_history_says_so(client, file):
    officer = make_officer()
    with time_machine.travel(dt.datetime(2026, 10, 12, 22, 59, tzinfo=dt.UTC), tick=False):
        client.force_login(officer)
        answer = client.get(opening(file), follow=True)

    assert words_of(answer.content) == {"Viewed by Olive Office, 12 October 2026"}
    assert looks(file) == [
        (f"user {officer.pk}", f"{file.application.reference}. Qualifications: Llŷr's BSc.pdf")
    ]


def test_the_day_of_a_view_is_the_one_of_the_uk(client, file):
    with time_machine.travel(dt.datetime(2026, 10, 12, 23, 1, tzinfo=dt.UTC), tick=False):
        client.force_login(make_officer())
        answer = client.get(opening(file), follow=True)

    assert words_of(answer.content) == {"Viewed by Olive Office, 13 October 2026"}


@pytest.mark.parametrize("upload", [sent(pdf()), sent(picture(size=(400, 300)), "me.jpg")])
def test_the_kept_file_is_never_written_on(office, upload):
    file = sent_in(upload)
    before = evidence_files.look_at(file, by=make_officer(), at=A_MOMENT)

    answer = office.get(opening(file), follow=True)

    assert answer.content != before
    assert evidence_files.look_at(file, by=make_officer(), at=A_MOMENT) == before


def test_every_view_is_a_line_of_its_own(office, file):
    link = office.get(opening(file)).url

    office.get(link)
    office.get(link)

    assert len(looks(file)) == 2


def test_making_the_link_alone_is_not_a_view(office, file):
    office.get(opening(file))

    assert looks(file) == []


def test_what_is_served_can_do_nothing(office, file):
    answer = office.get(opening(file), follow=True)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Ll%C5%B7r%27s%20BSc.pdf"
    assert answer["Content-Security-Policy"] == (
        "sandbox; default-src 'none'; frame-ancestors 'none'"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"private", "no-store"} < set(answer["Cache-Control"].split(", "))


def test_a_picture_is_shown_in_the_same_cage(office):
    answer = office.get(opening(sent_in(sent(picture(), "me.jpg"))), follow=True)

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"] == 'inline; filename="me.jpg"'
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize(("minutes", "works"), [(4, True), (6, False)])
def test_a_link_lasts_five_minutes(office, file, minutes, works):
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        office.force_login(make_officer())
        link = office.get(opening(file)).url
        clock.shift(dt.timedelta(minutes=minutes))
        answer = office.get(link, follow=True)

    assert answer.content.startswith(b"%PDF-") is works
    assert ("This link has expired." in answer.content.decode("utf-8", "replace")) is not works
    assert len(looks(file)) == int(works)


def test_a_link_works_for_nobody_but_the_officer_who_made_it(client, office, file):
    link = office.get(opening(file)).url
    client.force_login(make_officer())

    assert client.get(link).status_code == 403
    assert looks(file) == []


def test_a_link_stops_with_the_permission(client, file):
    officer = staff_with("view_application", "see_evidence")
    client.force_login(officer)
    link = client.get(opening(file)).url
    officer.user_permissions.clear()

    assert client.get(link).status_code == 403
    assert looks(file) == []


def test_a_changed_link_opens_nothing(office, file):
    link = office.get(opening(file)).url

    answer = office.get(link[:-4] + "xx/", follow=True)

    assert "This link has expired." in answer.content.decode()
    assert looks(file) == []


@pytest.mark.parametrize(
    "codes",
    [(), ("view_application",), ("see_evidence",), ("view_application", "decide_application")],
)
def test_staff_without_the_named_permission_are_refused(client, file, codes):
    client.force_login(staff_with(*codes))

    assert client.get(opening(file)).status_code == 403


def test_deciding_without_seeing_files_shows_their_names_and_no_way_in(client, file):
    client.force_login(staff_with("view_application", "decide_application"))

    page = html.unescape(client.get(review(file)).content.decode())

    assert "Llŷr's BSc.pdf" in page
    assert "You may not open files" in page
    assert opening(file) not in page


@pytest.mark.parametrize("who", ["stranger", "applicant", "member"])
def test_nobody_outside_the_office_gets_in(client, file, who):
    officer = make_officer()
    client.force_login(officer)
    link = client.get(opening(file)).url
    client.logout()
    if who != "stranger":
        client.force_login(file.person.user if who == "applicant" else make_member().user)

    answers = [client.get(opening(file)), client.get(link)]

    assert {answer.status_code for answer in answers} == {302}
    assert all("login" in answer.url for answer in answers)
    assert looks(file) == []


def test_a_draft_is_not_the_offices_to_open(office):
    application = make_ready_application()
    file = evidence_files.add(
        sent(pdf()),
        application_id=application.pk,
        section="indemnity",
        by=application.person.user,
        at=A_MOMENT,
    )

    assert office.get(opening(file)).status_code == 404
    assert "certificate.pdf" not in office.get(review(file)).content.decode().split("History")[0]


def test_a_file_is_not_found_under_another_application(office, file):
    other = sent_in(sent(picture(), "me.jpg"))
    mixed = reverse("admin:application_file", args=[other.application_id, file.pk])

    assert office.get(mixed).status_code == 404


def test_a_file_in_quarantine_cannot_be_opened(office, settings):
    settings.CLAMAV_SOCKET = nobody_there()
    file = sent_in(sent(pdf()))

    assert "Being checked" in office.get(review(file)).content.decode()
    assert office.get(opening(file)).status_code == 404


def test_a_file_that_was_lost_is_said_to_be_lost(office, file):
    EvidenceFile.objects.update(sha256="0" * 64)

    answer = office.get(opening(file), follow=True)

    assert "The file was changed in the store." in answer.content.decode()
    assert looks(file) == []


def test_no_file_and_no_name_of_one_goes_into_a_letter(file):
    assert Letter.objects.count() > 0
    assert not Letter.objects.filter(text__contains="BSc.pdf").exists()


def test_one_file_or_three_the_review_page_asks_as_much(
    office, file, django_assert_max_num_queries
):
    asked = []
    for _ in range(3):
        with django_assert_max_num_queries(50) as queries:
            page = office.get(review(file)).content.decode()
        asked.append((page.count(">Download<"), len(queries)))
        make_evidence_file(file.application, section="indemnity")

    assert [shown for shown, _ in asked] == [1, 2, 3]
    assert asked[0][1] == asked[2][1]
