"""By keyboard alone: log in, finish a section, send the application, and ask for a call."""

import pytest

from tests.journeys.beginnings import make_account, make_draft
from tests.journeys.browser_visitor import BrowserVisitor
from tests.journeys.keyboard import Keyboard
from tests.journeys.steps import CHECKED_IN, PASSWORD, read_letter

PRIYA = "priya.invented@example.org"

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("office")]


@pytest.fixture
def visitor(browsers):
    """Priya, whose draft lacks its DBS check alone."""
    nothing_yet = {"dbs_on": None, "dbs_scheme": "", "dbs_confirmed_at": None}
    make_draft(make_account(PRIYA, "Priya", "Invented"), lacks=["dbs"], **nothing_yet)
    return browsers()


def test_an_application_is_finished_and_sent_without_a_mouse(visitor, wait):
    keyboard = Keyboard(visitor.window)

    log_in(visitor, keyboard)
    finish_the_section(visitor, keyboard)
    keyboard.reach("I accept")
    keyboard.key("Space")
    keyboard.enter("Send my application")
    assert visitor.heading == "Your application is sent"
    assert "has arrived" in read_letter(PRIYA, "We have your application")
    ask_for_a_call(visitor, keyboard, wait)


def log_in(visitor: BrowserVisitor, keyboard: Keyboard) -> None:
    visitor.open("/")
    assert keyboard.tab() == "Skip to main content"
    keyboard.key("Enter")
    keyboard.tab()
    assert visitor.window.evaluate(
        "document.querySelector('main').contains(document.activeElement)"
    )

    visitor.open("/")
    keyboard.enter("Login")
    keyboard.type("E-mail address", PRIYA)
    keyboard.type("Password", PASSWORD)
    with visitor.window.expect_navigation():
        keyboard.key("Enter")


def finish_the_section(visitor: BrowserVisitor, keyboard: Keyboard) -> None:
    """Sent empty first: the error comes next and leads into the field; then date, radios, box."""
    visitor.open("/apply/")
    keyboard.enter("DBS check")
    keyboard.enter("Save and continue")
    assert keyboard.tab().startswith("Enter the date of your most recent check")
    keyboard.key("Enter")
    assert keyboard.focused == "Day"
    visitor.window.keyboard.type("2")
    keyboard.type("Month", "March")
    keyboard.type("Year", CHECKED_IN)
    keyboard.reach("DBS (England and Wales)")
    keyboard.key("Space")
    keyboard.key("ArrowDown")
    assert keyboard.focused == "PVG (Scotland)"
    keyboard.key("ArrowUp")
    keyboard.reach("I confirm that I have been checked")
    keyboard.key("Space")
    keyboard.enter("Save and continue")
    assert visitor.heading == "Check your answers"
    assert f"2 March {CHECKED_IN}" in visitor.text


def ask_for_a_call(visitor: BrowserVisitor, keyboard: Keyboard, wait) -> None:
    """No question is met on the way, nor the field that people must leave empty."""
    keyboard.enter("Request a callback")
    keyboard.type("Your name", "Priya Invented")
    keyboard.type("Telephone", "020 7946 0001")
    for choice in ("Any time in office hours", "Joining, or my membership"):
        keyboard.reach(choice)
        keyboard.key("Space")
    wait(2.1)
    keyboard.enter("Ask for a call")
    assert visitor.heading == "We will call you"
    assert "Leave this empty" not in keyboard.stops
