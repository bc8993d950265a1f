"""Events as calendar files: one, all of them, and one with its link for whoever has a place."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from benefits.models import Booking, Event
from foundation import ical, links
from foundation.enclosures import CalendarFile

PAST_SHOWN = dt.timedelta(days=90)


def entry_of(event: Event, *, with_link: bool = False) -> ical.Entry:
    """The online link is for those alone whose place is paid."""
    url = links.absolute(reverse("benefits:event", args=[event.slug]))
    link = event.online_link if with_link else ""
    return ical.Entry(
        uid=f"event-{event.pk}@{settings.SOCIETY['email'].rpartition('@')[2]}",
        title=event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        changed_at=event.cancelled_at or event.published_at or event.starts_at,
        place=event.place or link or "Online",
        words="\n".join(filled for filled in (event.summary, link) if filled),
        url=url,
        is_cancelled=event.is_cancelled,
    )


def of_one(event: Event) -> bytes:
    return ical.calendar(event.title, [entry_of(event)])


def of_all(*, at: dt.datetime) -> bytes:
    """What a diary subscribes to: everything to come, and what was lately."""
    events = Event.objects.public().filter(ends_at__gte=at - PAST_SHOWN)
    entries = [entry_of(event) for event in events.order_by("starts_at", "pk")]
    return ical.calendar(f"{settings.SOCIETY['name']} events", entries)


def of_booking(booking: Booking) -> bytes:
    entry = entry_of(booking.event, with_link=booking.is_confirmed)
    return ical.calendar(booking.event.title, [entry])


def enclosed(key: str) -> CalendarFile | None:
    """For a letter that is sent now; None where the booking is gone."""
    booking = Booking.objects.whole().filter(pk=key).first()
    if booking is None or not booking.is_live:
        return None
    return CalendarFile(f"{booking.event.slug}.ics", of_booking(booking))
