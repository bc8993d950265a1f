"""What waits of events and committees: people for a place, money to go back, offers to help."""

import datetime as dt

from django.db.models import Count, Min
from django.urls import reverse

from benefits.models import Booking, Expression
from foundation.look import Tone
from payments import given_back
from website.waiting_line import Line, day, line


def waiting_lists(today: dt.date) -> list[Line]:
    """Places that come free are offered by themselves; a bigger room is for the office to find."""
    found = Booking.objects.waiting().aggregate(
        people=Count("pk"), events=Count("event", distinct=True), since=Min("asked_at")
    )
    people = "person waits" if found["people"] == 1 else "people wait"
    return line(
        found["events"],
        ("event has a waiting list", "events have a waiting list"),
        f"{reverse('admin:benefits_booking_changelist')}?state__exact=waiting",
        since=day(found["since"]),
        note=f"{found['people']} {people} for a place. More places, or another date?",
    )


def to_send_back(today: dt.date) -> list[Line]:
    found = given_back.to_send_back().aggregate(count=Count("pk"), since=Min("issued_on"))
    return line(
        found["count"],
        ("payment for an event is to be sent back", "payments for events are to be sent back"),
        reverse("admin:benefits_to_send_back"),
        since=found["since"],
        note="For a place that is gone, or more than was asked for.",
        tone=Tone.ACT,
    )


def offers_to_help(today: dt.date) -> list[Line]:
    found = Expression.objects.waiting().aggregate(count=Count("pk"), since=Min("expressed_at"))
    return line(
        found["count"],
        ("member would help in a committee", "members would help in a committee"),
        f"{reverse('admin:benefits_expression_changelist')}?state__exact=waiting",
        since=day(found["since"]),
        note="Invite them, or thank them.",
        tone=Tone.ACT,
    )
