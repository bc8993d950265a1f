"""A firm's records lead, told once: try a date, keep a register, hold, destroy with a witness."""

import re

from django.utils import timezone

from records import digest, schedule
from tests.journeys import steps
from tests.journeys.steps import NewVisitor, Visitor, link_in, read_letter

RUTH = "ruth.invented@example.org"
WITNESS = "wanda.witness@example.org"
NHS_NUMBER = "943 476 5919"
BORN_IN = timezone.localdate().year - 22
"""Seventeen when the care ended, five years ago: kept until the 26th birthday, not the 25th."""
YOUNG, ENDED = ("20", "7", str(BORN_IN)), ("20", "7", str(BORN_IN + 17))


def walk(new_visitor: NewVisitor) -> None:
    ruth = new_visitor()
    calculate(ruth)
    open_register(ruth)
    add(ruth, "CM-0042", born=("9", "3", "1975"), ended=("15", "6", "2015"))
    add(ruth, "CM-0043", born=YOUNG, ended=ENDED)
    be_reminded()
    hold_and_resolve(ruth)
    propose(ruth)
    sign_as_witness(new_visitor())
    number = complete_the_certificate(ruth)
    verify(new_visitor(), ruth.text, number)


def calculate(ruth: Visitor) -> None:
    ruth.open("/records/calculator/")
    ruth.fill_date("Date of birth", *YOUNG)
    ruth.fill_date("Day the care ended", *ENDED)
    ruth.choose("General")
    ruth.choose("Has capacity")
    ruth.press("Work out the date")
    assert f"Keep until 20 July {BORN_IN + 26}" in ruth.text, ruth.text
    assert "17 when care ended" in ruth.text
    assert f"20 July {BORN_IN + 25}" in ruth.text


def open_register(ruth: Visitor) -> None:
    steps.log_in(ruth, RUTH)
    ruth.open("/records/")
    ruth.follow("Open a register")
    ruth.choose("I have read these terms")
    ruth.press("Accept and open my register")


def add(
    ruth: Visitor, reference: str, *, born: tuple[str, str, str], ended: tuple[str, str, str]
) -> None:
    """The first try has an NHS number for a reference, and is refused with the reason."""
    for each in (NHS_NUMBER, reference):
        ruth.open("/records/add/")
        ruth.fill("Your reference", each)
        ruth.fill_date("Date of birth", *born)
        ruth.fill_date("Day the care ended", *ended)
        ruth.choose("General")
        ruth.choose("Has capacity")
        ruth.press("Add")
        assert ("looks like an NHS number" in ruth.text) == (each == NHS_NUMBER), ruth.text
    assert reference in ruth.heading


def be_reminded() -> None:
    schedule.run(on=timezone.localdate())
    digest.write(on=timezone.localdate(), at=timezone.now())
    assert "1 due for review" in read_letter(RUTH, "Your client records")


def hold_and_resolve(ruth: Visitor) -> None:
    ruth.open("/records/")
    ruth.follow("CM-0042")
    ruth.follow("Put it on hold")
    ruth.pick("Why must it be kept?", "Complaint")
    ruth.fill_date("Day it was opened", "2", "3", "2024")
    ruth.press("Put on hold")
    assert "this record cannot be destroyed" in ruth.text, ruth.text
    assert "Propose it for destruction" not in ruth.text
    ruth.follow("Resolve")
    ruth.fill_date("Day it was resolved", "2", "3", "2025")
    ruth.press("Resolve")
    assert "Propose it for destruction" in ruth.text, ruth.text


def propose(ruth: Visitor) -> None:
    """Her own address is refused as that of a witness; another's is written to."""
    ruth.follow("Propose it for destruction")
    ruth.fill("Why is it no longer needed?", "Closed long ago, and nobody has asked since.")
    ruth.choose("A witness from outside")
    ruth.fill("Name of the witness", "Wanda Witness")
    ruth.fill("E-mail address of the witness", RUTH)
    ruth.choose("I have looked at each file")
    ruth.press("Sign, and ask the second person")
    assert "The same person cannot sign twice" in ruth.text, ruth.text
    ruth.fill("E-mail address of the witness", WITNESS)
    ruth.choose("I have looked at each file")
    ruth.press("Sign, and ask the second person")
    assert "Waits for the second signature" in ruth.text, ruth.text


def sign_as_witness(witness: Visitor) -> None:
    letter = read_letter(WITNESS, "asks you to witness")
    assert "CM-0042" not in letter
    link = link_in(letter, "/records/witness/")
    for _ in range(2):  # as a mail scanner would
        witness.open(link)
    assert "CM-0042" in witness.text
    assert "1975" not in witness.text
    witness.choose("I agree")
    witness.press("Sign as the witness")
    assert "You have signed" in witness.text, witness.text
    assert witness.knock(link) == 410


def complete_the_certificate(ruth: Visitor) -> str:
    """What is left: a certificate, which she completes for the file that she shredded."""
    today = timezone.localdate()
    ruth.open(link_in(read_letter(RUTH, "Signed by a second person"), "/records/disposals/"))
    found = re.search(r"CMSD-\d{4}-\d{4}", ruth.text)
    assert found is not None, ruth.text
    ruth.open("/records/")
    assert "CM-0042" not in ruth.text
    assert "CM-0043" in ruth.text
    ruth.open(f"/records/certificates/{found[0]}/")
    ruth.follow("Confirm that the file is destroyed")
    ruth.choose("Paper, shredded")
    ruth.fill_date("Day it was destroyed", str(today.day), str(today.month), str(today.year))
    ruth.choose("Copies in backups")
    ruth.press("Confirm")
    assert "Paper, shredded by us" in ruth.text, ruth.text
    ruth.fill("Your reference of the record", "CM-0042")
    ruth.press("Show it here")
    assert "This is the certificate of that reference" in ruth.text, ruth.text
    return found[0]


def verify(anybody: Visitor, certificate: str, number: str) -> None:
    anybody.open(link_in(certificate, "/records/verify/").rstrip(":"))
    assert anybody.heading == f"Certificate {number}"
    assert "This certificate is genuine" in anybody.text
    assert "CM-0042" not in anybody.text
    assert "Ruth" not in anybody.text
