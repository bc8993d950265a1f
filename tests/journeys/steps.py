"""What applicants, referees and the office do on the site, told once for every journey."""

import re
from collections.abc import Callable
from typing import Protocol

from django.utils import timezone

from foundation import letters, outbox
from foundation.captcha import QUESTIONS
from tests.signed_in import recovery_code

PASSWORD = "invented pass phrase"
OFFICER = "olive.office@example.org"
CHECKED_IN = str(timezone.localdate().year - 1)
"""A DBS check of last year's March is recent on any day."""


class Visitor(Protocol):
    """What somebody can do on a site, in the words that they see."""

    text: str
    heading: str
    url: str

    def open(self, where: str) -> None: ...
    def knock(self, where: str) -> int: ...
    def follow(self, words: str) -> None: ...
    def download(self, words: str) -> bytes: ...
    def fill(self, label: str, value: str) -> None: ...
    def fill_date(self, legend: str, day: str, month: str, year: str) -> None: ...
    def choose(self, label: str) -> None: ...
    def pick(self, label: str, option: str) -> None: ...
    def press(self, words: str) -> None: ...
    def push(self, words: str) -> int: ...
    def tamper(self, label: str, value: str) -> None: ...


NewVisitor = Callable[[], Visitor]


def read_letter(address: str, subject: str) -> str:
    """Send what waits, as the worker would, and read the newest such letter."""
    letters.send_waiting()
    found = [one for one in outbox.kept() if one.to == address and subject in one.subject]
    assert found, f"no letter “{subject}” to {address}: {[one.subject for one in outbox.kept()]}"
    return found[0].text


def link_in(letter: str, path: str) -> str:
    found = re.search(rf"https?://\S+{path}\S*", letter)
    assert found is not None, letter
    return found[0]


def reference_in(text: str) -> str:
    found = re.search(r"Your reference is (\w+)", text)
    assert found is not None, text
    return found[1]


def sign_up(applicant: Visitor, address: str) -> None:
    applicant.open("/")
    applicant.follow("Apply for Membership")
    applicant.follow("Apply for Membership")
    applicant.fill("E-mail address", address)
    applicant.fill("Password", PASSWORD)
    applicant.press("Create my account")
    code = re.search(r"Your code: (\S+)", read_letter(address, ""))
    assert code is not None
    applicant.fill("Code", code[1])
    applicant.press("Go on")


def log_in(visitor: Visitor, address: str, where: str = "/accounts/login/") -> None:
    visitor.open(where)
    visitor.fill("E-mail address", address)
    visitor.fill("Password", PASSWORD)
    visitor.press("Login")
    if visitor.heading == "Enter the code from your app":
        visitor.fill("Code from your app", recovery_code(address))
        visitor.press("Login")


def begin(applicant: Visitor, label: str) -> None:
    assert applicant.heading == "Apply for membership"
    applicant.choose(f"{label}. ")
    applicant.press("Start my application")


def home(applicant: Visitor, first: str, last: str, **others: str) -> None:
    """Cardiff, unless the others (by label, underlines for spaces) say something else."""
    answers = {
        "First name": first,
        "Last name": last,
        "Address line 1": "1 Invented Street",
        "Town or city": "Cardiff",
        "Postcode": "cf144xw",
        "Telephone": "020 7946 0001",
    }
    applicant.open("/apply/home/")
    for label, value in (answers | _labelled(others)).items():
        applicant.fill(label, value)
    applicant.press("Save and continue")


def work(applicant: Visitor, organisation: str, title: str) -> None:
    applicant.open("/apply/work/")
    applicant.fill("Organisation", organisation)
    applicant.fill("Job title", title)
    applicant.press("Save and continue")


def practice(applicant: Visitor, *choices: str) -> None:
    applicant.open("/apply/practice/")
    for one in choices:
        applicant.choose(one)
    applicant.press("Save and continue")


def route(applicant: Visitor, choice: str) -> None:
    applicant.open("/apply/route/")
    applicant.choose(choice)
    applicant.press("Save and continue")


def qualification(applicant: Visitor, name: str, level: str, kind: str) -> None:
    applicant.open("/apply/qualifications/")
    applicant.follow("Add a")
    applicant.fill("Name of the qualification", name)
    applicant.fill("Awarded by", "University of Example")
    applicant.pick("Level", level)
    applicant.choose(kind)
    applicant.fill("Year of the award", "2009")
    applicant.press("Save")
    applicant.press("Save and continue")


def registration(applicant: Visitor, profession: str, body: str, number: str) -> None:
    applicant.open("/apply/registration/")
    applicant.pick("Your profession", profession)
    applicant.pick("Which body are you registered with?", body)
    applicant.fill("Registration number", number)
    applicant.press("Save and continue")


def job(applicant: Visitor, *, started: tuple[str, str, str], **hours: str) -> None:
    """A case management job that goes on; hours by label, underlines for spaces."""
    applicant.open("/apply/history/")
    applicant.follow("Add a")
    applicant.fill("Employer", "Example Rehabilitation")
    applicant.fill("Job title", "Case manager")
    applicant.choose("Yes")
    applicant.fill_date("When did you start?", *started)
    for label, value in _labelled(hours).items():
        applicant.fill(label, value)
    applicant.press("Save")


def name_referee(applicant: Visitor, address: str) -> None:
    """On a page that asks for one: a professional referee."""
    applicant.fill("Name", address.partition("@")[0].replace(".", " ").title())
    applicant.choose("Professional")
    applicant.fill("Who are they to you?", "They managed my work")
    applicant.fill("Where do they work?", "Example Rehabilitation")
    applicant.fill("E-mail address", address)
    applicant.press("Save")


def declarations(applicant: Visitor) -> None:
    applicant.open("/apply/dbs/")
    applicant.fill_date("Date of your most recent check", "2", "3", CHECKED_IN)
    applicant.choose("DBS (England and Wales)")
    applicant.choose("I confirm that I have been checked")
    applicant.press("Save and continue")
    applicant.open("/apply/indemnity/")
    applicant.choose("I confirm")
    applicant.press("Save and continue")


def expertise(applicant: Visitor, label: str) -> None:
    applicant.open("/apply/expertise/")
    applicant.choose(label)
    applicant.press("Save and continue")


def send_in(applicant: Visitor, address: str) -> str:
    """Check, accept and send; the reference of the application."""
    applicant.open("/apply/check/")
    assert "Still to do" not in applicant.text, applicant.text
    applicant.choose("I accept")
    applicant.press("Send my application")
    assert applicant.heading == "Your application is sent"
    assert "has arrived" in read_letter(address, "We have your application")
    return reference_in(applicant.text)


def give_reference(referee: Visitor, address: str) -> None:
    referee.open(link_in(read_letter(address, "reference"), "/reference/"))
    referee.follow("Start")
    referee.fill("How long have you known them?", "Four years")
    referee.press("Continue")
    referee.fill("In what capacity?", "As their manager")
    referee.press("Continue")
    referee.fill("What can you say", "Careful and kind. I recommend them without reservation.")
    referee.press("Continue")
    referee.press("Continue")
    referee.choose("Yes")
    referee.press("Continue")
    referee.press("Send my reference")
    assert "Thank you" in referee.text


def review(officer: Visitor, reference: str) -> None:
    """The office opens the application in its own list."""
    officer.open("/admin/membership/application/")
    officer.follow(reference)


def approve(officer: Visitor, *, although: str = "") -> None:
    """From the review page; `although` says why, where a check is left open."""
    officer.follow("Approve")
    if although:
        officer.fill("Why do you go on although this is open", although)
    officer.press("Approve")
    assert "Approved" in officer.text, officer.text


def pay(applicant: Visitor, address: str, amount: str) -> None:
    assert amount in read_letter(address, "Your application is approved")
    applicant.open("/")
    applicant.follow("View your profile to pay")
    applicant.press("Pay")
    assert "Demo PayPal" in applicant.text
    applicant.press("Pay")
    applicant.open("/profile/")
    assert "Active until" in applicant.text
    assert amount in read_letter(address, "eceipt")


def join_the_directory(member: Visitor, place: str) -> None:
    member.open("/profile/listing/")
    member.fill("Postcode or town you travel from", place)
    member.fill("Miles you travel from there", "30")
    member.press("Save and join the directory")


def show_that_nobody_is_a_machine(visitor: Visitor, wait: Callable[[float], None]) -> None:
    """Answer the question, where it is asked: not of a browser that runs script."""
    for question, answers in QUESTIONS:
        if question in visitor.text:
            visitor.fill(question, min(answers))
    wait(2.1)


def _labelled(answers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", " "): value for name, value in answers.items()}
