"""What is left of a record: a certificate that proves itself and tells nothing of the client."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from foundation import anchors, seals
from foundation.models import Event, Letter
from records.disposal import certificates, chasing
from records.models import Certificate
from tests.factories import A_MOMENT, make_clerk, make_person
from tests.foundation import tampering
from tests.records.disposals import destroyed
from tests.records.records import in_boxes, make_due_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("november")]
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def november():
    with time_machine.travel(A_MOMENT, tick=False):
        yield


@pytest.fixture
def certificate():
    owner = make_person(given_name="Ruth", family_name="Secretname")
    return destroyed(make_due_record(owner, reference="ZS-42"))


def address(certificate, way=""):
    return f"/records/certificates/{certificate.number}/{way}"


def confirm(certificate, destroyed_on=TODAY, **changed):
    told = {"method": "shredded", "destroyed_on": destroyed_on, "exempt": ["backups"]} | changed
    return certificates.confirm_file(
        certificate_id=certificate.pk, **told, by=certificate.register.owner.user, at=A_MOMENT
    )


def test_its_owner_reads_it_as_a_page_and_as_a_pdf(client, certificate):
    client.force_login(certificate.register.owner.user)

    page = client.get(address(certificate))
    pdf = client.get(address(certificate, "pdf/"))

    assert "Certificate of destruction CMSD-2026-0001" in page.text
    assert "15 June 2023" in page.text
    assert "The owner of the register" in page.text
    assert "An officer of the society" in page.text
    assert "ZS-42" not in page.text
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Cache-Control"] == "no-store"


def test_who_knows_the_reference_has_it_made_out(client, certificate):
    client.force_login(certificate.register.owner.user)

    right = client.post(address(certificate), {"reference": " zs-42 "})
    wrong = client.post(address(certificate), {"reference": "ZS-43"})
    pdf = client.post(address(certificate), {"reference": "ZS-42", "pdf": "1"})

    assert "This is the certificate of that reference" in right.text
    assert "not for that reference" in wrong.text
    assert pdf["Content-Type"] == "application/pdf"


def test_what_became_of_a_reference_is_found_by_it_alone(client, certificate):
    client.force_login(certificate.register.owner.user)

    found = client.post("/records/certificates/find/", {"reference": "zs-42"})
    other = client.post("/records/certificates/find/", {"reference": "ZS-4"})

    assert found["Location"] == address(certificate)
    assert "no certificate for that reference" in other.text


def test_a_key_that_was_changed_still_proves_the_reference(certificate, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of at least fifty signs, made up for this test alone"

    assert certificates.is_of(certificate, "ZS-42")
    assert not certificates.is_of(certificate, "ZS-43")


def test_anybody_verifies_it_and_learns_nothing_private(client, certificate):
    answer = client.get(f"/records/verify/{certificate.token}/")

    assert "This certificate is genuine" in answer.text
    shown = ("CMSD-2026-0001", "22 November 2026", "R-A1", "Two people")
    assert [words for words in shown if words not in answer.text] == []
    hidden = ("ZS-42", "Secretname", "Ruth", "15 June 2023", certificate.register.owner.email)
    assert [words for words in hidden if words in answer.text] == []


def test_an_address_of_no_certificate_is_not_found(client):
    answer = client.get("/records/verify/made-up/")

    assert answer.status_code == 404
    assert "There is no such certificate" in answer.text


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "CMSD-2026-0009"},
        {"kept_until": dt.date(2020, 1, 1)},
        {"rule": "R-L1"},
        {"second_role": "witness"},
        {"destroyed_on": dt.date(2026, 11, 21)},
        {"reference_digest": "0" * 64},
    ],
)
def test_a_certificate_that_was_changed_does_not_verify(client, certificate, changed):
    Certificate.objects.filter(pk=certificate.pk).update(**changed)

    answer = client.get(f"/records/verify/{certificate.token}/")

    assert "This certificate does not verify" in answer.text


def test_a_history_that_was_changed_does_not_verify(client, certificate):
    with connection.cursor() as cursor:
        tampering.begin()
        cursor.execute("UPDATE foundation_event SET actor = 'user 0' WHERE verb = 'destroyed'")
        tampering.end()

    assert "does not verify" in client.get(f"/records/verify/{certificate.token}/").text


def test_the_anchor_of_the_night_holds_it(certificate):
    before = certificates.prove(certificate)

    anchors.anchor(at=A_MOMENT)

    after = certificates.prove(certificate)
    assert (before.is_sound, before.anchored_on) == (True, None)
    assert (after.is_sound, after.anchored_on) == (True, TODAY)


def test_its_history_is_verified_without_the_portal(client, certificate):
    anchors.anchor(at=A_MOMENT)
    client.force_login(certificate.register.owner.user)

    answer = client.get(address(certificate, "history/"))

    rows = answer.text.splitlines()
    report = seals.check_file(rows)
    assert report.faults == []
    assert report.lines == 4
    assert "ZS-42" not in "".join(rows)


# The file itself ------------------------------------------------------------------------------


def test_the_owner_confirms_how_the_file_was_destroyed(client, certificate):
    client.force_login(certificate.register.owner.user)

    page = client.post(
        address(certificate, "file/"),
        in_boxes({"method": "shredded", "destroyed_on": "2026-11-22", "exempt": ["backups"]}),
        follow=True,
    )

    assert "Paper, shredded by us (cross-cut)" in page.text
    assert "Copies in backups" in page.text
    certificate.refresh_from_db()
    assert certificates.prove(certificate).is_sound
    assert Event.objects.filter(chain=certificate.history_key).last().verb == (
        "file confirmed as destroyed"
    )


def test_a_confirmation_that_was_changed_afterwards_does_not_verify(certificate):
    confirm(certificate)
    Certificate.objects.update(file_method="wiped")
    certificate.refresh_from_db()

    assert not certificates.prove(certificate).is_sound


@pytest.mark.parametrize(
    ("day", "words"),
    [(21, "Both signed on 22 November 2026"), (22, ""), (23, "That day is still to come")],
)
def test_the_file_goes_after_both_signatures_and_not_tomorrow(client, certificate, day, words):
    client.force_login(certificate.register.owner.user)

    page = client.post(
        address(certificate, "file/"),
        in_boxes({"method": "wiped", "destroyed_on": f"2026-11-{day}"}),
    )

    certificate.refresh_from_db()
    assert bool(certificate.file_confirmed_at) == (not words)
    assert words == "" or words in page.text


def test_the_file_is_confirmed_once(client, certificate):
    confirm(certificate)
    client.force_login(certificate.register.owner.user)

    with pytest.raises(certificates.IsConfirmed):
        confirm(certificate)
    assert client.get(address(certificate, "file/")).status_code == 302


@pytest.mark.parametrize(("days", "letters"), [(13, 0), (14, 1)])
def test_the_owner_is_reminded_once_of_the_file(certificate, days, letters):
    for _ in range(2):
        chasing.chase(at=A_MOMENT + dt.timedelta(days=days))

    assert Letter.objects.filter(kind="disposal_file").count() == letters


def test_nobody_is_reminded_of_a_file_that_is_gone(certificate):
    confirm(certificate)

    chasing.chase(at=A_MOMENT + dt.timedelta(days=14))

    assert not Letter.objects.filter(kind="disposal_file").exists()


@pytest.mark.parametrize("somebody", [lambda: make_person().user, make_clerk])
def test_it_is_nobody_elses_to_read(client, certificate, somebody):
    client.force_login(somebody())

    ways = ("", "pdf/", "history/", "file/")
    assert {client.get(address(certificate, way)).status_code for way in ways} == {404}
