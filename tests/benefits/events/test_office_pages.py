"""The office's pages for events: written, previewed, published, cancelled, attended, listed."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from benefits.models import Booking, Event
from foundation import history
from foundation.models import Letter
from tests.benefits.events.make import (
    DAY,
    make_booking,
    make_draft,
    make_event,
    make_waiting,
)
from tests.benefits.events.steps import again, book, faults, letters_to, sweep
from tests.factories import A_MOMENT, make_clerk, make_officer, make_person
from tests.payments.money import receive
from website import office, used

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
LIST = "/admin/benefits/event/"


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def desk(officer):
    client = Client()
    client.force_login(officer)
    return client


def typed(**changes):
    """The form of an event, filled in."""
    facts = {
        "kind": "study_day",
        "title": "Goals",
        "slug": "goals",
        "summary": "About goals.",
        "text": "## Goals",
        "starts_at_0": "21/01/2027",
        "starts_at_1": "09:00",
        "ends_at_0": "21/01/2027",
        "ends_at_1": "16:00",
        "place": "Invented Hall",
        "online_link": "",
        "places": "20",
        "member_pence": "60.00",
        "other_pence": "95",
        "booking_opens_at_0": "",
        "booking_opens_at_1": "",
        "booking_closes_at_0": "",
        "booking_closes_at_1": "",
        "cpd_minutes": "360",
        "full_refund_days": "28",
        "half_refund_days": "14",
    }
    return {**facts, **changes}


def of_event(event, **changes):
    """The form as it would be sent back for an event that there is."""
    start, end = event.starts_at, event.ends_at
    facts = {
        "title": event.title,
        "slug": event.slug,
        "place": event.place,
        "online_link": event.online_link,
        "places": str(event.places or ""),
        "starts_at_0": f"{start:%d/%m/%Y}",
        "starts_at_1": f"{start:%H:%M}",
        "ends_at_0": f"{end:%d/%m/%Y}",
        "ends_at_1": f"{end:%H:%M}",
    }
    return typed(**{**facts, **changes})


def test_an_event_is_written_previewed_and_published(desk, client):
    desk.post(f"{LIST}add/", typed())
    event = Event.objects.get()
    before = client.get("/events/goals/").status_code
    preview = desk.get(f"{LIST}{event.pk}/preview/").content.decode()
    desk.post(f"{LIST}{event.pk}/publish/")

    event.refresh_from_db()
    assert (event.member_pence, event.other_pence, event.state) == (6000, 9500, "published")
    assert "<h1>Goals</h1>" in preview
    assert (before, client.get("/events/goals/").status_code) == (404, 200)
    assert event.history.count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_at_0": "20/01/2027"}, "It ends before it starts."),
        ({"member_pence": "95.01"}, "Members never pay more than everybody else."),
        ({"half_refund_days": "29"}, "Half is refunded for longer than all"),
        ({"slug": "mine"}, "This word has another use here."),
        ({"online_link": "http://example.org"}, "Enter a whole https:// address."),
        (
            {"booking_closes_at_0": "21/01/2027", "booking_closes_at_1": "09:01"},
            "Booking closes when the event starts, or before.",
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_is(desk, changes, words):
    page = desk.post(f"{LIST}add/", typed(**changes)).content.decode()

    assert words in page
    assert Event.objects.count() == 0


def test_nobody_loses_a_place_when_the_room_gets_smaller(desk):
    event = make_event(places=3)
    book(event), book(event)

    refused = desk.post(f"{LIST}{event.pk}/change/", of_event(event, places="1"))
    taken = desk.post(f"{LIST}{event.pk}/change/", of_event(event, places="2"))

    assert "Place number 2 is held already" in refused.content.decode()
    assert taken.status_code == 302


def test_whoever_booked_is_told_of_another_time_and_of_nothing_else(desk):
    event = make_event(title="Goals", text="## Goals", summary="About goals.")
    booking, waits = book(event), make_waiting(event)

    desk.post(f"{LIST}{event.pk}/change/", of_event(event, summary="Other words."))
    silent = letters_to(booking)
    later = event.starts_at + DAY
    desk.post(
        f"{LIST}{event.pk}/change/",
        of_event(event, starts_at_0=f"{later:%d/%m/%Y}", ends_at_0=f"{later:%d/%m/%Y}"),
    )

    assert silent == ["event_held"]
    assert letters_to(booking) == ["event_held", "event_changed"]
    assert letters_to(waits) == ["event_changed"]
    told = Letter.objects.filter(kind="event_changed")
    assert ["secret-room" in one.text for one in told] == [False, False]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"starts_at": A_MOMENT}, "lies in the past"),
        ({"place": "", "online_link": ""}, "Say where it is first"),
    ],
)
def test_what_nobody_could_come_to_is_not_published(desk, facts, words):
    event = make_draft(**facts)

    page = desk.post(f"{LIST}{event.pk}/publish/", follow=True).content.decode()

    assert words in page
    assert again_event(event).state == Event.State.DRAFT


def again_event(event):
    return Event.objects.get(pk=event.pk)


def test_an_event_is_called_off_with_a_reason(desk):
    event = make_event()
    booking = book(event)

    refused = desk.post(f"{LIST}{event.pk}/call-off/", {"reason": ""}).content.decode()
    desk.post(f"{LIST}{event.pk}/call-off/", {"reason": "The speaker is ill."})

    assert "Write down why" in refused
    assert again_event(event).cancel_reason == "The speaker is ill."
    assert again(booking).state == Booking.State.CANCELLED
    assert "The speaker is ill." in Letter.objects.get(kind="event_called_off").text


def test_what_was_out_is_never_deleted(desk):
    event = make_event()

    assert desk.post(f"{LIST}{event.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.post(f"{LIST}{make_draft().pk}/delete/", {"post": "yes"}).status_code == 302


def test_attendance_is_marked_by_one_press_each(desk, officer):
    event = make_event(starts_at=A_MOMENT)
    came, stayed_away = make_booking(event), make_booking(event)
    way = f"{LIST}{event.pk}/attendance/"

    answer = desk.post(f"{way}mark/", {"mark": f"came:{came.pk}"})
    desk.post(f"{way}mark/", {"mark": f"stayed-away:{stayed_away.pk}"})
    page = desk.get(way).content.decode()
    desk.post(f"{way}mark/", {"mark": f"unmark:{stayed_away.pk}"})

    assert answer["Location"] == f"{way}#booking-{came.pk}"
    assert "1 of 2 came" in page
    assert (again(came).attended, again(came).attendance_by) == (True, officer)
    assert again(stayed_away).attended is None


@pytest.mark.parametrize("mark", ["", "came:", "came:x", "came:999999", "anything:1"])
def test_a_press_that_names_nobody_marks_nobody(desk, mark):
    event = make_event(starts_at=A_MOMENT)
    make_booking(event)

    answer = desk.post(f"{LIST}{event.pk}/attendance/mark/", {"mark": mark})

    assert answer.status_code == 404
    assert Booking.objects.exclude(attended=None).count() == 0


def test_nobody_of_another_event_is_marked_from_this_page(desk):
    event, other = make_event(starts_at=A_MOMENT), make_booking(make_event(starts_at=A_MOMENT))

    answer = desk.post(f"{LIST}{event.pk}/attendance/mark/", {"mark": f"came:{other.pk}"})

    assert answer.status_code == 404


@pytest.mark.parametrize("way", ["attendance/", "attendees/"])
def test_the_lists_of_the_day_cost_the_same_for_one_and_three(
    desk, way, django_assert_max_num_queries
):
    event = make_event()
    make_booking(event)
    ask = desk.get if way == "attendance/" else desk.post
    ask(f"{LIST}{event.pk}/{way}")
    with django_assert_max_num_queries(16):
        ask(f"{LIST}{event.pk}/{way}")
    make_booking(event), make_booking(event)

    with django_assert_max_num_queries(16):
        ask(f"{LIST}{event.pk}/{way}")


def test_the_list_of_attendees_is_a_safe_spreadsheet_and_its_taking_is_noted(desk, officer):
    event = make_event(slug="goals")
    person = make_person(given_name="=SUM(A1)", family_name="Llŷr")
    book(event, person, dietary_needs="No nuts", access_needs="+ramp")
    make_waiting(event)

    told = desk.get(f"{LIST}{event.pk}/attendees/").content.decode()
    answer = desk.post(f"{LIST}{event.pk}/attendees/")

    rows = answer.content.decode("utf-8-sig").splitlines()
    assert "That you took it is noted." in told
    assert rows[1:] == ["1,Llŷr,'=SUM(A1),no,No nuts,'+ramp,"]
    assert answer["Content-Disposition"] == 'attachment; filename="attendees-goals.csv"'
    assert history.of(f"user {officer.pk}").first().verb == "list of attendees exported"


def test_the_office_cancels_for_somebody_with_its_own_refund(desk):
    event = make_event(starts_at=A_MOMENT + DAY)
    booking = book(event)
    receive(booking.invoice, 9500)
    way = f"/admin/benefits/booking/{booking.pk}/cancel/"

    asked = desk.get(way).content.decode()
    desk.post(way, {"refund": "95.00", "reason": "You were ill."})

    assert "nothing is refunded." in asked
    assert 'value="0.00"' in asked
    assert (again(booking).state, again(booking).refund_pence) == ("cancelled", 9500)
    assert faults() == []


def test_too_much_is_refused_with_words(desk):
    booking = book(make_event())
    receive(booking.invoice, 9500)
    way = f"/admin/benefits/booking/{booking.pk}/cancel/"

    page = desk.post(way, {"refund": "95.01", "reason": "Sorry."}, follow=True).content.decode()

    assert "£95.00 was paid: no more than that can be refunded." in page
    assert again(booking).state == Booking.State.BOOKED


def test_money_to_send_back_is_listed_with_its_payer(desk):
    booking = book(make_event())
    sweep(booking.held_until)
    receive(booking.invoice, 9500, at=booking.held_until)

    page = desk.get("/admin/benefits/booking/to-send-back/").content.decode()

    assert booking.invoice.number in page
    assert "£95.00 paid" in page
    assert reverse("admin:payments_money_of_person", args=[booking.person_id]) in page


def test_the_list_of_events_counts_places_at_constant_cost(desk, django_assert_max_num_queries):
    make_booking(make_event(places=40))
    desk.get(LIST)
    with django_assert_max_num_queries(8):
        page = desk.get(LIST).content.decode()
    for _ in range(2):
        make_booking(make_event())

    assert "1 of 40" in page
    with django_assert_max_num_queries(8):
        desk.get(LIST)


def test_the_first_screen_tells_of_waiting_lists_and_of_money_to_send_back():
    event = make_event(places=1)
    late = book(event)
    make_waiting(event), make_waiting(event)
    sweep(late.held_until)
    receive(late.invoice, 9500, at=late.held_until)

    lines = {line.words: line for line in office.home(make_officer(), at=A_MOMENT).lines}

    assert lines["event has a waiting list"].note.startswith("1 person waits for a place.")
    assert lines["payment for an event is to be sent back"].count == 1


def test_what_a_member_used_names_the_events_they_came_to():
    event = make_event(starts_at=A_MOMENT - 30 * DAY)
    person = make_person()
    facts = {"attended": True, "attendance_at": A_MOMENT, "attendance_by": make_officer()}
    make_booking(event, person, price="member", difference_pence=3500, **facts)
    make_booking(make_event(starts_at=A_MOMENT - 400 * DAY), person, **facts)
    make_booking(make_event(starts_at=A_MOMENT - 3 * DAY), person)

    lines = used.lines(person, A_MOMENT.date())

    assert lines == ("You came to one of our events, and saved £35.00 by the members’ price.",)


@pytest.mark.parametrize(
    ("permission", "way"),
    [
        ("publish_event", "publish/"),
        ("publish_event", "call-off/"),
        ("mark_attendance", "attendance/mark/"),
        ("export_attendees", "attendees/"),
    ],
)
def test_staff_without_the_permission_are_refused(permission, way):
    event = make_event(starts_at=A_MOMENT + dt.timedelta(hours=5))
    clerk = make_clerk()
    clerk.user_permissions.set(
        Permission.objects.filter(content_type__app_label="benefits").exclude(codename=permission)
    )
    client = Client()
    client.force_login(clerk)

    assert client.post(f"{LIST}{event.pk}/{way}", {"reason": "x"}).status_code == 403
