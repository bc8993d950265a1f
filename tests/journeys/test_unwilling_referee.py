"""Dave, a referee who would rather not: the applicant is told only to give another."""

import datetime as dt

import pytest
import time_machine

from membership import referees
from membership.models import Referee
from tests.factories import now
from tests.journeys import steps
from tests.journeys.beginnings import make_account, make_draft
from tests.journeys.steps import OFFICER, NewVisitor, Visitor, read_letter

PRIYA, DAVE = "priya.invented@example.org", "dave.refers@example.org"
# What would give away that Dave was asked, was reached, and said no.
TELLING = ("rather not", "declined", "refused", "said no")

pytestmark = pytest.mark.usefixtures("office")


def test_a_referee_may_say_no_and_links_that_are_spent_say_what_to_do(new_visitor: NewVisitor):
    draft = make_draft(make_account(PRIYA, "Priya", "Invented"))
    draft.referees.filter(position=1).update(name="Dave Refers", email=DAVE)
    priya, dave, officer = new_visitor(), new_visitor(), new_visitor()
    steps.log_in(priya, PRIYA)
    reference = steps.send_in(priya, PRIYA)

    link = steps.link_in(read_letter(DAVE, "asks you for a reference"), "/reference/")
    dave.open(link)
    assert dave.heading == "A reference for Priya Invented"
    dave.follow("I would rather not")
    dave.press("I would rather not")
    assert "We will not write to you again about this." in dave.text

    told = read_letter(PRIYA, "Please name another referee")
    assert "We could not get a reference from Dave Refers." in told
    assert given_away(told) == []
    for page in ("/", "/apply/", "/profile/", "/apply/referees/1/replace/"):
        priya.open(page)
        assert given_away(priya.text) == [], page
    steps.log_in(officer, OFFICER, "/admin/")
    steps.review(officer, reference)
    assert "Would rather not: Dave Refers" in officer.text

    assert dave.knock(link) == 410
    assert "This link has been used. Thank you for your answer." in dave.text
    assert "write to" in dave.text
    expired(new_visitor())


def given_away(text: str) -> list[str]:
    return [words for words in TELLING if words in text.lower()]


def expired(late: Visitor) -> None:
    """Somebody who comes on the sixty-first day is told to ask for a new link."""
    other = Referee.objects.get(position=2)
    with time_machine.travel(now() - referees.LASTS - dt.timedelta(hours=1)):
        link = referees.link_of(other)
    assert late.knock(link) == 410
    assert "This link has expired. Ask for a new one." in late.text
    assert "write to" in late.text
