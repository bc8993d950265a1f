"""The office's first screen: what waits in every room, what waits longest first."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Min, Sum
from django.urls import reverse
from django.utils import timezone

from foundation.calendar import working_days_between
from foundation.dates import in_words
from foundation.look import Bar, Tone
from membership import desk
from membership.models import Application, User
from payments import bank_feed, settlement
from payments.models import Account, Attempt, BankLine, Dispute, Refund
from records.models import ClientRecord, ScheduleRun
from website import office_checks
from website.members_picture import Picture, picture
from website.models import CallbackRequest, Complaint
from website.office_line import Line, line_of

DECIDE_WITHIN = 10
"""Working days within which an applicant is promised a decision."""
NIGHTS_MISSED = 2
"""Days after which a nightly run that has not come is worth a look."""
AGES = ((0, 2), (3, 5), (6, DECIDE_WITHIN))
"""How the queue is drawn: first and last working day of each bar; the last bar is later."""

State = Application.State


@dataclass(frozen=True)
class Home:
    """What somebody of the office sees first; the queue is there for who may see applications."""

    lines: tuple[Line, ...]
    queue: tuple[Bar, ...] = ()
    members: Picture | None = None


def home(user: User, *, at: dt.datetime) -> Home:
    """What waits, as far as the person may see it. Eighteen queries, whatever waits."""
    today = timezone.localdate(at)
    found = [line for may, look in LOOKS if user.has_perm(may) for line in look(today)]
    lines = sorted(found, key=lambda line: line.since or today)
    sees_queue = user.has_perm("membership.view_application")
    return Home(
        tuple(lines),
        tuple(queue_by_age(_ages(today))) if sees_queue else (),
        picture(today) if user.has_perm("membership.view_membership") else None,
    )


def queue_by_age(ages: Iterable[int]) -> list[Bar]:
    """How many wait how long, in working days; nothing when nobody waits."""
    ages = list(ages)
    if not ages:
        return []
    counts = [
        (f"{first} to {last} working days", sum(first <= age <= last for age in ages))
        for first, last in AGES
    ]
    counts.append((f"Over {DECIDE_WITHIN} working days", sum(age > DECIDE_WITHIN for age in ages)))
    return [Bar(name, count, len(ages), f"{count} of {len(ages)}") for name, count in counts]


def _ages(today: dt.date) -> list[int]:
    sent = Application.objects.awaiting_decision().values_list("submitted_at", flat=True)
    return [working_days_between(timezone.localdate(at), today) for at in sent if at]


def _awaiting_decision(today: dt.date) -> list[Line]:
    waiting = desk.waiting()
    return [
        *_decisions(waiting, today),
        *line_of(
            waiting.awaiting_applicant,
            ("applicant was asked for more", "applicants were asked for more"),
            _applications(State.MORE_INFORMATION),
            note="They act next.",
        ),
        *line_of(
            waiting.awaiting_payment,
            ("approved application is unpaid", "approved applications are unpaid"),
            _applications(State.APPROVED),
            note="They act next.",
        ),
    ]


def _decisions(waiting: desk.Desk, today: dt.date) -> list[Line]:
    if waiting.longest_since is None:
        return []
    since = timezone.localdate(waiting.longest_since)
    age = working_days_between(since, today)
    late = age > DECIDE_WITHIN
    note = f"The oldest has waited {age} working {'day' if age == 1 else 'days'}"
    return line_of(
        waiting.awaiting_decision,
        ("application awaits a decision", "applications await a decision"),
        reverse("admin:membership_application_changelist"),
        since=since,
        note=f"{note}: late, over {DECIDE_WITHIN}." if late else f"{note}.",
        tone=Tone.STOP if late else Tone.ACT,
    )


def _fees_unset(today: dt.date) -> list[Line]:
    unset = desk.types_without_fee(today)
    return line_of(
        len(unset),
        ("membership type has no fee", "membership types have no fee"),
        reverse("admin:membership_feerate_changelist"),
        note=f"{', '.join(one.label for one in unset)}: nobody can be approved for it.",
        tone=Tone.ACT,
    )


def _callbacks(today: dt.date) -> list[Line]:
    waiting = CallbackRequest.objects.open()
    found = waiting.aggregate(count=Count("pk"), since=Min("asked_at"))
    states = ",".join(one for one in CallbackRequest.State.values if one != "closed")
    return line_of(
        found["count"],
        ("person would like to be called", "people would like to be called"),
        f"{reverse('admin:website_callbackrequest_changelist')}?state__in={states}",
        since=_day(found["since"]),
        tone=Tone.ACT,
    )


def _complaints(today: dt.date) -> list[Line]:
    found = Complaint.objects.open().aggregate(count=Count("pk"), due=Min("due_on"))
    late = found["due"] is not None and found["due"] < today
    return line_of(
        found["count"],
        ("complaint is to be answered", "complaints are to be answered"),
        f"{reverse('admin:website_complaint_changelist')}?standing=open",
        note=f"The next by {in_words(found['due'])}{': overdue' if late else ''}."
        if found["due"]
        else "",
        tone=Tone.STOP if late else Tone.ACT,
    )


def _attempts(today: dt.date) -> list[Line]:
    found = Attempt.objects.stopped().aggregate(count=Count("pk"), since=Min("closed_at"))
    return line_of(
        found["count"],
        ("PayPal payment needs a person", "PayPal payments need a person"),
        f"{reverse('admin:payments_attempt_changelist')}?state__exact=mismatch&dealt_at__isnull=True",
        since=_day(found["since"]),
        note="What PayPal says does not agree with the invoice.",
        tone=Tone.STOP,
    )


def _refunds(today: dt.date) -> list[Line]:
    undecided = Refund.objects.undecided()
    found = undecided.aggregate(count=Count("pk"), since=Min("finished_at"))
    return line_of(
        found["count"],
        ("refund made without us needs a decision", "refunds made without us need a decision"),
        f"{reverse('admin:payments_refund_changelist')}?waits=yes",
        since=_day(found["since"]),
        note="Say what it means for the membership; until then it stays.",
        tone=Tone.ACT,
    )


def _disputes(today: dt.date) -> list[Line]:
    found = Dispute.objects.waiting().aggregate(count=Count("pk"), since=Min("seen_at"))
    return line_of(
        found["count"],
        ("payer complains at PayPal", "payers complain at PayPal"),
        f"{reverse('admin:payments_dispute_changelist')}?waits=yes",
        since=_day(found["since"]),
        note="Answer there in time. No membership is changed by it.",
        tone=Tone.STOP,
    )


def _lines_to_match(today: dt.date) -> list[Line]:
    found = BankLine.objects.to_match().aggregate(count=Count("pk"), since=Min("on"))
    return line_of(
        found["count"],
        ("payment to match", "payments to match"),
        f"{reverse('admin:payments_bankline_changelist')}?waits=yes",
        since=found["since"],
        note="Bank lines that are not booked for anybody yet.",
        tone=Tone.ACT,
    )


def _stale_feed(today: dt.date) -> list[Line]:
    since = bank_feed.stale_since(today)
    return line_of(
        int(since is not None),
        ("bank account has no new statement", ""),
        reverse("admin:payments_bankfile_changelist"),
        since=since,
        note="Until one is imported nobody lapses, is unlisted or reminded by a later day.",
        tone=Tone.WAIT,
    )


def _undone(today: dt.date) -> list[Line]:
    count = settlement.settled_and_undone().count()
    return line_of(
        count,
        (
            "membership was paid for by money that went back",
            "memberships were paid for by money that went back",
        ),
        f"{reverse('admin:payments_invoice_changelist')}?undone=yes",
        note="They stand until you decide: ask for the fee again, waive it or suspend.",
        tone=Tone.ACT,
    )


def _credits(today: dt.date) -> list[Line]:
    count = Account.objects.alias(sum=Sum("entries__pence")).filter(sum__gt=0).count()
    return line_of(
        count,
        ("payer is in credit", "payers are in credit"),
        f"{reverse('admin:payments_account_changelist')}?credit=yes",
        note="The society owes something back, or the next fee takes it.",
    )


def _nightly_run(today: dt.date) -> list[Line]:
    last = ScheduleRun.objects.filter(finished_at__isnull=False).order_by("-judged_on").first()
    if last is None:
        before = today - dt.timedelta(days=NIGHTS_MISSED)
        missed = ClientRecord.objects.filter(added_at__date__lte=before).exists()
        note = "It has not finished once."
    else:
        missed = (today - last.judged_on).days >= NIGHTS_MISSED
        note = f"It last finished for {in_words(last.judged_on)}."
    return line_of(
        int(missed),
        ("nightly run over client records is missing", ""),
        reverse("admin:records_schedulerun_changelist"),
        since=last.judged_on if last else None,
        note=note,
        tone=Tone.STOP,
    )


def _applications(state: str) -> str:
    return f"{reverse('admin:membership_application_changelist')}?state={state}"


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


LOOKS: tuple[tuple[str, Callable[[dt.date], list[Line]]], ...] = (
    ("membership.view_application", _awaiting_decision),
    ("membership.view_application", office_checks.lines),
    ("membership.view_feerate", _fees_unset),
    ("website.view_callbackrequest", _callbacks),
    ("website.view_complaint", _complaints),
    ("payments.view_attempt", _attempts),
    ("payments.view_refund", _refunds),
    ("payments.view_dispute", _disputes),
    ("payments.view_bankline", _lines_to_match),
    ("payments.view_bankfile", _stale_feed),
    ("payments.view_invoice", _undone),
    ("payments.view_account", _credits),
    ("records.view_schedulerun", _nightly_run),
)
"""Who may see what: the permission of the list that a line leads to."""
