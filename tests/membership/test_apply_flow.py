"""From the first question to the confirmation, over plain HTTP, for each type."""

import pytest
import time_machine

from foundation.models import Letter
from membership.models import Application
from tests.factories import make_person
from tests.membership import applying

pytestmark = pytest.mark.django_db

TODAY = "2026-11-22 10:00"


@pytest.fixture
def person():
    return make_person(given_name="", family_name="")


@pytest.fixture
def page(client, person):
    client.force_login(person.user)
    with time_machine.travel(TODAY, tick=False):
        yield client


def test_a_case_manager_applies_from_the_first_question_to_the_confirmation(page, person):
    applying.start(page, "case_manager")
    applying.fill_practising(page)

    answer = applying.send(page)

    application = applying.own(person)
    assert (answer.status_code, answer.url) == (302, "/apply/sent/")
    assert application.state == Application.State.SUBMITTED
    assert application.rules_accepted_version == "2026"
    assert application.reference in page.get("/apply/sent/").content.decode()
    assert sorted(Letter.objects.values_list("kind", "to")) == [
        ("application_received", person.email),
        ("reference_request", "ravi@example.org"),
        ("reference_request", "rhona@example.org"),
    ]
