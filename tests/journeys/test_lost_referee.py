"""Aisha, a social worker: the right regulator, and another referee for one who was not reached."""

import pytest

from tests.journeys import steps
from tests.journeys.beginnings import make_account, make_draft
from tests.journeys.steps import OFFICER, NewVisitor, read_letter

AISHA = "aisha.invented@example.org"
LOST, OTHER = "rhona.refers@example.org", "nadia.newly@example.org"

pytestmark = pytest.mark.usefixtures("office")


def test_a_letter_that_comes_back_costs_nobody_their_place(new_visitor: NewVisitor):
    draft = make_draft(
        make_account(AISHA, "Aisha", "Invented"),
        lacks=["registration"],
        nation="ENG",
        profession="",
    )
    draft.referees.filter(position=1).update(name="Rhona Refers", email=LOST)
    draft.referees.filter(position=2).update(kind="personal")
    aisha, officer = new_visitor(), new_visitor()
    steps.log_in(aisha, AISHA)

    steps.registration(aisha, "Social worker", "Health and Care Professions Council", "SW12345")
    assert (
        "You practise in England, where social workers register with Social Work England."
        in aisha.text
    )
    aisha.pick("Which body are you registered with?", "Social Work England")
    aisha.press("Save and continue")
    assert aisha.heading == "Check your answers"
    reference = steps.send_in(aisha, AISHA)
    asked = steps.link_in(read_letter(LOST, "asks you for a reference"), "/reference/")

    steps.log_in(officer, OFFICER, "/admin/")
    steps.review(officer, reference)
    officer.press("The letter came back from Rhona Refers")
    assert "The applicant has been asked for another referee." in officer.text
    assert "Could not be reached: Rhona Refers" in officer.text

    told = read_letter(AISHA, "Please name another referee")
    assert "you keep your place in the queue" in told
    aisha.open(steps.link_in(told, "/apply/"))
    aisha.follow("Please give another referee")
    assert aisha.heading == "Somebody else instead of Rhona Refers"
    steps.name_referee(aisha, OTHER)
    assert "Your application keeps its place." in aisha.text
    assert "Case Manager application: with the office" in aisha.text
    assert "Nadia Newly We have written to them and wait for their answer" in aisha.text

    late = new_visitor()
    assert late.knock(asked) == 410
    assert "the applicant has named somebody else" in late.text
    steps.give_reference(new_visitor(), OTHER)
    steps.review(officer, reference)
    assert "Answered: Nadia Newly" in officer.text
