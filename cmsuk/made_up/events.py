"""Made-up events: some to come, one that is full, one that was, and one that is not out yet."""

import datetime as dt
from typing import Any

from django.utils import timezone

from benefits import attendance, bookings, bookings_sweep, events, guests
from benefits.bookings import Wish
from benefits.guests import Guest
from benefits.models import Booking, Event
from cmsuk.made_up import people
from membership.models import Person, User
from payments import settlement
from payments.models import Entry

DAY = dt.timedelta(days=1)
ABOUT = """## What you take home

- How to agree goals that a client owns
- Three tools that save an hour a week
- Time to ask, and to meet colleagues

## For whom

Case managers with any background, and everybody who works beside them. This event is made up.
"""
STUDY_DAY = "study-day-goals"


def make(officer: User, now: dt.datetime) -> None:
    """Everything goes the way of real events, at the moments at which it would have happened."""
    _past(officer, now)
    _full(officer, now)
    _webinar(now)
    _conference(now)
    _lunch_not_out_yet(now)
    bookings_sweep.run(at=now)


def _full(officer: User, now: dt.datetime) -> None:
    """One more would come."""
    event = _event(
        "Study day: goals that clients own",
        STUDY_DAY,
        at=_at(now, days=40, hour=9),
        now=now - 20 * DAY,
        places=3,
        place="Example House, 20 Sample Road, Cardiff",
    )
    booked = [_book(event, who, now - 9 * DAY) for who in (people.MEMBER, people.ASSOCIATE)]
    booked.append(_book_guest(event, "Gwen", "Guest", now - 8 * DAY))
    for one in booked:
        _pay(one, by=officer, at=now - 7 * DAY)
    _book_guest(event, "Wanda", "Waiting", now - 6 * DAY)


def _webinar(now: dt.datetime) -> None:
    _event(
        "Webinar: writing reports that courts read",
        "webinar-reports",
        at=_at(now, days=19, hour=12),
        now=now - 5 * DAY,
        kind=Event.Kind.WEBINAR,
        hours=1,
        member_pence=0,
        other_pence=2000,
        online_link="https://meet.example.org/cmsuk-reports",
        cpd_minutes=60,
    )


def _conference(now: dt.datetime) -> None:
    _event(
        "Annual Conference and AGM",
        "annual-conference",
        at=_at(now, days=120, hour=9),
        now=now - 30 * DAY,
        kind=Event.Kind.CONFERENCE,
        hours=8,
        places=200,
        member_pence=12000,
        other_pence=18000,
        place="Invented Conference Centre, Birmingham",
        cpd_minutes=420,
    )


def _lunch_not_out_yet(now: dt.datetime) -> None:
    _draft(
        "Awards Lunch",
        "awards-lunch",
        at=_at(now, days=200, hour=12),
        kind=Event.Kind.AWARDS,
        member_pence=5500,
        other_pence=7500,
        places=80,
        place="Example Hotel, Leeds",
        cpd_minutes=0,
    ).save()


def _past(officer: User, now: dt.datetime) -> None:
    """With everybody who came, and their certificates."""
    starts_at = _at(now, days=-12, hour=9)
    event = _event(
        "Study day: rehabilitation at home",
        "study-day-at-home",
        at=starts_at,
        now=starts_at - 40 * DAY,
        places=30,
        place="Example House, 20 Sample Road, Cardiff",
    )
    came = _book(event, people.MEMBER, starts_at - 20 * DAY)
    stayed_away = _book_guest(event, "Gwen", "Guest", starts_at - 20 * DAY)
    for one in (came, stayed_away):
        _pay(one, by=officer, at=starts_at - 18 * DAY)
    bookings_sweep.confirm_paid(at=starts_at - 18 * DAY)
    attendance.mark(came.pk, True, by=officer, at=starts_at)
    attendance.mark(stayed_away.pk, False, by=officer, at=event.ends_at)


def _event(title: str, slug: str, *, at: dt.datetime, now: dt.datetime, **facts: Any) -> Event:
    draft = _draft(title, slug, at=at, **facts)
    draft.save()
    return events.publish(draft.pk, at=now)


def _draft(title: str, slug: str, *, at: dt.datetime, hours: int = 7, **facts: Any) -> Event:
    usual: dict[str, object] = {
        "kind": Event.Kind.STUDY_DAY,
        "summary": "A made-up event, so that booking can be tried.",
        "text": ABOUT,
        "member_pence": 6000,
        "other_pence": 9500,
        "cpd_minutes": 360,
    }
    ends_at = at + dt.timedelta(hours=hours)
    return Event(title=title, slug=slug, starts_at=at, ends_at=ends_at, **{**usual, **facts})


def _book(event: Event, who: people.Somebody, at: dt.datetime) -> Booking:
    person = Person.objects.get(email=who.email)
    return bookings.book(Wish(event.pk, person, by=person.user), at=at)


def _book_guest(event: Event, given: str, family: str, at: dt.datetime) -> Booking:
    guest = Guest(given, family, f"{given.lower()}@example.org")
    return bookings.book(Wish(event.pk, guests.person_of(guest)), at=at)


def _pay(booking: Booking, *, by: User, at: dt.datetime) -> None:
    """By bank transfer, as if a statement had brought it."""
    if booking.invoice is None:
        return
    received = settlement.Received(
        invoice_id=booking.invoice.pk,
        pence=booking.pence,
        method=Entry.Method.BANK,
        source_key=f"made up:event:{booking.pk}",
        occurred_on=timezone.localdate(at),
        by=by,
    )
    settlement.settle(received, at=at)


def _at(now: dt.datetime, *, days: int, hour: int) -> dt.datetime:
    """A whole hour on another day."""
    moved = timezone.localtime(now) + days * DAY
    return moved.replace(hour=hour, minute=0, second=0, microsecond=0)
