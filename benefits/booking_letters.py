"""Letters about bookings: one for each step, to the booker, with the way to their page."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse

from benefits.models import Booking
from foundation import letters, links
from membership import post


def write(
    kind: str,
    booking: Booking,
    *,
    about: object = "",
    at: dt.datetime,
    encloses: str = "",
    **more: Any,
) -> None:
    """Queue a letter once: `about` tells it from another of its kind about the same booking."""
    event, invoice = booking.event, booking.to_pay
    post.tell(
        booking.reader,
        kind,
        key=_key(kind, booking, about),
        at=at,
        encloses=encloses,
        booking=booking,
        event=event,
        invoice=invoice,
        reference=invoice.account.payment_reference if invoice else "",
        bank=settings.BANK_DETAILS,
        url=links.absolute(booking.path),
        event_url=links.absolute(reverse("benefits:event", args=[event.slug])),
        **more,
    )


def confirmed(booking: Booking, *, at: dt.datetime) -> None:
    """With the calendar file, which holds the link to a webinar."""
    write("event_confirmed", booking, at=at, encloses=f"event:{booking.pk}")


def is_written(kind: str, booking: Booking, *, about: object = "") -> bool:
    return letters.is_queued(_key(kind, booking, about))


def _key(kind: str, booking: Booking, about: object) -> str:
    return f"{kind} {booking.pk} {about}".strip()
