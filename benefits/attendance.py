"""Who came: marked by the office, certified afterwards."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from benefits import booking_letters, bookings
from benefits.models import Booking
from foundation import history, links
from membership.models import User


class CannotMark(Exception):
    """Nothing was marked; the text says why."""


@transaction.atomic
def mark(booking_id: int, came: bool | None, *, by: User, at: dt.datetime) -> Booking:
    """Note that somebody came, or did not; None takes the mark back. The same again is nothing.

    Raises CannotMark before the event's day, and for who has no place.
    """
    booking = bookings.locked(booking_id)
    if booking.state != Booking.State.BOOKED:
        raise CannotMark("They have no place at this event.")
    if timezone.localdate(at) < booking.event.day:
        raise CannotMark("Attendance is marked from the day of the event on.")
    if booking.attended is came:
        return booking
    booking.attended = came
    booking.attendance_at, booking.attendance_by = (None, None) if came is None else (at, by)
    booking.save()
    words = bookings.title_of(booking.event)
    history.record(booking.reader.history_key, VERBS[came], at=at, by=by, text=words)
    if came and booking.event.judged_at is not None:
        certify(booking, at=at)
    return booking


def certify(booking: Booking, *, at: dt.datetime) -> None:
    """Send the certificate, once; the day after the event, when wrong marks have been put right."""
    path = reverse("benefits:verify_attendance", args=[booking.certificate_token])
    booking_letters.write(
        "event_attended",
        booking,
        at=at,
        encloses=f"attendance:{booking.pk}",
        verify_url=links.absolute(path),
    )


VERBS = {True: "came to an event", False: "did not come to an event", None: "attendance unmarked"}
