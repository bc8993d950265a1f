"""Signed links: whole, unchanged, for one purpose, and for a time."""

import datetime as dt

import pytest
import time_machine

from foundation import links

LASTS = dt.timedelta(days=7)
MADE = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


def token(purpose: str = "reference") -> str:
    with time_machine.travel(MADE, tick=False):
        return links.sign({"referee": 7}, purpose=purpose)


@pytest.mark.parametrize("seconds", [0, 7 * 24 * 3600])
def test_a_link_can_be_read_until_its_time_is_up(seconds):
    signed = token()

    with time_machine.travel(MADE + dt.timedelta(seconds=seconds), tick=False):
        assert links.read(signed, purpose="reference", lasts=LASTS) == {"referee": 7}


def test_a_second_later_it_has_expired():
    signed = token()

    with (
        time_machine.travel(MADE + LASTS + dt.timedelta(seconds=1), tick=False),
        pytest.raises(links.ExpiredLink) as caught,
    ):
        links.read(signed, purpose="reference", lasts=LASTS)

    assert str(caught.value) == "This link has expired. Ask for a new one."


@pytest.mark.parametrize(
    "spoil",
    [
        lambda signed: "",
        lambda signed: "nonsense",
        lambda signed: signed[:-1],
        lambda signed: signed[1:],
        lambda signed: signed + "x",
        lambda signed: signed.upper(),
        lambda signed: "ł" + signed,
    ],
)
def test_a_link_that_was_changed_is_broken(spoil):
    signed = token()

    with time_machine.travel(MADE, tick=False), pytest.raises(links.BrokenLink):
        links.read(spoil(signed), purpose="reference", lasts=LASTS)


def test_a_link_of_one_purpose_is_worthless_for_another():
    signed = token("reference")

    with time_machine.travel(MADE, tick=False), pytest.raises(links.BrokenLink):
        links.read(signed, purpose="enquiry", lasts=LASTS)


def test_both_kinds_of_failure_are_one_kind_to_who_asks():
    assert issubclass(links.BrokenLink, links.LinkError)
    assert issubclass(links.ExpiredLink, links.LinkError)


@pytest.mark.parametrize(
    ("site", "whole"),
    [
        ("https://portal.example.org", "https://portal.example.org/profile/"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/profile/"),
    ],
)
def test_letters_carry_whole_addresses(settings, site, whole):
    settings.SITE_URL = site

    assert links.absolute("/profile/") == whole
