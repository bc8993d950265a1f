"""Gareth, vocational only: no body is asked for, and no clinical area can be had."""

import pytest

from tests.journeys import steps
from tests.journeys.beginnings import make_account, make_draft
from tests.journeys.steps import OFFICER, NewVisitor, Visitor

GARETH = "gareth.invented@example.org"

pytestmark = pytest.mark.usefixtures("office")


def test_who_has_no_clinical_qualification_is_found_as_vocational_and_nothing_else(
    new_visitor: NewVisitor,
):
    make_draft(
        make_account(GARETH, "Gareth", "Invented"),
        lacks=["route", "qualifications", "registration", "expertise"],
        vocational_only=None,
        profession="",
    )
    gareth, officer = new_visitor(), new_visitor()
    steps.log_in(gareth, GARETH)
    gareth.open("/apply/")
    assert "Registered body" in gareth.text

    steps.route(gareth, "No, I have no clinical qualification")
    assert gareth.heading == "Add a qualification"
    gareth.open("/apply/")
    assert "Registered body" not in gareth.text
    assert gareth.knock("/apply/registration/") == 404
    steps.qualification(gareth, "Diploma in vocational rehabilitation", "Diploma at", "Vocational")
    ask_for_brain_injury_by_hand(gareth)
    steps.expertise(gareth, "Vocational")
    reference = steps.send_in(gareth, GARETH)

    steps.log_in(officer, OFFICER, "/admin/")
    steps.review(officer, reference)
    assert "Works as a vocational case manager only" in officer.text
    officer.press("Assign Vocational")
    steps.approve(officer, although="Both references came by telephone.")
    steps.pay(gareth, GARETH, "£90.00")
    steps.join_the_directory(gareth, "CF14 4XW")

    assert is_found(new_visitor(), "Vocational")
    assert not is_found(new_visitor(), "Acquired and traumatic brain injury")


def ask_for_brain_injury_by_hand(gareth: Visitor) -> None:
    gareth.open("/apply/expertise/")
    assert "brain injury" not in gareth.text
    gareth.tamper("Vocational", "brain_injury")
    gareth.choose("Vocational")
    gareth.press("Save and continue")
    assert "Clinical areas need a clinical qualification and a registered body." in gareth.text


def is_found(purchaser: Visitor, area: str) -> bool:
    purchaser.open("/directory/")
    purchaser.pick("Expertise", area)
    purchaser.press("Search")
    return "Gareth Invented" in purchaser.text
