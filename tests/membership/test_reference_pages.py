"""A referee's side: a link, a few questions, no account."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

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


PAGES = {
    "known-for": "known_for",
    "capacity": "capacity",
    "opinion": "opinion",
    "concerns": "concerns",
    "may-call": "may_call",
}


def give(client, path, **changes):
    """Every question and the check page; the answer to the last of them."""
    said = {**SAID, **changes}
    for key, name in PAGES.items():
        client.post(f"{path}{key}/", {name: said[name]})
    return client.post(f"{path}check/")


def test_the_first_page_says_who_asks_and_that_refusing_is_all_right(client, referee):
    shown = client.get(path_of(referee)).content.decode()

    assert "A reference for Priya Example" in shown
    assert "What becomes of what you write" in shown
    assert shown.index("Start") < shown.index("I would rather not")
    assert "How long have you known them?" not in shown


def test_no_page_tells_more_of_the_applicant(client, referee):
    path, person = path_of(referee), referee.application.person
    pages = [client.get(path + key).content.decode() for key in ("", *(f"{one}/" for one in PAGES))]
    private = (person.email, person.town, person.postcode)

    assert [word for word in private for shown in pages if word in shown] == []


def test_the_questions_come_one_by_one_and_end_in_a_check(client, referee):
    path = path_of(referee)
    led = [
        client.post(f"{path}{key}/", {name: SAID[name]}).url.removeprefix(path)
        for key, name in PAGES.items()
    ]
    check = client.get(f"{path}check/")

    assert led == ["capacity/", "opinion/", "concerns/", "may-call/", "check/"]
    assert [(row.value, row.change_url.removeprefix(path)) for row in check.context["rows"]] == [
        ("four years", "known-for/?next=check"),
        ("as their manager", "capacity/?next=check"),
        ("Careful and kind.", "opinion/?next=check"),
        ("None", "concerns/?next=check"),
        ("No", "may-call/?next=check"),
    ]


@pytest.mark.parametrize("said", ["4", "24", " 4 "])
def test_four_of_what_is_asked(client, referee, said):
    way = f"{path_of(referee)}known-for/"

    answer = client.post(way, {"known_for": said})

    words = f"Say whether these are years or months, for example “{said.strip()} years”."
    assert answer.context["form"].errors == {"known_for": [words]}


@pytest.mark.parametrize("said", ["4 years", "four", "since 2019", "2019"])
def test_what_can_be_understood_is_kept(client, referee, said):
    client.post(f"{path_of(referee)}known-for/", {"known_for": said})

    referee.refresh_from_db()
    assert referee.known_for == said


def test_a_link_that_was_used_does_not_look_like_a_broken_one(client, referee):
    path = path_of(referee)
    give(client, path)

    text = client.get(path).content.decode()

    assert "<h1>Nothing more is asked of you</h1>" in text
    assert "does not work" not in text


def test_a_reference_is_kept_and_thanked_for(client, referee):
    answer = give(client, path_of(referee))

    referee.refresh_from_db()
    assert answer.url == "/reference/thanks/"
    assert client.get(answer.url).status_code == 200
    assert (referee.state, referee.known_for, referee.may_call) == ("answered", "four years", False)


def test_nothing_is_given_before_it_is_sent(client, referee):
    path = path_of(referee)
    for key, name in PAGES.items():
        client.post(f"{path}{key}/", {name: SAID[name]})

    referee.refresh_from_db()
    assert (referee.state, referee.answered_at) == ("asked", None)


def test_another_device_goes_on_where_the_first_one_stopped(client, referee):
    path, another = path_of(referee), Client()
    client.post(f"{path}known-for/", {"known_for": "four years"})

    start = another.get(path)

    assert start.context["go_on"] == f"{path}capacity/"
    assert "your answers are kept" in start.content.decode()
    assert 'value="four years"' in another.get(f"{path}known-for/").content.decode()


def test_a_changed_answer_leads_back_to_the_check(client, referee):
    path = path_of(referee)
    give_all_but_send(client, path)

    answer = client.post(f"{path}capacity/?next=check", {"capacity": "as a colleague"})

    referee.refresh_from_db()
    assert (answer.url, referee.capacity) == (f"{path}check/", "as a colleague")


def give_all_but_send(client, path):
    for key, name in PAGES.items():
        client.post(f"{path}{key}/", {name: SAID[name]})


def test_the_way_back_leads_to_the_question_before(client, referee):
    path = path_of(referee)
    backs = [client.get(f"{path}{key}/").context["back"].removeprefix(path) for key in PAGES]

    assert backs == ["", "known-for/", "capacity/", "opinion/", "concerns/"]


def test_an_unfinished_reference_cannot_be_sent(client, referee):
    path = path_of(referee)
    client.post(f"{path}known-for/", {"known_for": "four years"})

    answer = client.post(f"{path}check/")

    referee.refresh_from_db()
    assert (answer.url, referee.state) == (f"{path}capacity/", "asked")


def test_an_empty_answer_says_what_to_write(client, referee):
    path = path_of(referee)
    answers = [client.post(f"{path}{key}/") for key in PAGES if key != "concerns"]

    assert [dict(one.context["form"].errors) for one in answers] == [
        {"known_for": ["Enter how long you have known them, for example “four years”."]},
        {"capacity": ["Enter how you know them, for example “as their manager”."]},
        {"opinion": ["Write a few words about their suitability."]},
        {"may_call": ["Choose whether the office may call you."]},
    ]


def test_what_was_written_is_kept_beside_an_error(client, referee):
    answer = client.post(f"{path_of(referee)}opinion/", {"opinion": "Careful. " * 600})

    assert "Careful. Careful." in answer.content.decode()


def test_a_question_that_is_not_asked_is_not_found(client, referee):
    assert client.get(f"{path_of(referee)}home/").status_code == 404


def test_what_was_begun_goes_when_the_referee_would_rather_not(client, referee):
    path = path_of(referee)
    give_all_but_send(client, path)

    client.post(f"{path}rather-not/")

    referee.refresh_from_db()
    assert [getattr(referee, name) for name in PAGES.values()] == ["", "", "", "", None]


def test_what_was_begun_goes_when_the_referee_cannot_be_reached(client, referee):
    give_all_but_send(client, path_of(referee))

    referees.mark_bounced(referee_id=referee.pk, by=None, at=ASKED_AT)

    referee.refresh_from_db()
    assert [getattr(referee, name) for name in PAGES.values()] == ["", "", "", "", None]


def test_an_answer_that_was_given_is_not_written_over(client, referee):
    give(client, path_of(referee))

    referees.keep(referee_id=referee.pk, name="opinion", value="Changed.")

    referee.refresh_from_db()
    assert referee.opinion == "Careful and kind."


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
    give(client, path)

    answer = give(client, path, opinion="Changed.")

    referee.refresh_from_db()
    assert {client.get(path + page).status_code for page in ("", "opinion/", "check/")} == {410}
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


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "x" * 3000])
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

    assert give(client, path).status_code == 410


@pytest.mark.parametrize("typed", ["\0", "x" * 20_000, "-1"])
def test_hostile_references_are_answered(client, referee, typed):
    path = path_of(referee)
    answers = [client.post(f"{path}{key}/", {name: typed}) for key, name in PAGES.items()]

    referee.refresh_from_db()
    assert {one.status_code for one in answers} <= {200, 302}
    assert referee.state == "asked"


def test_no_page_of_a_reference_may_be_kept_by_a_shared_computer(client, referee):
    path = path_of(referee)
    pages = [client.get(path + page) for page in ("", "opinion/", "check/", "rather-not/")]

    assert ["no-store" in one["Cache-Control"] for one in pages] == [True] * 4


@pytest.mark.parametrize("method", ["get", "post"])
def test_saying_no_needs_a_link_that_works(client, referee, method):
    spent = path_of(referee)
    give(client, spent)

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
