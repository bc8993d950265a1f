"""Who came, and the certificate that says so: for them, and for whoever is shown it."""

import datetime as dt
from io import BytesIO

import pytest
from pypdf import PdfReader

from benefits import attendance, certificates
from benefits.attendance import CannotMark
from benefits.models import Booking
from foundation import enclosures, history
from foundation.models import Letter
from tests.benefits.events.make import DAY, make_event, make_waiting
from tests.benefits.events.steps import again, book, letters_to, sweep
from tests.factories import A_MOMENT, make_officer, make_person

pytestmark = pytest.mark.django_db
FREE = {"member_pence": 0, "other_pence": 0}


def came_to(event, person=None):
    booking = book(event, person)
    attendance.mark(booking.pk, True, by=make_officer(), at=event.starts_at)
    return again(booking)


def test_a_mark_has_its_moment_its_name_and_a_line_of_history():
    event, officer = make_event(**FREE), make_officer()
    booking = book(event)

    attendance.mark(booking.pk, True, by=officer, at=event.starts_at)

    marked = again(booking)
    assert (marked.attended, marked.attendance_at) == (True, event.starts_at)
    assert marked.attendance_by == officer
    assert history.of(booking.person.history_key).first().verb == "came to an event"


def test_a_mark_can_be_taken_back():
    event = make_event(**FREE)
    booking = came_to(event)

    attendance.mark(booking.pk, None, by=make_officer(), at=event.starts_at)

    assert again(booking).attended is None
    assert certificates.find(booking.certificate_token) is None


def test_nobody_is_marked_before_the_day():
    event = make_event(**FREE)
    booking = book(event)

    with pytest.raises(CannotMark, match="from the day of the event on"):
        attendance.mark(booking.pk, True, by=make_officer(), at=event.starts_at - DAY)


def test_nobody_is_marked_without_a_place():
    event = make_event(**FREE)

    with pytest.raises(CannotMark, match="no place"):
        attendance.mark(make_waiting(event).pk, True, by=make_officer(), at=event.starts_at)


def test_certificates_go_out_the_day_after_to_those_who_came():
    event = make_event(**FREE)
    came, stayed_away = came_to(event), book(event)
    attendance.mark(stayed_away.pk, False, by=make_officer(), at=event.starts_at)

    sweep(event.ends_at)
    early = letters_to(came)
    sweep(event.starts_at + DAY)
    sweep(event.starts_at + 2 * DAY)

    assert "event_attended" not in early
    assert letters_to(came).count("event_attended") == 1
    assert "event_attended" not in letters_to(stayed_away)


def test_who_is_marked_later_gets_the_certificate_at_once():
    event = make_event(**FREE)
    booking = book(event)
    sweep(event.starts_at + DAY)

    attendance.mark(booking.pk, True, by=make_officer(), at=event.starts_at + 2 * DAY)

    assert letters_to(booking)[-1] == "event_attended"


def test_the_letter_encloses_the_certificate_with_name_day_and_time():
    event = make_event(title="Invented day", cpd_minutes=390, **FREE)
    came_to(event, make_person(given_name="Łucja", family_name="Llŷr"))
    sweep(event.starts_at + DAY)

    file = enclosures.make(Letter.objects.get(kind="event_attended").encloses)

    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages)
    assert file.type == "application/pdf"
    for words in ("Łucja Llŷr attended", "Invented day", "21 January 2027", "6 hours 30 minutes"):
        assert words in " ".join(text.split())


def test_anybody_who_was_shown_a_certificate_can_verify_it(client):
    booking = came_to(make_event(title="Invented day", **FREE))

    page = client.get(f"/events/certificates/{booking.certificate_token}/")

    words = page.content.decode()
    assert page.status_code == 200
    assert f"{booking.person.name} attended." in words
    assert "Invented day" in words
    assert booking.person.email not in words


@pytest.mark.parametrize("attended", [None, False])
def test_who_did_not_come_has_no_certificate(client, attended):
    event = make_event(**FREE)
    booking = book(event)
    if attended is False:
        attendance.mark(booking.pk, False, by=make_officer(), at=event.starts_at)

    page = client.get(f"/events/certificates/{booking.certificate_token}/")
    own = client.get(f"{booking.path}certificate/")

    assert (page.status_code, own.status_code) == (404, 404)
    assert booking.person.family_name not in page.content.decode()


def test_the_certificate_is_a_page_and_a_pdf_for_whoever_came(client):
    booking = came_to(make_event(**FREE))

    page = client.get(f"{booking.path}certificate/")
    pdf = client.get(f"{booking.path}certificate/pdf/")

    assert "Certificate of attendance" in page.content.decode()
    assert (pdf["Content-Type"], pdf.content[:4]) == ("application/pdf", b"%PDF")


def test_half_an_hour_before_midnight_is_still_the_day():
    event = make_event(**FREE)
    booking = book(event)

    attendance.mark(booking.pk, True, by=make_officer(), at=event.starts_at - dt.timedelta(hours=9))

    assert Booking.objects.attended().count() == 1
    assert event.starts_at - A_MOMENT == 60 * DAY
