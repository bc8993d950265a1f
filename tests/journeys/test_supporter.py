"""Moira, who manages case managers: she does not practise, and no upgrade is held out to her."""

import pytest

from tests.journeys import steps
from tests.journeys.steps import OFFICER, NewVisitor

MOIRA = "moira.invented@example.org"

pytestmark = pytest.mark.usefixtures("office")


def test_a_supporter_does_not_practise_and_has_no_way_up_but_a_new_application(
    new_visitor: NewVisitor,
):
    moira, officer = new_visitor(), new_visitor()
    steps.sign_up(moira, MOIRA)
    steps.begin(moira, "Supporter")
    steps.home(moira, "Moira", "Invented")
    steps.work(moira, "Example Rehabilitation", "Operations manager")

    moira.open("/apply/supporter/")
    moira.choose("I manage case managers")
    moira.press("Save and continue")
    assert (
        "Supporter is for people who do not practise. If you practise case management, "
        "choose Case Manager or Associate." in moira.text
    )
    moira.choose("I do not practise case management")
    moira.press("Save and continue")
    reference = steps.send_in(moira, MOIRA)

    steps.log_in(officer, OFFICER, "/admin/")
    steps.review(officer, reference)
    steps.approve(officer)
    steps.pay(moira, MOIRA, "£40.00")

    assert "Apply to upgrade" not in moira.text
    moira.open("/apply/upgrade/")
    assert moira.heading == "Apply for membership"
    assert "There is no upgrade for you to apply for at present." in moira.text
    moira.open("/profile/")
    moira.follow("Apply for another type of membership")
    steps.begin(moira, "Associate")
    assert "Two referees Not started" in moira.text
