"""An applicant in front of the pages of their application, and the office a moment later."""

import pytest
import time_machine

from tests.factories import make_person
from tests.membership import applying
from tests.membership.deciding import LATER


@pytest.fixture
def person():
    """Priya, who has a login and has told nothing yet."""
    return make_person(given_name="", family_name="", email="priya@example.org")


@pytest.fixture
def newcomer(client, person):
    """The pages as Priya sees them on 22 November 2026."""
    client.force_login(person.user)
    with time_machine.travel("2026-11-22 10:00", tick=False):
        yield client


@pytest.fixture
def page(newcomer):
    """The same once Priya has begun as a Case Manager."""
    applying.start(newcomer, "case_manager")
    return newcomer


@pytest.fixture
def five_minutes_later():
    """Whatever is asked or decided now comes after what the factories made."""
    with time_machine.travel(LATER, tick=False):
        yield
