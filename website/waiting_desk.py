"""What waits at the office's desks: calls, messages, complaints, requests about data."""

import datetime as dt

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from directory.models import Enquiry
from foundation.dates import in_words
from foundation.look import Tone
from website.models import CallbackRequest, Complaint, DataRequest, Message
from website.waiting_line import Line, Look, day, line

MESSAGES = Look(
    Message.objects.open,
    ("message is to be answered", "messages are to be answered"),
    "admin:website_message_changelist",
    "?standing=open",
    since="sent_at",
    due_on="due_on",
)
COMPLAINTS = Look(
    Complaint.objects.open,
    ("complaint is to be answered", "complaints are to be answered"),
    "admin:website_complaint_changelist",
    "?standing=open",
    due_on="due_on",
)
DATA_REQUESTS = Look(
    DataRequest.objects.open,
    ("request about data is to be answered", "requests about data are to be answered"),
    "admin:website_datarequest_changelist",
    "?standing=open",
    due_on="due_on",
)

SPAM_SHOWN_DAYS = 14


def reported_as_spam(today: dt.date) -> list[Line]:
    """What members took for spam lately: nothing is asked but a look. One query."""
    since = today - dt.timedelta(days=SPAM_SHOWN_DAYS)
    found = Enquiry.objects.filter(spam_reported_at__date__gte=since).aggregate(
        count=Count("pk"), since=Min("spam_reported_at")
    )
    return line(
        found["count"],
        ("message to a member was reported as spam", "messages to members were reported as spam"),
        f"{reverse('admin:directory_enquiry_changelist')}?spam=yes",
        since=day(found["since"]),
        note=f"In the last {SPAM_SHOWN_DAYS} days. Who is reported twice cannot write again.",
    )


def calls(at: dt.datetime) -> list[Line]:
    """Who is to be called, and what is called but not closed. One query."""
    waiting = Q(state__in=CallbackRequest.TO_CALL)
    found = CallbackRequest.objects.aggregate(
        count=Count("pk", filter=waiting),
        since=Min("asked_at", filter=waiting),
        late=Count("pk", filter=waiting & Q(due_at__lt=at)),
        due=Min("due_at", filter=waiting),
        called=Count("pk", filter=Q(state=CallbackRequest.State.CALLED)),
    )
    url = reverse("admin:website_callbackrequest_changelist")
    late = found["late"]
    return [
        *line(
            found["count"],
            ("person would like to be called", "people would like to be called"),
            f"{url}?call=waiting",
            since=day(found["since"]),
            note=f"{late} overdue." if late else f"The next {_by(found['due'])}.",
            tone=Tone.STOP if late else Tone.ACT,
        ),
        *line(
            found["called"],
            ("person was called: close the request", "people were called: close the requests"),
            f"{url}?state__exact=called",
        ),
    ]


def _by(moment: dt.datetime | None) -> str:
    """“by 24 November 2026, 12:00”."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"by {in_words(local.date())}, {local:%H:%M}"
