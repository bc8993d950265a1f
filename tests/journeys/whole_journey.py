"""The whole main job, told once and walked by any visitor: apply, decide, pay, be found."""

from collections.abc import Callable

from tests.journeys import steps
from tests.journeys.steps import OFFICER, NewVisitor, Visitor, read_letter

NURSE = "priya.invented@example.org"
REFEREES = ("rhona.refers@example.org", "piers.peer@example.org")


def walk(new_visitor: NewVisitor, *, wait: Callable[[float], None]) -> None:
    """The journey of a nurse from the home page to her first enquiry."""
    nurse = new_visitor()
    steps.sign_up(nurse, NURSE)
    fill_in(nurse)
    reference = steps.send_in(nurse, NURSE)
    for address in REFEREES:
        steps.give_reference(new_visitor(), address)
    decide(new_visitor(), reference)
    steps.pay(nurse, NURSE, "£90.00")
    assert "CM-0001" in read_letter(NURSE, "Welcome")
    steps.join_the_directory(nurse, "CF14 4XW")
    assert "Priya Invented" in nurse.text
    find_and_write(new_visitor(), wait=wait)


def fill_in(nurse: Visitor) -> None:
    steps.begin(nurse, "Case Manager")
    steps.home(nurse, "Priya", "Invented")
    steps.work(nurse, "Example Rehabilitation", "Case manager")
    steps.practice(nurse, "In the UK", "Wales")
    steps.route(nurse, "Yes")
    steps.qualification(nurse, "BSc Nursing", "Degree", "Clinical")
    _registration(nurse)
    steps.job(nurse, started=("1", "4", "2023"), Hours_of_case_management_in_a_usual_week="30")
    nurse.press("Save and continue")
    for position, address in enumerate(REFEREES, start=1):
        nurse.open(f"/apply/referees/{position}/")
        steps.name_referee(nurse, address)
    nurse.press("Save and continue")
    steps.declarations(nurse)
    steps.expertise(nurse, "Acquired and traumatic brain injury")


def _registration(nurse: Visitor) -> None:
    steps.registration(nurse, "Nurse", "Nursing and Midwifery Council", "12a 345b")
    assert "You entered 12A345B." in nurse.text
    nurse.fill("Registration number", "01A2345N")
    nurse.press("Save and continue")


def decide(officer: Visitor, reference: str) -> None:
    steps.log_in(officer, OFFICER, "/admin/")
    steps.review(officer, reference)
    assert "Priya Invented" in officer.text, officer.text
    officer.follow("Record what it says")
    officer.choose("Registered")
    officer.choose("The register shows the very name above")
    officer.press("Keep")
    officer.press("Assign")
    steps.approve(officer)


def find_and_write(purchaser: Visitor, *, wait: Callable[[float], None]) -> None:
    purchaser.open("/directory/")
    purchaser.fill("Postcode or town", "CF10 1EP")
    purchaser.pick("Based within", "25 miles")
    purchaser.pick("Expertise", "Acquired and traumatic brain injury")
    purchaser.press("Search")
    assert "1 case manager" in purchaser.text
    assert "CF10%201EP" not in purchaser.url
    purchaser.follow("Priya Invented")
    assert NURSE not in purchaser.text
    purchaser.follow("Write to")
    purchaser.fill("Your name", "Dr Owen Sample")
    purchaser.fill("Your e-mail address", "owen.sample@example.org")
    purchaser.fill("Your message", "Are you taking new cases in Cardiff?")
    steps.show_that_nobody_is_a_machine(purchaser, wait)
    purchaser.press("Send")
    assert "Are you taking new cases" in read_letter(NURSE, "")
    assert NURSE not in read_letter("owen.sample@example.org", "")
