"""Luca, a student: nobody is approved for a type that has no fee yet."""

import pytest
from django.utils import timezone

from tests.journeys import steps
from tests.journeys.steps import OFFICER, NewVisitor, read_letter

LUCA = "luca.invented@example.org"

pytestmark = pytest.mark.usefixtures("office")


def test_a_student_is_approved_once_the_office_has_set_a_fee(new_visitor: NewVisitor):
    luca, officer = new_visitor(), new_visitor()
    steps.sign_up(luca, LUCA)
    steps.begin(luca, "Student")
    steps.home(luca, "Luca", "Invented")
    steps.practice(luca, "I do not practise")
    luca.open("/apply/course/")
    luca.fill("Name of the course", "MSc Case Management")
    luca.fill("Where do you study?", "University of Example")
    luca.fill_date("When does the course end?", "30", "6", str(timezone.localdate().year + 1))
    luca.choose("Yes")
    luca.press("Save and continue")
    reference = steps.send_in(luca, LUCA)

    steps.log_in(officer, OFFICER, "/admin/")
    steps.review(officer, reference)
    officer.follow("Approve")
    assert "No fee is set for Student. Set it in Fee rates first." in officer.text
    officer.follow("Set the fee for Student")
    officer.fill("Fee a year in pounds", "25")
    officer.fill("Valid from", "2026-01-01")
    officer.press("Save")

    steps.review(officer, reference)
    steps.approve(officer)
    assert "£25.00" in read_letter(LUCA, "Your application is approved")
