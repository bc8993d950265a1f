"""What is counted as it happens: nobody found, a page opened, and what the member reads of it."""

import datetime as dt

import pytest
import time_machine

from directory import figures, tasks
from directory.filters import Filters
from directory.member_page import figures as figures_of
from directory.models import Enquiry, Seen, Unmet
from directory.nearby import nearby
from foundation import queueing
from tests.directory.make import TODAY, make_listing, send_enquiry
from tests.factories import make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_over(monkeypatch):
    """What was given to the queue, instead of a broker."""
    given = []
    monkeypatch.setattr(
        queueing.current_app, "send_task", lambda name, args: given.append((name, *args))
    )
    return given


@pytest.fixture(autouse=True)
def the_day(db):
    with time_machine.travel(TODAY, tick=False):
        yield


def test_searches_that_found_nobody_are_counted_by_month():
    for day in (1, 30):
        figures.count_unmet(area="WLS", expertise="stroke", on=dt.date(2026, 11, day))
    figures.count_unmet(area="WLS", expertise="stroke", on=dt.date(2026, 12, 1))

    rows = Unmet.objects.order_by("month").values_list("month", "area", "expertise", "times")
    assert list(rows) == [
        (dt.date(2026, 11, 1), "WLS", "stroke", 2),
        (dt.date(2026, 12, 1), "WLS", "stroke", 1),
    ]


def test_of_a_place_its_region_alone_is_noted(handed_over, django_capture_on_commit_callbacks):
    filters = Filters(place=nearby().places["CF14"], expertise=("stroke", "vocational"))

    with django_capture_on_commit_callbacks(execute=True):
        figures.note_unmet(filters, on=TODAY)

    assert handed_over == [
        ("directory.tasks.count_unmet", "WLS", "stroke vocational", "2026-11-22")
    ]


def test_the_page_notes_an_empty_search_and_no_other(
    client, handed_over, django_capture_on_commit_callbacks
):
    make_listing(areas=("WLS",))

    with django_capture_on_commit_callbacks(execute=True):
        client.get("/directory/", {"area": "WLS"})
        client.get("/directory/", {"area": "SCT"})

    assert handed_over == [("directory.tasks.count_unmet", "SCT", "", "2026-11-22")]


def test_an_opened_page_is_noted_but_not_by_its_member(
    client, handed_over, django_capture_on_commit_callbacks
):
    listing = make_listing()

    with django_capture_on_commit_callbacks(execute=True):
        client.get(f"/directory/{listing.slug}/")
        client.head(f"/directory/{listing.slug}/")
        client.force_login(listing.person.user)
        client.get(f"/directory/{listing.slug}/")

    assert handed_over == [("directory.tasks.count_seen", listing.pk, "2026-11-22")]


def test_the_worker_counts_what_it_is_given():
    listing = make_listing()

    tasks.count_seen(listing.pk, "2026-11-22")
    tasks.count_seen(listing.pk, "2026-11-23")
    tasks.count_seen(0, "2026-11-23")
    tasks.count_unmet("WLS", "", "2026-11-22")

    assert list(Seen.objects.values_list("listing", "times")) == [(listing.pk, 2)]
    assert list(Unmet.objects.values_list("area", "times")) == [("WLS", 1)]


def test_the_member_reads_how_often_they_were_seen_and_asked():
    listing, other = make_listing(), make_listing()
    for month, times in ((dt.date(2025, 11, 1), 40), (dt.date(2025, 12, 1), 3)):
        Seen.objects.create(listing=listing, month=month, times=times)
    Seen.objects.create(listing=other, month=dt.date(2026, 11, 1), times=9)
    first = send_enquiry(listing, other, mark="a")
    send_enquiry(listing, mark="b")
    Enquiry.objects.filter(pk=first.pk).update(answered_at=first.sent_at)

    told = figures_of(listing, on=TODAY)

    assert (told.seen, told.asked, told.answered) == (3, 2, 1)


def test_the_board_sees_unmet_demand_as_a_picture_and_in_words(client):
    figures.count_unmet(area="WLS", expertise="stroke", on=TODAY)
    figures.count_unmet(area="", expertise="stroke vocational", on=TODAY)
    figures.count_unmet(area="WLS", expertise="stroke", on=dt.date(2025, 10, 1))
    client.force_login(make_officer())

    text = client.get("/admin/directory/unmet/").content.decode()

    assert "<svg" in text
    assert "Wales, Stroke: 1" in text
    assert "Anywhere, Stroke and Vocational: 1" in text
