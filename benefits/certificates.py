"""Certificates of attendance: a paper for whoever came, and a page that says it is ours."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from benefits.event_cards import cpd_of
from benefits.models import Booking
from foundation import links
from foundation.dates import in_words
from foundation.enclosures import Enclosure
from foundation.papers import Facts, Paper, QrCode, Words


@dataclass(frozen=True)
class Shown:
    """What anybody is told who was shown a certificate."""

    name: str
    title: str
    kind: str
    day: dt.date
    cpd: str


def find(token: str) -> Booking | None:
    """By the token on the certificate; a mark of attendance that was taken back ends it."""
    return Booking.objects.attended().whole().filter(certificate_token=token).first()


def shown(booking: Booking) -> Shown:
    event = booking.event
    return Shown(
        name=booking.reader.name,
        title=event.title,
        kind=event.get_kind_display(),
        day=event.day,
        cpd=cpd_of(event),
    )


def address_of(booking: Booking) -> str:
    """Where others verify it."""
    return links.absolute(reverse("benefits:verify_attendance", args=[booking.certificate_token]))


def file_name(booking: Booking) -> str:
    return f"attendance-{booking.event.slug}.pdf"


def paper_of(booking: Booking) -> Paper:
    """The same words on the page and in the PDF."""
    told, address = shown(booking), address_of(booking)
    rows = (
        ("Event", told.title),
        ("Kind", told.kind),
        ("Date", in_words(told.day)),
        ("Place", booking.event.place or "Online"),
        ("Continuing professional development", told.cpd),
    )
    return Paper(
        "Certificate of attendance",
        (
            Words(
                f"{told.name} attended this event of {settings.SOCIETY['long_name']}.", strong=True
            ),
            Facts(tuple(row for row in rows if row[1])),
            QrCode(address, f"Verify this certificate at {address}"),
        ),
        foot=f"Issued by {settings.SOCIETY['name']}",
        subject=f"Attendance of {told.name}",
    )


def enclosed(key: str) -> Enclosure | None:
    """For the letter that brings it; None where the mark was taken back meanwhile."""
    booking = Booking.objects.attended().whole().filter(pk=key).first()
    return Enclosure(file_name(booking), paper_of(booking)) if booking else None
