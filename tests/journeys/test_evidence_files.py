"""Somebody without script adds, replaces and removes evidence files; the office reads one."""

import io

import pytest
from pypdf import PdfReader

from membership.models import EvidenceFile
from tests.foundation.files import located_jpeg, packed_pdf, pdf
from tests.journeys.beginnings import make_account, make_draft
from tests.journeys.steps import OFFICER, log_in

APPLICANT = "priya.invented@example.org"
DEGREE, LETTER = ("degree.pdf", pdf()), ("letter.pdf", packed_pdf())
PHOTOGRAPH = ("policy.jpg", located_jpeg())
SCRIPTED = ("trap.pdf", packed_pdf(b"/OpenAction 4 0 R", b"<</S/JavaScript/JS(app.alert(1))>>"))


@pytest.fixture
def applicant(plain):
    """Logged in, with an application that is ready to be sent."""
    make_draft(make_account(APPLICANT, "Priya", "Invented"))
    visitor = plain()
    log_in(visitor, APPLICANT)
    visitor.open("/apply/")
    return visitor


@pytest.mark.usefixtures("office")
def test_files_are_added_replaced_removed_and_read_over_plain_http(applicant, plain):
    applicant.follow("Qualifications")
    applicant.follow("Add a file")
    applicant.attach("Files", DEGREE, SCRIPTED, PHOTOGRAPH)
    applicant.press("Add")
    assert "“trap.pdf” was not added." in applicant.text
    assert "Added: “degree.pdf”, “policy.jpg”." in applicant.text

    applicant.follow("Replace degree.pdf")
    applicant.attach("The new file", LETTER)
    applicant.press("Replace")
    assert "“degree.pdf” was replaced by “letter.pdf”." in applicant.text

    applicant.follow("Remove policy.jpg")
    applicant.press("Remove")
    assert "“policy.jpg” was removed." in applicant.text

    applicant.open("/apply/check/")
    applicant.follow("Change Files (optional)")
    applicant.attach("Files", PHOTOGRAPH)
    applicant.press("Add")
    applicant.follow("Go on")
    assert applicant.heading == "Check your answers"
    assert "letter.pdf policy.jpg" in applicant.text
    applicant.choose("I accept")
    applicant.press("Send my application")

    officer = plain()
    log_in(officer, OFFICER, "/admin/")
    officer.open("/admin/membership/application/")
    officer.follow(EvidenceFile.objects.first().application.reference)
    link = next(one for one in officer.page.every("a") if "letter.pdf" in one.text())
    answer = officer.session.get(officer.site + link.attrs["href"])
    assert "Viewed by" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    officer.open(officer.url)
    assert "Looked at a file" in officer.text
