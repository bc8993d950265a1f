"""Publishes events and tells of changes; `cancelling.call_off` is the step that ends them."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from benefits import booking_letters, places
from benefits.models import Event

TOLD = ("starts_at", "ends_at", "place", "online_link")
"""What people have to know who come: they are written to when it changes."""


class CannotPublish(Exception):
    """Nothing was published; the text says why."""


@transaction.atomic
def publish(event_id: int, *, at: dt.datetime) -> Event:
    """Let everybody see and book an event. Raises CannotPublish."""
    event = places.locked(event_id)
    if event.state != Event.State.DRAFT:
        raise CannotPublish("This event was published before.")
    if event.starts_at <= at:
        raise CannotPublish("This event lies in the past. Change its date first.")
    if not event.place and not event.online_link:
        raise CannotPublish("Say where it is first: a place, or a link for a webinar.")
    event.state, event.published_at = Event.State.PUBLISHED, at
    event.save()
    return event


def tell_of_change(event: Event, changed: Collection[str], *, at: dt.datetime) -> int:
    """Write to everybody who booked an event to come that its time or place is another; how many.

    Call it in the transaction of the change.
    """
    if event.state != Event.State.PUBLISHED or event.starts_at <= at or not {*changed} & {*TOLD}:
        return 0
    live = list(event.bookings.filter(state__in=places.LIVE).whole().order_by("pk"))
    for booking in live:
        link = event.online_link if booking.is_confirmed else ""
        about = f"{at:%Y%m%d%H%M%S}"
        encloses = f"event:{booking.pk}" if booking.has_place else ""
        booking_letters.write(
            "event_changed", booking, about=about, at=at, encloses=encloses, link=link
        )
    return len(live)
