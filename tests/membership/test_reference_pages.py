"""A referee's side: a link, a few questions, no account."""

import datetime as dt

import pytest
import time_machine

from foundation import links
from foundation.models import Letter
from membership import referees
from membership.models import Application, Referee
from tests.factories import make_application, make_person, make_referee

pytestmark = pytest.mark.django_db

ASKED_AT = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
SAID = {
    "known_for": "four years",
    "capacity": "as their manager",
    "opinion": "Careful and kind.",
    "concerns": "",
    "may_call": "no",
}


@pytest.fixture
def referee():
    """Rhona, who was asked on 22 November 2026."""
    person = make_person(given_name="Priya", family_name="Example")
    application = make_application(person, Application.State.SUBMITTED)
    return make_referee(
        application,
        name="Rhona Referee",
        state=Referee.State.ASKED,
        asked_at=ASKED_AT,
        nonce="once",
    )


def path_of(referee):
    return referees.link_of(referee).partition("//")[2].partition("/")[2].join(("/", ""))


def test_the_page_says_who_asks_and_puts_refusing_first(client, referee):
    shown = client.get(path_of(referee)).content.decode()

    assert "A reference for Priya Example" in shown
    assert shown.index("I would rather not") < shown.index("How long have you known them?")
    assert shown.index("What becomes of what you write") < shown.index("In what capacity?")


def test_the_page_tells_nothing_more_of_the_applicant(client, referee):
    shown = client.get(path_of(referee)).content.decode()
    person = referee.application.person

    assert [word for word in (person.email, person.town, person.postcode) if word in shown] == []


def test_a_reference_is_kept_and_thanked_for(client, referee):
    answer = client.post(path_of(referee), SAID)

    referee.refresh_from_db()
    assert answer.url == "/reference/thanks/"
    assert client.get(answer.url).status_code == 200
    assert (referee.state, referee.known_for, referee.may_call) == ("answered", "four years", False)


def test_an_empty_reference_says_what_to_write(client, referee):
    answer = client.post(path_of(referee))

    assert dict(answer.context["form"].errors) == {
        "known_for": ["Enter how long you have known them, for example “four years”."],
        "capacity": ["Enter how you know them, for example “as their manager”."],
        "opinion": ["Write a few words about their suitability."],
        "may_call": ["Choose whether the office may call you."],
    }


def test_what_was_written_is_kept_beside_an_error(client, referee):
    answer = client.post(path_of(referee), {**SAID, "known_for": ""})

    assert "Careful and kind." in answer.content.decode()


def test_refusing_asks_once_and_tells_the_applicant_only_to_name_another(client, referee):
    asked = client.get(path_of(referee) + "rather-not/")
    answer = client.post(path_of(referee) + "rather-not/")

    referee.refresh_from_db()
    [letter] = Letter.objects.all()
    assert asked.status_code == 200
    assert answer.url == "/reference/refused/"
    assert client.get(answer.url).status_code == 200
    assert (referee.state, letter.kind) == ("refused", "another_referee")


def test_a_used_link_says_so(client, referee):
    path = path_of(referee)
    client.post(path, SAID)

    answer = client.post(path, {**SAID, "opinion": "Changed."})

    referee.refresh_from_db()
    assert answer.status_code == 410
    assert "This link has been used. Thank you for your answer." in answer.content.decode()
    assert referee.opinion == "Careful and kind."


def test_a_link_works_for_sixty_days_and_not_longer(client, referee):
    with time_machine.travel(ASKED_AT, tick=False):
        path = path_of(referee)

    with time_machine.travel(ASKED_AT + dt.timedelta(days=60), tick=False):
        last = client.get(path)
    with time_machine.travel(ASKED_AT + dt.timedelta(days=60, seconds=1), tick=False):
        late = client.get(path)

    assert (last.status_code, late.status_code) == (200, 410)
    assert "This link has expired. Ask for a new one." in late.content.decode()


def test_the_link_of_a_replaced_referee_is_dead(client, referee):
    path = path_of(referee)
    Referee.objects.update(replaced_at=ASKED_AT)

    answer = client.get(path)

    assert answer.status_code == 410
    assert "the applicant has named somebody else" in answer.content.decode()


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "x" * 3000, "%00"])
def test_a_wrong_link_is_not_found_and_says_what_to_do(client, token):
    answer = client.get(f"/reference/{token}/")

    assert answer.status_code == 404
    assert "Copy the whole address from the letter." in answer.content.decode()


def test_a_link_signed_for_something_else_is_worthless(client, referee):
    token = links.sign({"referee": referee.pk, "nonce": "once"}, purpose="verify")

    assert client.get(f"/reference/{token}/").status_code == 404


def test_a_changed_nonce_is_worthless(client, referee):
    path = path_of(referee)
    Referee.objects.update(nonce="another")

    assert client.post(path, SAID).status_code == 410


@pytest.mark.parametrize("typed", ["\0", "x" * 20_000, "-1"])
def test_hostile_references_are_answered(client, referee, typed):
    answer = client.post(path_of(referee), dict.fromkeys(SAID, typed))

    referee.refresh_from_db()
    assert (answer.status_code, referee.state) == (200, "asked")


def test_no_page_of_a_reference_may_be_kept_by_a_shared_computer(client, referee):
    assert "no-store" in client.get(path_of(referee))["Cache-Control"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_saying_no_needs_a_link_that_works(client, referee, method):
    spent = path_of(referee)
    client.post(spent, SAID)

    used = getattr(client, method)(f"{spent}rather-not/")
    wrong = getattr(client, method)("/reference/nonsense/rather-not/")

    referee.refresh_from_db()
    assert (used.status_code, wrong.status_code) == (410, 404)
    assert "This link has been used." in used.content.decode()
    assert "Copy the whole address from the letter." in wrong.content.decode()
    assert referee.state == "answered"


def test_one_referees_link_answers_for_nobody_else(client, referee):
    other = make_referee(
        referee.application, position=2, state=Referee.State.ASKED, asked_at=ASKED_AT, nonce="own"
    )

    client.post(path_of(other) + "rather-not/")

    referee.refresh_from_db()
    other.refresh_from_db()
    assert (referee.state, other.state) == ("asked", "refused")
