"""What is kept about somebody: to see, to take away, to leave, to have erased."""

import io
import json
import re
import zipfile

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from foundation import history
from foundation.dates import add_months, in_words
from foundation.models import Letter
from membership.models import Membership, Person
from tests.factories import A_MOMENT, make_application, make_member, make_person, make_referee

pytestmark = pytest.mark.django_db

PAGES = ("/profile/data/", "/profile/data/download/", "/profile/data/erase/", "/profile/leave/")
PASSWORD = "sample pass phrase"


def signed_in(person):
    """A client that has just typed its password."""
    person.user.set_password(PASSWORD)
    person.user.save()
    EmailAddress.objects.create(user=person.user, email=person.email, verified=True, primary=True)
    client = Client()
    client.post("/accounts/login/", {"login": person.user.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def unpacked(answer):
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: pack.read(name).decode() for name in pack.namelist()}


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_logs_in_first(client, page):
    answer = client.get(page)

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_the_page_says_what_is_kept_and_until_when():
    person = make_person()

    page = signed_in(person).get("/profile/data/").content.decode()

    assert "First name, surname, home address" in page
    assert "You made an account" in page
    goes_on = in_words(add_months(timezone.localdate(person.user.joined_at), 12))
    assert f"If nothing changes, it goes on {goes_on}." in page
    assert f"we delete your login and your details on {goes_on}" in page


def test_leaving_and_erasure_stand_above_the_long_list_of_what_is_kept():
    member = make_member(make_person())

    page = signed_in(member).get("/profile/data/").text

    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", page.partition("<main")[2])[:6] == [
        "Take it with you",
        "Put it right",
        "What you agreed to",
        "Who looked at your files",
        "Leave, or be erased",
        "What we keep, and when it goes",
    ]


def test_the_download_holds_what_is_kept_about_oneself_and_nobody_else():
    person, other = make_person(given_name="Zebedina"), make_person(given_name="Quentina")
    make_application(person, course_title="=1+1")

    files = unpacked(signed_in(person).get("/profile/data/download/"))

    everything = json.loads(files["everything.json"])
    assert [row["given_name"] for row in everything["membership.Person"]] == ["Zebedina"]
    assert "'=1+1" in files["tables/membership-application.csv"]
    assert "Zebedina" in files["read-me-first.html"]
    assert not [name for name, text in files.items() if other.given_name in text]


def test_what_referees_wrote_is_set_aside():
    person = make_person()
    make_referee(make_application(person, "declined"), opinion="In strict confidence.")

    files = unpacked(signed_in(person).get("/profile/data/download/"))

    assert not [name for name, text in files.items() if "In strict confidence." in text]
    assert "1 entry is set aside" in " ".join(files["read-me-first.html"].split())


def test_no_password_and_no_secret_is_handed_out():
    person = make_person()

    files = unpacked(signed_in(person).get("/profile/data/download/"))

    assert not [name for name, text in files.items() if "argon2" in text or "pbkdf2" in text]


def test_the_download_asks_for_the_password_again_and_is_noted():
    person = make_person()
    client = Client()
    client.force_login(person.user)

    asked = client.get("/profile/data/download/")
    signed_in(person).get("/profile/data/download/")

    assert asked["Location"].split("?")[0] == "/accounts/reauthenticate/"
    assert history.of(person.history_key).first().verb == "downloaded their data"


@time_machine.travel(A_MOMENT, tick=False)
def test_leaving_asks_first_and_hides_at_once():
    person = make_member()
    client = signed_in(person)

    asked = client.get("/profile/leave/")
    before = Membership.objects.get(person=person).resigned_on
    client.post("/profile/leave/")

    assert "Leave the society?" in asked.content.decode()
    assert before is None
    assert Membership.objects.get(person=person).resigned_on is not None


def test_whoever_is_no_member_has_nothing_to_leave():
    answer = signed_in(make_person()).post("/profile/leave/", follow=True)

    assert "nothing to leave" in answer.content.decode()


def test_erasing_shows_first_what_goes_and_what_stays():
    person = make_person()

    page = signed_in(person).get("/profile/data/erase/").content.decode()

    assert (
        page.index("What goes at once")
        < page.index("First name, surname")
        < page.index("What stays")
    )
    assert Person.objects.get(pk=person.pk).email == person.email


def test_erasing_needs_the_tick():
    person = make_person()

    answer = signed_in(person).post("/profile/data/erase/", {})

    assert "Tick the box" in answer.content.decode()
    assert Person.objects.get(pk=person.pk).email == person.email


def test_who_asks_to_be_erased_reads_how_long_backups_are_kept(settings):
    settings.BACKUPS_KEPT_DAYS = 21

    page = signed_in(make_person()).get("/profile/data/erase/").content.decode()

    assert "Copies in our backups are gone after 21 days" in page


def test_erasing_erases_and_signs_out():
    person = make_person()
    client = signed_in(person)

    answer = client.post("/profile/data/erase/", {"understood": "on"}, follow=True)

    assert "is erased, and your login with it" in answer.content.decode()
    assert Person.objects.get(pk=person.pk).user is None
    assert client.get("/profile/").status_code == 302
    assert Letter.objects.get(kind="erased").to == person.email


@time_machine.travel(A_MOMENT, tick=False)
def test_a_member_reads_that_they_must_leave_first():
    person = make_member()

    answer = signed_in(person).post("/profile/data/erase/", {"understood": "on"})

    assert "Leave the society first" in answer.content.decode()
    assert 'href="/profile/leave/">Leave the society</a>' in answer.content.decode()
    assert Person.objects.get(pk=person.pk).user is not None
