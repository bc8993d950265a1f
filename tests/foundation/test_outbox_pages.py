"""The demo's letters, read in the browser."""

import datetime as dt

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives

from foundation.outbox import OutboxBackend

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 7, 1, 11, 0, tzinfo=dt.UTC)


@pytest.fixture
def outbox(settings, tmp_path):
    settings.OUTBOX_DIR = tmp_path
    return OutboxBackend()


def letter(subject, **kwargs):
    return EmailMultiAlternatives(
        subject, "Look at http://127.0.0.1/profile/.", to=["perdita@example.org"], **kwargs
    )


def test_an_empty_outbox_says_so(client, outbox):
    assert "No letter has been sent yet." in client.get("/outbox/").content.decode()


def test_a_letter_can_be_read_with_its_links_and_the_time_of_london(client, outbox):
    with time_machine.travel(NOON, tick=False):
        outbox.send_messages([letter("Your fee <is> due")])

    listed = client.get("/outbox/").content.decode()
    name = listed.partition('href="/outbox/')[2].partition("/")[0]
    shown = client.get(f"/outbox/{name}/").content.decode()

    assert "Your fee &lt;is&gt; due" in listed
    assert "1 July 2026, 12:00" in listed
    assert '<a href="http://127.0.0.1/profile/"' in shown
    assert "To perdita@example.org" in shown


def test_the_same_letter_twice_is_one(client, outbox):
    twice = letter("Once", headers={"Message-ID": "<one@example.org>"})

    outbox.send_messages([twice, twice])

    assert client.get("/outbox/").content.decode().count("Once") == 1


def test_a_letter_that_is_not_there_is_not_found(client, outbox):
    assert client.get("/outbox/nothing/").status_code == 404


def test_what_a_letter_encloses_can_be_opened(client, outbox):
    enclosing = letter("With a paper")
    enclosing.attach("copy.pdf", b"%PDF-1.7 invented", "application/pdf")
    outbox.send_messages([enclosing])
    name = client.get("/outbox/").content.decode().partition('href="/outbox/')[2].partition("/")[0]

    shown = client.get(f"/outbox/{name}/").content.decode()
    opened = client.get(f"/outbox/{name}/1/")

    assert f'<a href="/outbox/{name}/1/">copy.pdf</a>' in shown
    assert (opened["Content-Type"], opened.content) == ("application/pdf", b"%PDF-1.7 invented")


@pytest.mark.parametrize("number", [0, 2])
def test_an_enclosure_that_is_not_there_is_not_found(client, outbox, number):
    enclosing = letter("With a paper")
    enclosing.attach("copy.pdf", b"%PDF-1.7 invented", "application/pdf")
    outbox.send_messages([enclosing])
    name = client.get("/outbox/").content.decode().partition('href="/outbox/')[2].partition("/")[0]

    assert client.get(f"/outbox/{name}/{number}/").status_code == 404
