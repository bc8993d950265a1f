"""One message to up to five members at once, and what happens when nobody answers."""

import datetime as dt
import time

import pytest
import time_machine
from django.core import signing

from directory import chasing
from directory.models import Enquiry
from foundation.captcha import QUESTIONS
from foundation.models import Letter
from tests.directory.make import TODAY, assign, make_listing, send_enquiry

pytestmark = pytest.mark.django_db

# 22 November 2026 is a Sunday: the working days after it are the 23rd, 24th, 25th …
SENT = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def the_day(db):
    with time_machine.travel(SENT, tick=False) as traveller:
        yield traveller


def written(**changes):
    return {
        "name": "Sunita Solicitor",
        "email": "sunita@example.org",
        "message": "Who could take this on?",
        "question_token": signing.dumps([0, time.time() - 60], salt="cmsuk.captcha"),
        "answer": next(iter(QUESTIONS[0][1])),
        **changes,
    }


def kinds():
    return sorted(Letter.objects.values_list("kind", flat=True))


def after(days):
    return SENT + dt.timedelta(days=days)


def test_each_of_five_gets_the_message_and_the_purchaser_one_copy(client):
    slugs = [make_listing().slug for _ in range(5)]

    response = client.post("/directory/ask/", written(to=slugs))

    assert response.status_code == 302
    assert kinds() == ["directory_enquiry"] * 5 + ["directory_enquiry_copy"]
    assert len(set(Enquiry.objects.values_list("batch", flat=True))) == 1


def test_six_at_once_are_too_many(client):
    slugs = [make_listing().slug for _ in range(6)]

    response = client.post("/directory/ask/", written(to=slugs), follow=True)

    assert "You can write to 5 at once." in response.content.decode()
    assert not Enquiry.objects.exists()


def test_nobody_ticked_is_asked_for(client):
    response = client.get("/directory/ask/", follow=True)

    assert "Tick whom you would like to write to." in response.content.decode()


def test_who_left_meanwhile_is_passed_over_and_said(client):
    stays, left = make_listing(), make_listing(opted_in_at=None)

    response = client.post("/directory/ask/", written(to=[left.slug, stays.slug]), follow=True)

    assert [one.listing for one in Enquiry.objects.all()] == [stays]
    assert "Some of them have left the directory" in response.content.decode()


def test_the_page_sent_twice_writes_once(client):
    filled = written(to=[make_listing().slug, make_listing().slug])

    for _ in range(2):
        client.post("/directory/ask/", filled)

    assert Enquiry.objects.count() == 2
    assert len(kinds()) == 3


def test_a_sender_who_was_reported_twice_is_not_passed_on(client):
    for mark in "ab":
        one = send_enquiry(make_listing(), mark=mark, email="spam@example.org")
        Enquiry.objects.filter(pk=one.pk).update(spam_reported_at=SENT)

    response = client.post(
        "/directory/ask/", written(to=make_listing().slug, email="SPAM@example.org")
    )

    assert response.status_code == 429
    assert Enquiry.objects.count() == 2


@pytest.mark.parametrize(("days", "letters"), [(2, []), (3, ["directory_nudge"])])
def test_the_member_is_reminded_after_three_working_days(days, letters):
    send_enquiry(make_listing(), at=SENT)

    chasing.chase(at=after(days))
    chasing.chase(at=after(days))

    assert [kind for kind in kinds() if kind == "directory_nudge"] == letters


@pytest.mark.parametrize(("days", "letters"), [(7, []), (8, ["directory_others"])])
def test_after_six_working_days_the_purchaser_reads_of_three_others(days, letters):
    asked = make_listing(base="CF14")
    assign(asked.person)
    for base in ("CF24", "NP20", "CF3", "BS1"):
        assign(make_listing(base=base, areas=("UK",)).person)
    make_listing(areas=("SCT",))
    send_enquiry(asked, at=SENT)

    chasing.chase(at=after(days))
    chasing.chase(at=after(days))

    found = Letter.objects.filter(kind="directory_others")
    assert [letter.kind for letter in found] == letters
    for letter in found:
        assert letter.to == "owen@example.org"
        assert letter.text.count("/directory/listing-") == 3
        assert asked.slug not in letter.text


@pytest.mark.parametrize("change", ["answered_at", "spam_reported_at"])
def test_what_was_answered_or_reported_is_not_chased(change):
    one = send_enquiry(make_listing(), at=SENT)
    Enquiry.objects.filter(pk=one.pk).update(**{change: SENT})

    assert chasing.chase(at=after(30)) == 0


def test_a_member_who_is_not_shown_any_more_is_not_reminded():
    listing = make_listing()
    send_enquiry(listing, at=SENT)
    listing.opted_in_at = None
    listing.save()

    assert chasing.chase(at=after(3)) == 0
    assert chasing.chase(at=after(8)) == 1


def test_others_are_found_where_the_member_states_no_base():
    asked, other = make_listing(areas=("WLS",)), make_listing(areas=("UK",))
    make_listing(areas=("SCT",))

    assert chasing.others(asked, on=TODAY, but={asked.pk}) == [other]
