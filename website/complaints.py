"""The only writer of complaints: received, looked into, answered."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters, links
from foundation.counters import next_number
from membership.models import User
from website.models import Complaint

ANSWER_WITHIN_DAYS = 30
REMIND_DAYS_BEFORE = (7, 0)
"""Days before the due day on which the office is reminded; afterwards it is every week."""
REMIND_AGAIN_DAYS = 7


class Closed(Exception):
    """The complaint was answered; the text says so."""


@dataclass(frozen=True)
class Told:
    """What somebody complains of; `sent_once` is the same when a page is sent twice."""

    about: str
    name: str
    email: str
    for_whom: str
    what: str
    wish: str
    sent_once: str


@transaction.atomic
def receive(told: Told, *, at: dt.datetime) -> Complaint:
    """Keep a complaint, confirm it at once and tell the office; the same page twice is one."""
    known = Complaint.objects.filter(sent_once=told.sent_once).first()
    if known is not None:
        return known
    day = timezone.localdate(at)
    number = next_number(f"complaints of {day.year}")
    complaint = Complaint.objects.create(
        **vars(told),
        reference=f"C-{day.year}-{number:04d}",
        received_at=at,
        due_on=day + dt.timedelta(days=ANSWER_WITHIN_DAYS),
    )
    _note(complaint, "complaint received", at=at, by=None)
    _write(complaint, "complaint_received", to=complaint.email, at=at)
    _write(complaint, "office_complaint", to=str(settings.SOCIETY["email"]), at=at)
    return complaint


@transaction.atomic
def note_progress(
    *, complaint_id: int, words: str, tell: bool, by: User, at: dt.datetime
) -> Complaint:
    """Add what was done to the log, and tell the person where that is wished. Raises Closed."""
    complaint = _open(complaint_id)
    _note(complaint, "looked into", at=at, by=by, text=words)
    if tell:
        _write(complaint, "complaint_progress", to=complaint.email, at=at, words=words)
    return complaint


@transaction.atomic
def close(*, complaint_id: int, outcome: str, by: User, at: dt.datetime) -> Complaint:
    """Tell the outcome and keep it. Raises Closed where somebody did so before."""
    complaint = _open(complaint_id)
    complaint.outcome, complaint.closed_at, complaint.closed_by = outcome, at, by
    complaint.save()
    _note(complaint, "answered", at=at, by=by, text=outcome)
    _write(complaint, "complaint_outcome", to=complaint.email, at=at)
    return complaint


def remind(*, on: dt.date, at: dt.datetime) -> int:
    """Remind the office of what is due soon, today or overdue; twice a day is once."""
    due = [each for each in Complaint.objects.open() if _is_reminded_of(each, on)]
    for complaint in due:
        _write(
            complaint,
            "office_complaint_due",
            to=str(settings.SOCIETY["email"]),
            at=at,
            mark=on.isoformat(),
            days=(complaint.due_on - on).days,
        )
    return len(due)


def _is_reminded_of(complaint: Complaint, on: dt.date) -> bool:
    left = (complaint.due_on - on).days
    return left in REMIND_DAYS_BEFORE or (left < 0 and left % REMIND_AGAIN_DAYS == 0)


def _open(complaint_id: int) -> Complaint:
    complaint = Complaint.objects.select_for_update().get(pk=complaint_id)
    if complaint.closed_at is not None:
        day = timezone.localdate(complaint.closed_at)
        raise Closed(f"Complaint {complaint} was answered on {day:%-d %B %Y}.")
    return complaint


def _note(
    complaint: Complaint, verb: str, *, at: dt.datetime, by: User | None, text: str = ""
) -> None:
    history.record(complaint.history_key, verb, at=at, by=by, text=text)


def _write(
    complaint: Complaint, kind: str, *, to: str, at: dt.datetime, mark: str = "", **more: object
) -> None:
    page = reverse("admin:website_complaint_change", args=[complaint.pk])
    letters.queue(
        kind,
        key=f"{kind}:{complaint.pk}:{mark or at.isoformat()}",
        to=to,
        context={"complaint": complaint, "page_url": links.absolute(page), **more},
        at=at,
        subject_key=complaint.history_key,
    )
