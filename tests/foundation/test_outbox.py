"""The demo's outbox: every letter is one file, and can be read in the browser."""

import os
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives

from foundation import outbox


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.OUTBOX_DIR = tmp_path / "outbox"
    return settings.OUTBOX_DIR


def put(number: int = 1, text: str = "Dear Łukasz, £90.00 are due.") -> None:
    message = EmailMultiAlternatives(
        f"Letter {number}",
        text,
        "CMSUK <info@example.org>",
        [f"p{number}@example.org"],
        headers={"Message-ID": f"<{number}@example.org>"},
    )
    message.attach_alternative("<p>Dear reader</p>", "text/html")
    assert outbox.OutboxBackend().send_messages([message]) == 1


def test_a_letter_is_kept_as_its_reader_sees_it(folder):
    put()

    (kept,) = outbox.kept()

    assert (kept.to, kept.subject) == ("p1@example.org", "Letter 1")
    assert kept.text == "Dear Łukasz, £90.00 are due."


def test_the_same_message_twice_is_one_file(folder):
    put(text="first")
    put(text="second")

    assert [one.text for one in outbox.kept()] == ["first"]
    assert [file.suffix for file in folder.iterdir()] == [".eml"]


def test_the_newest_letter_stands_first(folder):
    for number in (1, 2):
        put(number)
    for file in folder.iterdir():
        age = 100 if b"Letter 1" in file.read_bytes() else 200
        os.utime(file, (age, age))

    assert [one.subject for one in outbox.kept()] == ["Letter 2", "Letter 1"]


def test_without_a_letter_there_is_nothing_to_show(folder):
    assert outbox.kept() == []
    assert outbox.find("anything") is None


@pytest.mark.parametrize("name", ["../secret-key", "..", "a/b", ""])
def test_nothing_outside_the_folder_is_found(folder, name):
    put()
    (folder.parent / "secret-key.eml").write_text("Subject: secret\n\nsecret")

    assert outbox.find(name) is None


@pytest.mark.django_db
def test_the_outbox_is_read_in_the_browser(client, folder):
    put()
    (kept,) = outbox.kept()

    page = client.get("/outbox/").content.decode()
    letter = client.get(f"/outbox/{kept.name}/").content.decode()

    assert f"/outbox/{kept.name}/" in page
    assert "Dear Łukasz, £90.00 are due." in letter
    assert client.get("/outbox/0000/").status_code == 404
