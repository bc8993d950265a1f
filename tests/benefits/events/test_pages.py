"""Events and bookings as people meet them: public pages, the form, a booking's own pages."""

import json
import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from benefits import bookings_sweep, waiting
from benefits.models import Booking, Event
from foundation import links
from foundation.models import Letter
from membership.models import Person
from payments.models import Entry
from tests.benefits.events.make import (
    DAY,
    HOUR,
    make_booking,
    make_draft,
    make_event,
    make_waiting,
)
from tests.benefits.events.steps import again, book, faults, letters_to, send_refunds
from tests.factories import A_MOMENT, make_clerk, make_member, make_person
from tests.payments.money import receive
from tests.signed_in import browser_of
from tests.walking import Page
from tests.walking import faults as structure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
ANSWERS = {
    "banana": "yellow",
    "week": "7",
    "animal": "horse",
    "two plus": "5",
    "bigger": "house",
    "last letter": "a",
}


def words(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def guest_form(client, event, **changes):
    """The booking form, filled as a guest would."""
    page = words(client, f"/events/{event.slug}/book/")
    token = re.search(r'name="question_token" value="([^"]+)"', page)[1]
    question = re.search(r'<label[^>]*for="id_answer"[^>]*>\s*([^<]+)', page)[1]
    facts = {
        "given_name": "Gwen",
        "family_name": "Guest",
        "email": "gwen@example.org",
        "question_token": token,
        "answer": next(said for part, said in ANSWERS.items() if part in question),
    }
    return {**facts, **changes}


def book_as_guest(client, event, **changes):
    with time_machine.travel(A_MOMENT, tick=False) as clock:
        filled = guest_form(client, event, **changes)
        clock.shift(10)
        return client.post(f"/events/{event.slug}/book/", filled)


# For everybody -------------------------------------------------------------------------------


def test_the_list_shows_what_comes_in_its_order_and_no_draft(client):
    later, sooner = make_event(starts_at=A_MOMENT + 9 * DAY), make_event(starts_at=A_MOMENT + DAY)
    draft, past = make_draft(), make_event(starts_at=A_MOMENT - 9 * DAY)

    page = words(client, "/events/")

    assert page.index(sooner.title) < page.index(later.title) < page.index(past.title)
    assert draft.title not in page


def test_one_and_three_events_cost_the_same(client, django_assert_num_queries):
    make_event()
    with django_assert_num_queries(2):
        client.get("/events/")
    make_event(), make_event()

    with django_assert_num_queries(2):
        client.get("/events/")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "Places free"),
        ({"places": 5}, "5 places left"),
        ({"places": 6}, "Places free"),
        ({"places": 1}, "1 place left"),
        ({"booking_opens_at": A_MOMENT + DAY}, "Booking opens on 23 November 2026"),
        ({"booking_closes_at": A_MOMENT}, "Booking has closed"),
        ({"starts_at": A_MOMENT - DAY}, "This event is over"),
    ],
)
def test_an_event_says_whether_there_is_room(client, facts, said):
    event = make_event(**facts)

    assert said in words(client, f"/events/{event.slug}/")


def test_a_full_event_leads_to_its_waiting_list(client):
    event = make_event(places=1)
    book(event)

    page = words(client, f"/events/{event.slug}/")

    assert "Full: join the waiting list" in page
    assert "Join the waiting list</a>" in page


def test_an_event_tells_search_engines_what_it_is(client):
    event = make_event(title="Goals </script> & more")

    page = words(client, f"/events/{event.slug}/")

    told = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert told["@type"] == "EducationEvent"
    assert told["name"] == "Goals </script> & more"
    assert [offer["price"] for offer in told["offers"]] == ["60.00", "95.00"]


def test_the_link_to_join_is_on_no_public_page(client):
    event = make_event(place="")
    ways = ("/", "/events/", f"/events/{event.slug}/", f"/events/{event.slug}/book/")

    shown = "".join(words(client, way) for way in ways)
    files = (
        client.get("/events/calendar.ics").content
        + client.get(f"/events/{event.slug}/event.ics").content
    )

    assert "secret-room" not in shown + files.decode()


@pytest.mark.parametrize("way", ["", "event.ics", "book/"])
def test_a_draft_is_nowhere(client, way):
    assert client.get(f"/events/{make_draft().slug}/{way}").status_code == 404


def test_the_calendar_holds_what_comes_and_what_was_cancelled(client):
    event = make_event(slug="one")
    make_draft(slug="two")

    answer = client.get("/events/calendar.ics")

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (text.count("BEGIN:VEVENT"), f"UID:event-{event.pk}@" in text) == (1, True)


def test_home_shows_the_next_three_and_benefits_leads_to_all(client):
    titles = [make_event(starts_at=A_MOMENT + n * DAY).title for n in range(1, 5)]

    home = words(client, "/")

    assert [title in home for title in titles] == [True, True, True, False]
    assert 'href="/events/"' in words(client, "/membership/benefits/")


def test_the_sitemap_names_events_and_no_draft(client):
    event, draft = make_event(), make_draft()

    text = words(client, "/sitemap.xml")

    assert f"/events/{event.slug}/</loc>" in text
    assert draft.slug not in text


def test_markdown_of_an_event_carries_no_script(client):
    event = make_event(text="<script>alert(1)</script>\n\n[x](javascript:alert(1))")

    page = words(client, f"/events/{event.slug}/")

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


# Booking -------------------------------------------------------------------------------------


def test_a_member_sees_their_price_and_why_and_books(client):
    event, person = make_event(), make_member()
    client = browser_of(person)

    page = words(client, f"/events/{event.slug}/book/")
    answer = client.post(f"/events/{event.slug}/book/", {"dietary_needs": "No nuts"})

    booking = Booking.objects.get()
    assert "You pay £60.00" in page
    assert "your membership covers 21 January 2027, the day of the event" in page
    assert (booking.person, booking.pence, booking.dietary_needs) == (person, 6000, "No nuts")
    assert "Pay £60.00" in words(client, answer["Location"])


def test_a_member_whose_membership_ends_before_is_told_plainly(client):
    event = make_event()
    person = make_member(starts_on=A_MOMENT.date() - 364 * DAY, ends_on=A_MOMENT.date())

    page = words(browser_of(person), f"/events/{event.slug}/book/")

    assert "your membership ends on 22 November 2026, before the event" in page
    assert "we invoice the difference of £35.00" in page


def test_a_guest_books_without_a_login(client):
    event = make_event()

    answer = book_as_guest(client, event)

    booking = Booking.objects.get()
    assert (booking.person.user, booking.person.name) == (None, "Gwen Guest")
    assert (booking.pence, booking.price) == (9500, Booking.Price.OTHER)
    assert "Pay £95.00" in words(client, answer["Location"])
    assert Letter.objects.get().to == "gwen@example.org"


def test_a_guest_who_comes_again_is_the_same_payer(client):
    book_as_guest(client, make_event())
    book_as_guest(client, make_event(), email="GWEN@example.org", given_name="gwen")

    assert Person.objects.filter(user=None).count() == 1


def test_an_address_of_a_member_gives_a_guest_nothing_of_theirs(client):
    member = make_member(make_person(given_name="Gwen", family_name="Guest"))
    event = make_event()

    book_as_guest(client, event, email=member.email)

    booking = Booking.objects.get()
    assert booking.person != member
    assert booking.pence == 9500


def test_a_guest_who_booked_already_is_led_to_their_letter_and_not_to_the_booking(client):
    event = make_event()
    book_as_guest(client, event)

    answer = book_as_guest(Client(), event)

    assert answer["Location"] == f"/events/{event.slug}/"
    assert Booking.objects.count() == 1
    assert letters_to(Booking.objects.get()) == ["event_held", "event_link"]


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client):
    event = make_event()

    answer = book_as_guest(client, event, email="gwen", family_name="")

    page = answer.content.decode()
    assert "Enter an e-mail address such as name@example.org." in page
    assert "Enter your last name." in page
    assert 'value="Gwen"' in page
    assert Booking.objects.count() == 0


def test_who_books_too_often_waits_an_hour(client):
    cache.clear()
    answers = [book_as_guest(client, make_event()).status_code for _ in range(11)]

    assert answers == [302] * 10 + [429]


def test_who_has_booked_is_led_to_the_booking(client):
    event, person = make_event(), make_member()
    booking = book(event, person)

    answer = browser_of(person).get(f"/events/{event.slug}/book/")

    assert links.read(answer["Location"].split("/")[3], purpose="booking", lasts=DAY) == {
        "booking": booking.pk
    }


# A booking's own pages -----------------------------------------------------------------------


def test_a_booking_is_paid_by_transfer_with_its_reference(client):
    booking = book(make_event())
    reference = booking.invoice.account.payment_reference

    before = words(client, booking.path)
    client.post(f"{booking.path}sent/")
    waiting_for_it = words(client, booking.path)
    receive(booking.invoice, 9500)
    after = words(client, booking.path)

    assert reference in before
    assert "We are waiting for your bank transfer." in waiting_for_it
    assert "Your place is confirmed." in after
    assert "https://meet.example.org/secret-room" in after
    assert "secret-room" not in before + waiting_for_it


def test_while_a_transfer_is_on_its_way_nobody_is_asked_to_pay_again(client):
    booking = book(make_event())
    client.post(f"{booking.path}sent/")
    on_its_way = words(client, booking.path)

    client.post(f"{booking.path}sent/", {"step": "not-sent"})
    taken_back = words(client, booking.path)

    assert "Do not pay again." in on_its_way
    assert "Pay by card or PayPal" not in on_its_way
    assert "I have not made the transfer" in on_its_way
    assert "Pay by card or PayPal" in taken_back
    assert again(booking).invoice.transfer_sent_on is None


def test_a_transfer_that_is_not_found_after_a_week_is_asked_about(client):
    booking = book(make_event())
    client.post(f"{booking.path}sent/")

    with time_machine.travel(A_MOMENT + 8 * DAY, tick=False):
        page = words(client, booking.path)

    assert "We have not found your bank transfer yet." in page
    assert "Pay by card or PayPal" in page


def test_who_paid_by_transfer_and_cancels_reads_how_it_comes_back(client):
    booking = book(make_event())
    receive(booking.invoice, 9500)
    client.post(f"{booking.path}cancel/")

    page = words(client, booking.path)

    assert "£95.00 goes back to you. It came by bank transfer: e-mail us the account" in page


def test_a_booking_is_paid_by_paypal_from_its_page(client, paypal):
    booking = book(make_event())

    answer = client.post(f"{booking.path}pay/")
    attempt = booking.invoice.attempts.get()
    paypal.press(attempt.order_id, "pay")
    back = words(client, f"/payments/paypal/return/{attempt.token}/")

    assert answer["Location"] == attempt.approval_url
    assert "Go to your booking" in back
    assert "Go to your profile" not in back
    assert again(booking).is_confirmed
    assert faults() == []


def test_a_guest_reads_the_papers_by_the_links_of_the_letters(client):
    booking = book(make_event(), Person.objects.create(given_name="Gwen", email="g@example.org"))
    receive(booking.invoice, 9500)

    text = Letter.objects.get(kind="receipt").text
    link = re.search(r"https?://\S+(/payments/by-link/\S+)", text)[1]
    pdf = client.get(f"{link}pdf/")

    assert "Receipt CMSR-" in words(client, link)
    assert pdf["Content-Type"] == "application/pdf"


def test_a_waiting_booking_says_its_turn_and_an_offer_is_taken(client):
    event = make_event(places=1)
    taken = book(event)
    make_waiting(event, at=A_MOMENT - HOUR)
    second = make_waiting(event)

    before = words(client, second.path)
    Booking.objects.filter(pk=taken.pk).update(held_until=A_MOMENT)
    bookings_sweep.run(at=A_MOMENT)
    Booking.objects.filter(state="offered").update(held_until=A_MOMENT)
    waiting.end_offer(Booking.objects.get(state="offered").pk, at=A_MOMENT)
    offered = words(client, second.path)
    client.post(f"{second.path}accept/")

    assert "You are number 2 on the waiting list." in before
    assert "A place is held for you until" in offered
    assert again(second).state == Booking.State.BOOKED


def test_what_goes_back_is_shown_before_it_is_confirmed(client, paypal):
    booking = book(make_event())
    client.post(f"{booking.path}pay/")
    attempt = booking.invoice.attempts.get()
    paypal.press(attempt.order_id, "pay")
    client.get(f"/payments/paypal/return/{attempt.token}/")

    asked = words(client, f"{booking.path}cancel/")
    still = again(booking).state
    client.post(f"{booking.path}cancel/")
    send_refunds(booking)
    after = words(client, booking.path)

    assert "all is refunded: £95.00." in asked
    assert still == Booking.State.BOOKED
    assert "This booking is cancelled." in after
    assert "£95.00 through PayPal: refunded" in after
    assert letters_to(booking)[-2:] == ["event_cancelled", "refunded"]
    assert faults() == []


def test_every_step_of_a_booking_is_well_built(client):
    event = make_event(places=1)
    booking, waits = book(event), make_waiting(event)
    ways = [
        "/events/",
        f"/events/{event.slug}/",
        f"/events/{event.slug}/book/",
        booking.path,
        f"{booking.path}cancel/",
        waits.path,
    ]

    assert {way: list(structure(Page(words(client, way)))) for way in ways} == {
        way: [] for way in ways
    }


@pytest.mark.parametrize(
    "way", ["", "pay/", "sent/", "accept/", "cancel/", "event.ics", "certificate/"]
)
def test_a_link_that_was_changed_leads_nowhere(client, way):
    booking = book(make_event())
    wrong = f"{booking.path[:-2]}x/{way}"

    assert {client.get(wrong).status_code, client.post(wrong).status_code} == {404}
    assert again(booking).state == Booking.State.BOOKED


def test_a_link_of_another_kind_opens_no_booking(client):
    booking = book(make_event())
    token = links.sign({"booking": booking.pk}, purpose="payer")

    assert client.get(f"/events/booking/{token}/").status_code == 404


def test_a_booking_that_is_over_takes_no_more_steps(client):
    booking = book(make_event())
    client.post(f"{booking.path}cancel/")
    entries = Entry.objects.count()

    client.post(f"{booking.path}pay/")
    client.post(f"{booking.path}sent/")
    client.post(f"{booking.path}accept/")
    client.post(f"{booking.path}cancel/")

    assert again(booking).state == Booking.State.CANCELLED
    assert Entry.objects.count() == entries


def test_my_bookings_are_mine_alone():
    event = make_event(title="Hers alone")
    book(event, make_member())

    other, clerk = make_person(), make_clerk()
    client = Client()
    client.force_login(clerk)

    assert "Hers alone" not in words(browser_of(other), "/events/mine/")
    assert "Hers alone" not in words(client, "/events/mine/")
    assert Client().get("/events/mine/").status_code == 302


def test_the_profile_leads_to_the_next_events_and_not_to_past_ones():
    person = make_member()
    to_come = book(make_event(title="To come"), person)
    make_booking(make_event(title="Long ago", starts_at=A_MOMENT - 9 * DAY), person)
    book(make_event(title="Of another"), make_member())

    page = words(browser_of(person), "/profile/")

    assert f"To come</a>, {to_come.event.starts_at:%-d %B %Y}" in page
    assert "Long ago" not in page
    assert "Of another" not in page


def test_my_bookings_cost_the_same_for_one_and_three(django_assert_max_num_queries):
    person = make_member()
    client = browser_of(person)
    book(make_event(), person)
    client.get("/events/mine/")
    with django_assert_max_num_queries(6):
        client.get("/events/mine/")
    for _ in range(2):
        book(make_event(), person)

    with django_assert_max_num_queries(6):
        client.get("/events/mine/")


def test_a_cancelled_event_says_so_and_why(client):
    event = make_event()
    Event.objects.filter(pk=event.pk).update(
        state="cancelled", cancelled_at=A_MOMENT, cancelled_by=make_clerk(), cancel_reason="Snow."
    )

    page = words(client, f"/events/{event.slug}/")

    assert "This event is cancelled." in page
    assert "Snow." in page
    assert "Book a place" not in page
