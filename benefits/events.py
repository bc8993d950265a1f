"""Publishes events; `cancelling.call_off` is the other step that everybody feels."""

import datetime as dt

from django.db import transaction

from benefits import places
from benefits.models import Event


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
