"""What the public reads of an event: when, where, for how much, and whether there is room."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from benefits import places, terms
from benefits.models import Event
from foundation import links, writing
from foundation.look import Tone
from foundation.pence import decimal_string, pounds
from foundation.prepared import A_MOMENT, Rows

FEW = 5
NEXT = 3
NEXT_FEW = Rows(A_MOMENT, lambda at: Event.objects.upcoming(at).counted()[:NEXT])
HOUR = 60
# As Django's json_script does it: nothing in the text can end the element that holds it.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class EventCard:
    """One event for templates/benefits/events/_card.html, and the head of its page."""

    event: Event
    where: str
    prices: str
    room: str
    tone: Tone
    is_open: bool
    is_full: bool
    closes: dt.datetime

    @property
    def may_book(self) -> bool:
        return self.is_open and not self.is_full


@dataclass(frozen=True)
class EventPage:
    """The rest of an event's own page."""

    card: EventCard
    html: SafeString
    terms: tuple[str, ...]
    cpd: str
    json_ld: SafeString


def upcoming(*, at: dt.datetime) -> list[EventCard]:
    """Events to come, the next first. One query."""
    return _cards(Event.objects.upcoming(at).counted(), at=at)


def next_few(*, at: dt.datetime) -> list[EventCard]:
    """The first of them, for a page that everybody opens. One query."""
    return _cards(NEXT_FEW(at), at=at)


def past(*, at: dt.datetime, most: int) -> list[EventCard]:
    return _cards(Event.objects.past(at).counted()[:most], at=at)


def _cards(events: Iterable[Event], *, at: dt.datetime) -> list[EventCard]:
    return [card(event, at=at) for event in events]


def card(event: Any, *, at: dt.datetime) -> EventCard:
    """Of an event that was counted."""
    left = None if event.places is None else event.places - event.taken
    is_full = bool(event.waiting) or (left is not None and left <= 0)
    is_open = event.is_open(at)
    room, tone = _room(event, at=at, is_full=is_full, is_open=is_open, left=left)
    return EventCard(
        event=event,
        where=event.place or "Online",
        prices=prices_of(event),
        room=room,
        tone=tone,
        is_open=is_open,
        is_full=is_full,
        closes=event.closes_at,
    )


def _room(
    event: Event, *, at: dt.datetime, is_full: bool, is_open: bool, left: int | None
) -> tuple[str, Tone]:
    """How it stands, in words and never by colour alone."""
    if event.is_cancelled:
        return "Cancelled", Tone.STOP
    if at >= event.ends_at:
        return "This event is over", Tone.PLAIN
    if event.booking_opens_at is not None and at < event.booking_opens_at:
        return f"Booking opens on {event.booking_opens_at:%-d %B %Y}", Tone.WAIT
    if not is_open:
        return "Booking has closed", Tone.PLAIN
    if is_full:
        return "Full: join the waiting list", Tone.WAIT
    if left is not None and left <= FEW:
        return f"{left} {'place' if left == 1 else 'places'} left", Tone.ACT
    return "Places free", Tone.GOOD


def prices_of(event: Event) -> str:
    if event.is_free:
        return "Free"
    if event.member_pence == event.other_pence:
        return pounds(event.other_pence)
    members = pounds(event.member_pence) if event.member_pence else "free"
    return f"Members {members}, others {pounds(event.other_pence)}"


def page(event: Any, *, at: dt.datetime) -> EventPage:
    shown, day = card(event, at=at), timezone.localdate(at)
    return EventPage(
        card=shown,
        html=writing.page(event.text, {}),
        terms=() if event.is_free else terms.in_sentences(places.terms_of(event), on=day),
        cpd=cpd_of(event),
        json_ld=as_json_ld(shown),
    )


def cpd_of(event: Event) -> str:
    """“6 hours”, “1 hour 30 minutes”; nothing where the event does not count."""
    hours, minutes = divmod(event.cpd_minutes, HOUR)
    parts = [f"{hours} {'hour' if hours == 1 else 'hours'}"] if hours else []
    parts += [f"{minutes} minutes"] if minutes else []
    return " ".join(parts)


def as_json_ld(shown: EventCard) -> SafeString:
    """The event in the words of schema.org; nothing that the page does not show."""
    event = shown.event
    url = links.absolute(reverse("benefits:event", args=[event.slug]))
    status = "EventCancelled" if event.is_cancelled else "EventScheduled"
    availability = "InStock" if shown.may_book else "SoldOut"
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": event.title,
        "description": event.summary,
        "url": url,
        "startDate": event.starts_at.isoformat(),
        "endDate": event.ends_at.isoformat(),
        "eventStatus": f"https://schema.org/{status}",
        **_where(event, url),
        "organizer": {
            "@type": "Organization",
            "name": settings.SOCIETY["long_name"],
            "url": links.absolute("/"),
        },
        "offers": [
            _offer(name, pence, url, availability)
            for name, pence in (("Members", event.member_pence), ("Others", event.other_pence))
        ],
    }
    return mark_safe(json.dumps(told).translate(ESCAPES))  # noqa: S308  # escaped right here


def _where(event: Event, url: str) -> dict[str, object]:
    if not event.place:
        return {
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            "location": {"@type": "VirtualLocation", "url": url},
        }
    return {
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": event.place, "address": event.place},
    }


def _offer(name: str, pence: int, url: str, availability: str) -> dict[str, object]:
    return {
        "@type": "Offer",
        "name": name,
        "price": decimal_string(pence),
        "priceCurrency": "GBP",
        "url": url,
        "availability": f"https://schema.org/{availability}",
    }
