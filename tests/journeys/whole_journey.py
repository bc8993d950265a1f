"""The whole main job, told once and walked by any visitor: apply, decide, pay, be found."""

import re
from collections.abc import Callable
from typing import Protocol

from foundation import letters, outbox

PASSWORD = "invented pass phrase"
NURSE, OFFICER = "priya.invented@example.org", "olive.office@example.org"
REFEREES = ("rhona.refers@example.org", "piers.peer@example.org")


class Visitor(Protocol):
    """What somebody can do on a site, in the words that they see."""

    text: str
    heading: str
    url: str

    def open(self, where: str) -> None: ...
    def follow(self, words: str) -> None: ...
    def fill(self, label: str, value: str) -> None: ...
    def fill_date(self, legend: str, day: str, month: str, year: str) -> None: ...
    def choose(self, label: str) -> None: ...
    def pick(self, label: str, option: str) -> None: ...
    def press(self, words: str) -> None: ...


NewVisitor = Callable[[], Visitor]


def walk(new_visitor: NewVisitor, *, wait: Callable[[float], None]) -> None:
    """The journey of a nurse from the home page to her first enquiry."""
    nurse = new_visitor()
    sign_up(nurse)
    fill_in(nurse)
    send_in(nurse)
    for address in REFEREES:
        give_reference(new_visitor(), address)
    decide(new_visitor())
    pay(nurse)
    join_the_directory(nurse)
    find_and_write(new_visitor(), wait=wait)


def read_letter(address: str, subject: str) -> str:
    """Send what waits, as the worker would, and read the newest such letter."""
    letters.send_waiting()
    found = [one for one in outbox.kept() if one.to == address and subject in one.subject]
    assert found, f"no letter “{subject}” to {address}: {[one.subject for one in outbox.kept()]}"
    return found[0].text


def sign_up(nurse: Visitor) -> None:
    nurse.open("/")
    nurse.follow("Apply for Membership")
    nurse.follow("Apply for Membership")
    nurse.fill("E-mail address", NURSE)
    nurse.fill("Password", PASSWORD)
    nurse.press("Create my account")
    code = re.search(r"Your code: (\S+)", read_letter(NURSE, ""))
    assert code is not None
    nurse.fill("Code", code[1])
    nurse.press("Go on")


def fill_in(nurse: Visitor) -> None:
    assert nurse.heading == "Apply for membership"
    nurse.choose("Case Manager")
    nurse.press("Start my application")
    _home_and_work(nurse)
    _practice_and_qualification(nurse)
    _registration(nurse)
    _work_history(nurse)
    _referees(nurse)
    _declarations(nurse)


def _home_and_work(nurse: Visitor) -> None:
    nurse.open("/apply/home/")
    for label, value in (
        ("First name", "Priya"),
        ("Last name", "Invented"),
        ("Address line 1", "1 Invented Street"),
        ("Town or city", "Cardiff"),
        ("Postcode", "cf144xw"),
        ("Telephone", "020 7946 0001"),
    ):
        nurse.fill(label, value)
    nurse.press("Save and continue")
    nurse.open("/apply/work/")
    nurse.fill("Organisation", "Example Rehabilitation")
    nurse.fill("Job title", "Case manager")
    nurse.press("Save and continue")


def _practice_and_qualification(nurse: Visitor) -> None:
    nurse.open("/apply/practice/")
    nurse.choose("In the UK")
    nurse.choose("Wales")
    nurse.press("Save and continue")
    nurse.open("/apply/route/")
    nurse.choose("Yes")
    nurse.press("Save and continue")
    nurse.open("/apply/qualifications/")
    nurse.follow("Add a qualification")
    nurse.fill("Name of the qualification", "BSc Nursing")
    nurse.fill("Awarded by", "University of Example")
    nurse.pick("Level", "Degree")
    nurse.choose("Clinical")
    nurse.fill("Year of the award", "2009")
    nurse.press("Save")
    nurse.press("Save and continue")


def _registration(nurse: Visitor) -> None:
    nurse.open("/apply/registration/")
    nurse.pick("Your profession", "Nurse")
    nurse.pick("Which body are you registered with?", "Nursing and Midwifery Council")
    nurse.fill("Registration number", "12a 345b")
    nurse.press("Save and continue")
    assert "You entered 12A345B." in nurse.text
    nurse.fill("Registration number", "01A2345N")
    nurse.press("Save and continue")


def _work_history(nurse: Visitor) -> None:
    nurse.open("/apply/history/")
    nurse.follow("Add a job")
    nurse.fill("Employer", "Example Rehabilitation")
    nurse.fill("Job title", "Case manager")
    nurse.choose("Yes")
    nurse.fill_date("When did you start?", "1", "4", "2023")
    nurse.fill("Hours of case management in a usual week", "30")
    nurse.press("Save")
    assert "Employer" not in nurse.heading
    nurse.press("Save and continue")


def _referees(nurse: Visitor) -> None:
    for position, address in enumerate(REFEREES, start=1):
        nurse.open(f"/apply/referees/{position}/")
        nurse.fill("Name", address.split("@")[0].replace(".", " ").title())
        nurse.choose("Professional")
        nurse.fill("Who are they to you?", "They managed my work")
        nurse.fill("Where do they work?", "Example Rehabilitation")
        nurse.fill("E-mail address", address)
        nurse.press("Save")
    nurse.press("Save and continue")


def _declarations(nurse: Visitor) -> None:
    nurse.open("/apply/dbs/")
    nurse.fill_date("Date of your most recent check", "2", "3", "2026")
    nurse.choose("DBS (England and Wales)")
    nurse.choose("I confirm that I have been checked")
    nurse.press("Save and continue")
    nurse.open("/apply/indemnity/")
    nurse.choose("I confirm")
    nurse.press("Save and continue")
    nurse.open("/apply/expertise/")
    nurse.choose("Acquired and traumatic brain injury")
    nurse.press("Save and continue")


def send_in(nurse: Visitor) -> None:
    nurse.open("/apply/check/")
    assert "Still to do" not in nurse.text, nurse.text
    nurse.choose("I accept")
    nurse.press("Send my application")
    assert nurse.heading == "Your application is sent"
    assert "has arrived" in read_letter(NURSE, "We have your application")


def give_reference(referee: Visitor, address: str) -> None:
    link = re.search(r"https?://\S+/reference/\S+", read_letter(address, "reference"))
    assert link is not None
    referee.open(link[0])
    referee.follow("Start")
    referee.fill("How long have you known them?", "Four years")
    referee.press("Continue")
    referee.fill("In what capacity?", "As their manager")
    referee.press("Continue")
    referee.fill("What can you say", "Careful and kind. I recommend her without reservation.")
    referee.press("Continue")
    referee.press("Continue")
    referee.choose("Yes")
    referee.press("Continue")
    referee.press("Send my reference")
    assert "Thank you" in referee.text


def decide(officer: Visitor) -> None:
    officer.open("/admin/")
    officer.fill("E-mail address", OFFICER)
    officer.fill("Password", PASSWORD)
    officer.press("Login")
    officer.open("/admin/membership/application/")
    officer.follow(_reference_in(officer.text))
    assert "Priya Invented" in officer.text, officer.text
    officer.follow("Record what it says")
    officer.choose("Registered")
    officer.press("Keep")
    officer.press("Assign")
    officer.follow("Approve")
    officer.press("Approve")
    assert "Approved" in officer.text


def _reference_in(text: str) -> str:
    found = re.search(r"\bA[A-HJKMNP-TV-Z2-9]{7}\b", text)
    assert found is not None, text
    return found[0]


def pay(nurse: Visitor) -> None:
    assert "£90.00" in read_letter(NURSE, "Your application is approved")
    nurse.open("/")
    nurse.follow("View your profile to pay")
    nurse.press("Pay")
    assert "Demo PayPal" in nurse.text
    nurse.press("Pay")
    nurse.open("/profile/")
    assert "Active until" in nurse.text
    assert "£90.00" in read_letter(NURSE, "eceipt")
    assert "CM-0001" in read_letter(NURSE, "Welcome")


def join_the_directory(nurse: Visitor) -> None:
    nurse.open("/profile/listing/")
    nurse.fill("Postcode or town you travel from", "CF14 4XW")
    nurse.fill("Miles you travel from there", "30")
    nurse.press("Save and join the directory")
    assert "Priya Invented" in nurse.text


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
    purchaser.fill(*_answer(purchaser.text))
    wait(2.1)
    purchaser.press("Send")
    assert "Are you taking new cases" in read_letter(NURSE, "")
    assert NURSE not in read_letter("owen.sample@example.org", "")


def _answer(text: str) -> tuple[str, str]:
    """The captcha's question and its answer, as a person would see them."""
    answers = {
        "What colour is a ripe banana?": "yellow",
        "How many days are in a week?": "seven",
        "Which of these is an animal": "horse",
        "What is two plus three?": "5",
        "Which is bigger": "house",
        "What is the last letter": "a",
    }
    return next((asked, said) for asked, said in answers.items() if asked in text)
