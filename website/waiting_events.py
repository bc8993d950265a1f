"""What waits of events and committees: people for a place, money to go back, offers to help."""

import datetime as dt

from django.db.models import Count, Min
from django.urls import reverse

from benefits.models import Booking, Expression
from payments import given_back
from website.waiting_line import Line, Look, day, line

TO_SEND_BACK = Look(
    given_back.to_send_back,
    ("payment for an event is to be sent back", "payments for events are to be sent back"),
    "admin:benefits_to_send_back",
    since="issued_on",
    note="For a place that is gone, or more than was asked for.",
)
OFFERS_TO_HELP = Look(
    Expression.objects.waiting,
    ("member would help in a committee", "members would help in a committee"),
    "admin:benefits_expression_changelist",
    "?state__exact=waiting",
    since="expressed_at",
    note="Invite them, or thank them.",
)


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
