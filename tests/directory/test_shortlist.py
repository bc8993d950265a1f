"""A shortlist without an account: signed, compared side by side, and never out of date."""

import pytest
import time_machine

from directory.shortlist import COOKIE
from tests.directory.make import TODAY, assign, make_listing

pytestmark = pytest.mark.django_db

URL = "/directory/shortlist/"


@pytest.fixture(autouse=True)
def the_day(db):
    with time_machine.travel(TODAY, tick=False):
        yield


def names(client):
    return [card.name for card in client.get(URL).context["cards"]]


def test_nobody_is_on_it_at_first(client):
    assert "Nobody is on it yet." in client.get(URL).content.decode()


def test_who_is_added_stands_side_by_side_in_that_order(client):
    for name in ("Priya Sample", "Aled Invented"):
        listing = make_listing(public_name=name, slug=name.split()[0].lower())
        assign(listing.person)
        client.post(URL, {"add": listing.slug})

    text = client.get(URL).content.decode()
    assert names(client) == ["Priya Sample", "Aled Invented"]
    assert text.count("Acquired and traumatic brain injury") == 2
    assert 'name="to" value="priya"' in text


def test_the_same_person_is_added_once(client):
    listing = make_listing()

    for _ in range(2):
        client.post(URL, {"add": listing.slug})

    assert len(names(client)) == 1


def test_one_is_taken_off_and_all_are_cleared(client):
    first, second, third = (make_listing() for _ in range(3))
    for one in (first, second, third):
        client.post(URL, {"add": one.slug})

    client.post(URL, {"remove": second.slug})
    left = names(client)
    client.post(URL, {"clear": "1"})

    assert left == [first.public_name, third.public_name]
    assert client.cookies[COOKIE].value == ""


def test_the_eleventh_is_refused_in_words(client):
    listings = [make_listing() for _ in range(11)]

    answers = [client.post(URL, {"add": one.slug}, follow=True) for one in listings]

    assert "A shortlist holds 10." in answers[-1].content.decode()
    assert len(names(client)) == 10


def test_who_is_not_visible_any_more_is_gone_and_counted(client):
    stays, goes = make_listing(), make_listing()
    for one in (stays, goes):
        client.post(URL, {"add": one.slug})
    goes.opted_in_at = None
    goes.save()

    text = client.get(URL).content.decode()

    assert names(client) == [stays.public_name]
    assert "1 of those you chose is not in the directory at present." in text


def test_somebody_hidden_cannot_be_added(client):
    client.post(URL, {"add": make_listing(opted_in_at=None).slug})

    assert COOKIE not in client.cookies or not client.cookies[COOKIE].value


@pytest.mark.parametrize("value", ["", "WzFd", "x:y:z"])
def test_a_cookie_that_somebody_wrote_counts_as_none(client, value):
    make_listing()
    client.cookies[COOKIE] = value

    assert names(client) == []


def test_the_cookie_names_nobody_and_script_cannot_read_it(client):
    listing = make_listing()

    client.post(URL, {"add": listing.slug})

    cookie = client.cookies[COOKIE]
    assert listing.slug not in cookie.value
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_it_takes_as_many_queries_for_one_as_for_three(client, django_assert_num_queries):
    for number in range(3):
        client.post(URL, {"add": make_listing(base="CF14").slug})
        client.get(URL)
        if number in (0, 2):
            with django_assert_num_queries(3):
                client.get(URL)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["\0", "../x", "a b", "’"])
def test_a_name_that_none_can_have_is_nobody(client, name):
    added = client.post("/directory/shortlist/", {"add": name, "remove": name})
    asked = client.get("/directory/ask/", {"to": name})

    assert added.status_code == 302
    assert asked.status_code in (200, 302, 404)
