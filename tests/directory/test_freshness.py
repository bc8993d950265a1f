"""Listings are confirmed, or reminded of, or paused; a pause ends by itself or by one click."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError

from directory import freshness
from directory.models import Listing
from foundation.models import Letter
from membership.models import Person
from tests.directory.make import make_listing
from tests.factories import make_member
from tests.refusing import refuse_history_of

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def listing():
    person = make_member(ends_on=dt.date(2027, 12, 31))
    return make_listing(person, edited_at=START, confirmed_at=START)


def after(days):
    return START + dt.timedelta(days=days)


def letters():
    return Letter.objects.filter(kind="directory_confirm").count()


def shown(at):
    return Listing.objects.visible(at.date()).exists()


@pytest.mark.parametrize(("days", "expected"), [(149, 0), (150, 1), (165, 1), (166, 2), (179, 2)])
def test_reminders_come_after_150_and_166_days(listing, days, expected):
    for day in range(148, days + 1):
        freshness.watch(at=after(day))

    assert letters() == expected
    assert shown(after(days))


def test_after_180_days_it_is_paused(listing):
    for day in (150, 166, 179, 180):
        freshness.watch(at=after(day))

    listing.refresh_from_db()
    assert (listing.paused_at, listing.pause_ends_on) == (after(180), None)
    assert not shown(after(180))


def test_nobody_is_paused_who_was_not_reminded_two_weeks_before(listing):
    freshness.watch(at=after(200))
    freshness.watch(at=after(213))
    too_early = shown(after(213))
    freshness.watch(at=after(214))

    assert too_early
    assert letters() == 2
    assert not shown(after(214))


def test_confirming_shows_it_again_and_starts_anew(client, listing):
    for day in (150, 166, 180):
        freshness.watch(at=after(day))
    with time_machine.travel(after(190), tick=False):
        client.force_login(listing.person.user)
        client.post("/profile/listing/confirm/")

    freshness.watch(at=after(200))

    assert shown(after(190))
    assert letters() == 2


def test_the_page_says_how_long_ago_it_was_confirmed(client, listing):
    with time_machine.travel(after(12), tick=False):
        text = client.get(f"/directory/{listing.slug}/").content.decode()

    assert "Confirmed 12 days ago." in text


@pytest.mark.parametrize(
    ("days", "said"), [(59, "59 days ago"), (60, "2 months ago"), (156, "5 months ago")]
)
def test_a_long_time_is_said_in_months(client, listing, days, said):
    with time_machine.travel(after(days), tick=False):
        text = client.get(f"/directory/{listing.slug}/").content.decode()

    assert f"Confirmed {said}." in text


def test_a_pause_with_an_end_ends_by_itself(client, listing):
    with time_machine.travel(after(10), tick=False):
        client.force_login(listing.person.user)
        client.post(
            "/profile/listing/pause/",
            {"until_day": "1", "until_month": "7", "until_year": "2026"},
        )

    assert not Listing.objects.visible(dt.date(2026, 6, 30)).exists()
    assert Listing.objects.visible(dt.date(2026, 7, 1)).exists()


@pytest.mark.parametrize("until", [("11", "6", "2026"), ("14", "6", "2027"), ("", "", "")])
def test_a_pause_that_cannot_be_is_asked_for_again(client, listing, until):
    parts = zip(("until_day", "until_month", "until_year"), until, strict=True)
    with time_machine.travel(after(10), tick=False):
        client.force_login(listing.person.user)
        response = client.post("/profile/listing/pause/", dict(parts))

    assert list(response.context["pause_form"].errors) == ["until"]
    assert shown(after(10))


@pytest.mark.parametrize("path", ["confirm", "pause", "photo"])
def test_a_member_without_a_listing_has_nothing_to_change(client, path):
    client.force_login(make_member().user)

    assert client.post(f"/profile/listing/{path}/").status_code == 404


def test_taking_cases_again_from_a_day(client, listing):
    listing.taking_cases, listing.taking_again_on = False, dt.date(2026, 7, 1)
    listing.save()

    with time_machine.travel(dt.datetime(2026, 6, 30, tzinfo=dt.UTC), tick=False):
        before = client.get(f"/directory/{listing.slug}/").content.decode()
    with time_machine.travel(dt.datetime(2026, 7, 1, tzinfo=dt.UTC), tick=False):
        on_the_day = client.get(f"/directory/{listing.slug}/").content.decode()

    assert "Not taking new cases until 1 July 2026" in before
    assert "Taking new cases" in on_the_day
    assert "Not taking" not in on_the_day


def test_a_listing_that_the_database_refuses_keeps_no_other_from_being_paused(listing):
    sound = make_listing(
        make_member(ends_on=dt.date(2027, 12, 31)), edited_at=START, confirmed_at=START
    )
    for day in (150, 166):
        freshness.watch(at=after(day))
    refuse_history_of(listing.person.history_key)

    with pytest.raises(IntegrityError):
        freshness.watch(at=after(180))

    sound.refresh_from_db()
    assert sound.paused_at == after(180)


def test_a_member_without_an_address_keeps_no_other_from_being_reminded(listing):
    sound = make_listing(
        make_member(ends_on=dt.date(2027, 12, 31)), edited_at=START, confirmed_at=START
    )
    Person.objects.filter(pk=listing.person_id).update(email="")

    with pytest.raises(IntegrityError):
        freshness.watch(at=after(150))

    assert [letter.to for letter in Letter.objects.all()] == [sound.person.email]
