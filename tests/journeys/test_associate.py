"""Tom, an occupational therapist short of experience: he reads why, and applies as an Associate."""

import pytest
from django.utils import timezone

from tests.factories import make_registration
from tests.journeys import steps
from tests.journeys.beginnings import make_account, make_draft
from tests.journeys.steps import OFFICER, NewVisitor

TOM = "tom.invented@example.org"
MONTHS = 14

pytestmark = pytest.mark.usefixtures("office")


def first_of_the_month(months_ago: int) -> tuple[str, str, str]:
    today = timezone.localdate()
    years, month = divmod(today.year * 12 + today.month - 1 - months_ago, 12)
    return "1", str(month + 1), str(years)


def test_fourteen_months_are_too_few_for_a_case_manager_and_enough_for_an_associate(
    new_visitor: NewVisitor,
):
    person = make_account(TOM, "Tom", "Invented")
    make_draft(person, lacks=["registration", "history"], profession="occupational_therapist")
    make_registration(
        person,
        verified=False,
        body="HCPC",
        number="OT12345",
        profession="occupational_therapist",
    )
    tom = new_visitor()
    steps.log_in(tom, TOM)

    tom.open("/apply/registration/")
    tom.press("Save and continue")
    steps.job(
        tom, started=first_of_the_month(MONTHS), **{"Or: hours of case management in all": "1900"}
    )
    assert "14 months and 1,900 hours of case management, overlaps counted once." in tom.text
    tom.press("Save and continue")

    assert tom.heading == "Check your answers"
    assert (
        "You need 24 months or 2,500 hours of case management; we count 14 months and 1,900 hours."
        in tom.text
    )
    assert "Associate may fit you better" in tom.text
    tom.press("Change to Associate")

    assert tom.heading == "Check your answers"
    assert "Membership type Associate" in tom.text
    assert "Not met" not in tom.text
    assert "1,900 hours in all" in tom.text
    reference = steps.send_in(tom, TOM)

    officer = new_visitor()
    steps.log_in(officer, OFFICER, "/admin/")
    steps.review(officer, reference)
    officer.follow("Approve")
    assert "Associate membership: the fee is fixed at £65.00" in officer.text
