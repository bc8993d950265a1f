"""Referees, purchasers and whoever has no login: a link to their address shows what is kept."""

import datetime as dt
import json
import time

import pytest
import time_machine
from django.core import signing
from django.core.cache import cache
from django.test import Client

from directory import answering
from foundation import history
from foundation.captcha import QUESTIONS
from foundation.models import Letter
from membership.models import Person, Referee
from records.pack import Verdict
from tests.directory.make import make_listing, send_enquiry
from tests.factories import (
    A_MOMENT,
    make_application,
    make_member,
    make_officer,
    make_person,
    make_referee,
    make_user,
)
from tests.website.asking import everything, unpacked
from website import data_requests
from website.models import DataRequest

pytestmark = pytest.mark.django_db

RAE, OWEN = "rae@example.org", "owen@example.org"
OPINION, ASKED, ANSWERED = "Careful and kind.", "Have you a place?", "I have, from March."


@pytest.fixture(autouse=True)
def the_day():
    cache.clear()
    with time_machine.travel(A_MOMENT, tick=False):
        yield


def typed(email=RAE, **changes):
    return {
        "email": email,
        "question_token": signing.dumps([0, time.time() - 60], salt="cmsuk.captcha"),
        "answer": min(QUESTIONS[0][1]),
        "nickname": "",
        **changes,
    }


def link_to(address):
    return f"/data/{data_requests.token_for(address)}/"


def make_rae(state="declined"):
    """A referee; another one of the same application is somebody else."""
    application = make_application(make_person(), state)
    make_referee(application, 2, name="Kit Invented", email="kit@example.org", opinion="So so.")
    return make_referee(application, name="Rae Invented", email=RAE, opinion=OPINION)


def make_owen():
    """A purchaser whom a member has answered."""
    enquiry = send_enquiry(make_listing(make_member()), message=ASKED)
    answering.reply(enquiry_id=enquiry.pk, reader="member", message=ANSWERED, at=A_MOMENT)
    return enquiry


def words(answer):
    return " ".join(answer.content.decode().split())


# The link ------------------------------------------------------------------------------------


@pytest.mark.parametrize("email", [RAE, "nobody@example.org"])
def test_every_address_gets_the_same_answer_and_a_letter(client, email):
    make_rae()

    answer = client.post("/data/", typed(email.upper()))

    letter = Letter.objects.get(kind="data_link")
    assert answer["Location"] == "/data/asked/"
    assert letter.to == email
    assert "/data/" in letter.text
    assert client.get("/data/asked/").status_code == 200


def test_nothing_is_stored_of_who_only_asks_for_a_link(client):
    client.post("/data/", typed())

    assert not DataRequest.objects.exists()
    assert Letter.objects.get().subject_key == ""


def test_six_letters_in_an_hour_are_one_too_many(client):
    answers = [client.post("/data/", typed(f"r{number}@example.org")) for number in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "r5@example.org" in answers[-1].content.decode()
    assert Letter.objects.count() == 5


def test_a_link_ends_after_thirty_days_and_a_changed_one_never_works(client):
    link = link_to(RAE)

    with time_machine.travel(A_MOMENT + dt.timedelta(days=30, seconds=-1), tick=False):
        last = client.get(link).status_code
    with time_machine.travel(A_MOMENT + dt.timedelta(days=30, seconds=1), tick=False):
        over = client.get(link)

    assert (last, over.status_code) == (200, 410)
    assert "Ask for a new one" in over.content.decode()
    for page in ("", "download/", "others/", "correct/", "erase/"):
        assert client.get(f"/data/broken/{page}").status_code == 410


# What it shows -------------------------------------------------------------------------------


def test_a_referee_sees_what_they_wrote_and_nobody_elses_words(client):
    make_rae()

    page = words(client.get(link_to(RAE)))
    files = unpacked(client.get(f"{link_to(RAE)}download/"))

    assert "Your name, address and answers as a referee" in page
    (row,) = json.loads(files["everything.json"])["membership.Referee"]
    assert (row["name"], row["opinion"]) == ("Rae Invented", OPINION)
    assert not [name for name, text in files.items() if "Kit" in text or "So so." in text]


def test_a_purchaser_sees_their_message_and_asks_for_the_answer(client):
    make_owen()
    link = link_to(OWEN)

    before = everything(client.get(f"{link}download/"))
    client.post(f"{link}others/")
    request = DataRequest.objects.get()
    (item,) = request.items.all()
    data_requests.decide(
        item_id=item.pk, verdict=Verdict.WHOLE, words="", by=make_officer(), at=A_MOMENT
    )
    data_requests.answer(request_id=request.pk, words="", by=make_officer(), at=A_MOMENT)
    after = everything(client.get(f"{link}download/"))

    assert [row["message"] for row in before["directory.Enquiry"]] == [ASKED]
    assert "directory.Reply" not in before
    assert [row["message"] for row in after["directory.Reply"]] == [ANSWERED]
    assert history.of(request.history_key).first().verb == "downloaded their data"
    assert link.rsplit(":", 2)[0] in Letter.objects.get(kind="data_request_ready").text


def test_every_download_by_a_link_is_noted_without_the_address(client):
    make_rae()

    client.get(f"{link_to(RAE)}download/")

    (line,) = history.of("data by link")
    assert (line.verb, line.text) == ("downloaded their data", "")


def test_an_address_opens_no_account_that_has_a_login(client):
    make_person(user=make_user(email=RAE), given_name="Quentina", phone="020 7946 0123")

    page = words(client.get(link_to(RAE)))
    files = unpacked(client.get(f"{link_to(RAE)}download/"))

    assert "This address has a login with us" in page
    assert not [name for name, text in files.items() if "Quentina" in text or "7946" in text]


def test_a_payer_without_a_login_is_seen_by_their_address(client):
    Person.objects.create(given_name="Gus", family_name="Invented", email=RAE)

    (row,) = everything(client.get(f"{link_to(RAE)}download/"))["membership.Person"]

    assert row["given_name"] == "Gus"


def test_somebody_of_whom_nothing_is_kept_reads_so(client):
    make_rae()

    assert "We keep nothing under this address." in words(client.get(link_to("x@example.org")))


def test_a_correction_reaches_the_office_and_its_answer_the_address(client):
    make_rae()

    client.post(f"{link_to(RAE)}correct/", {"words": "My name is Ray."})
    again = client.get(f"{link_to(RAE)}correct/")

    request = DataRequest.objects.get()
    assert (request.kind, request.email, request.person) == ("correct", RAE, None)
    assert str(request) in words(client.get(link_to(RAE)))
    assert again.status_code == 200
    assert Letter.objects.get(kind="data_request_received").to == RAE


# Erased --------------------------------------------------------------------------------------


def test_a_referee_of_a_decided_application_is_erased(client):
    make_rae()

    plan = words(client.get(f"{link_to(RAE)}erase/"))
    unsure = client.post(f"{link_to(RAE)}erase/")
    client.post(f"{link_to(RAE)}erase/", {"understood": "on"})

    assert plan.index("What goes at once") < plan.index("as a referee") < plan.index("What stays")
    assert "Tick the box" in unsure.content.decode()
    assert [referee.name for referee in Referee.objects.all()] == ["Kit Invented"]
    assert Letter.objects.get(kind="erased").to == RAE


def test_a_reference_that_somebody_waits_for_stays_and_the_page_says_so(client):
    make_rae("submitted")

    page = words(client.get(f"{link_to(RAE)}erase/"))
    client.post(f"{link_to(RAE)}erase/", {"understood": "on"})

    assert page.index("What stays, and why") < page.index("as a referee")
    assert Referee.objects.get(email=RAE).opinion == OPINION


@pytest.mark.parametrize("step", ["others", "erase", "correct"])
def test_a_link_does_nothing_for_another_address(step):
    make_rae()
    make_owen()

    Client().post(f"{link_to('x@example.org')}{step}/", {"understood": "on", "words": "Wrong."})

    assert Referee.objects.get(email=RAE).opinion == OPINION
    assert not DataRequest.objects.exclude(email="x@example.org").exists()
