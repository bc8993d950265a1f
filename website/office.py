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
from membership import checks_due, desk
from membership.models import Application, User
from payments import bank_feed, settlement
from payments.models import Account, Attempt, BankLine
from records.models import ClientRecord, ScheduleRun
from website.members_picture import Picture, picture
from website.models import CallbackRequest, Complaint

DECIDE_WITHIN = 10
"""Working days within which an applicant is promised a decision."""
NIGHTS_MISSED = 2
"""Days after which a nightly run that has not come is worth a look."""
AGES = ((0, 2), (3, 5), (6, DECIDE_WITHIN))
"""How the queue is drawn: first and last working day of each bar; the last bar is later."""

State = Application.State


@dataclass(frozen=True)
class Line:
    """One thing that waits: how many, since when, and where exactly these are listed."""

    count: int
    words: str
    url: str
    since: dt.date | None = None
    note: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Home:
    """What somebody of the office sees first; the queue is there for who may see applications."""

    lines: tuple[Line, ...]
    queue: tuple[Bar, ...] = ()
    members: Picture | None = None


def home(user: User, *, at: dt.datetime) -> Home:
    """What waits, as far as the person may see it. Sixteen queries, whatever waits."""
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
        *_line(
            waiting.awaiting_applicant,
            ("applicant was asked for more", "applicants were asked for more"),
            _applications(State.MORE_INFORMATION),
            note="They act next.",
        ),
        *_line(
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
    return _line(
        waiting.awaiting_decision,
        ("application awaits a decision", "applications await a decision"),
        reverse("admin:membership_application_changelist"),
        since=since,
        note=f"{note}: late, over {DECIDE_WITHIN}." if late else f"{note}.",
        tone=Tone.STOP if late else Tone.ACT,
    )


def _fees_unset(today: dt.date) -> list[Line]:
    unset = desk.types_without_fee(today)
    return _line(
        len(unset),
        ("membership type has no fee", "membership types have no fee"),
        reverse("admin:membership_feerate_changelist"),
        note=f"{', '.join(one.label for one in unset)}: nobody can be approved for it.",
        tone=Tone.ACT,
    )


def _checks(today: dt.date) -> list[Line]:
    """What members' standing rests on: registers, insurance, DBS dates."""
    found, url = checks_due.due(today), reverse("admin:membership_watch")
    return [
        *_line(
            found.registers,
            ("register of a member is to be looked up", "registers of members are to be looked up"),
            url,
            tone=Tone.ACT,
        ),
        *_line(
            found.over,
            ("insurance or DBS date of a member is over", "insurance or DBS dates are over"),
            url,
            note="They were written to three times.",
            tone=Tone.ACT,
        ),
        *_line(
            found.unseen,
            ("insurance of a member is unseen", "insurances of members are unseen"),
            url,
        ),
    ]


def _callbacks(today: dt.date) -> list[Line]:
    waiting = CallbackRequest.objects.open()
    found = waiting.aggregate(count=Count("pk"), since=Min("asked_at"))
    states = ",".join(one for one in CallbackRequest.State.values if one != "closed")
    return _line(
        found["count"],
        ("person would like to be called", "people would like to be called"),
        f"{reverse('admin:website_callbackrequest_changelist')}?state__in={states}",
        since=_day(found["since"]),
        tone=Tone.ACT,
    )


def _complaints(today: dt.date) -> list[Line]:
    found = Complaint.objects.open().aggregate(count=Count("pk"), due=Min("due_on"))
    late = found["due"] is not None and found["due"] < today
    return _line(
        found["count"],
        ("complaint is to be answered", "complaints are to be answered"),
        f"{reverse('admin:website_complaint_changelist')}?standing=open",
        note=f"The next by {in_words(found['due'])}{': overdue' if late else ''}."
        if found["due"]
        else "",
        tone=Tone.STOP if late else Tone.ACT,
    )


def _attempts(today: dt.date) -> list[Line]:
    stopped = Attempt.objects.filter(state=Attempt.State.MISMATCH)
    found = stopped.aggregate(count=Count("pk"), since=Min("closed_at"))
    return _line(
        found["count"],
        ("PayPal payment needs a person", "PayPal payments need a person"),
        f"{reverse('admin:payments_attempt_changelist')}?state__exact=mismatch",
        since=_day(found["since"]),
        note="What PayPal says does not agree with the invoice.",
        tone=Tone.STOP,
    )


def _lines_to_match(today: dt.date) -> list[Line]:
    found = BankLine.objects.to_match().aggregate(count=Count("pk"), since=Min("on"))
    return _line(
        found["count"],
        ("payment to match", "payments to match"),
        f"{reverse('admin:payments_bankline_changelist')}?waits=yes",
        since=found["since"],
        note="Bank lines that are not booked for anybody yet.",
        tone=Tone.ACT,
    )


def _stale_feed(today: dt.date) -> list[Line]:
    since = bank_feed.stale_since(today)
    return _line(
        int(since is not None),
        ("bank account has no new statement", ""),
        reverse("admin:payments_bankfile_changelist"),
        since=since,
        note="Until one is imported nobody lapses, is unlisted or reminded by a later day.",
        tone=Tone.WAIT,
    )


def _undone(today: dt.date) -> list[Line]:
    count = settlement.settled_and_undone().count()
    return _line(
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
    return _line(
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
    return _line(
        int(missed),
        ("nightly run over client records is missing", ""),
        reverse("admin:records_schedulerun_changelist"),
        since=last.judged_on if last else None,
        note=note,
        tone=Tone.STOP,
    )


def _line(
    count: int,
    words: tuple[str, str],
    url: str,
    *,
    since: dt.date | None = None,
    note: str = "",
    tone: Tone = Tone.PLAIN,
) -> list[Line]:
    """A line in the singular or the plural, or none."""
    one, several = words
    return [Line(count, one if count == 1 else several, url, since, note, tone)] if count else []


def _applications(state: str) -> str:
    return f"{reverse('admin:membership_application_changelist')}?state={state}"


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment) if moment else None


LOOKS: tuple[tuple[str, Callable[[dt.date], list[Line]]], ...] = (
    ("membership.view_application", _awaiting_decision),
    ("membership.view_application", _checks),
    ("membership.view_feerate", _fees_unset),
    ("website.view_callbackrequest", _callbacks),
    ("website.view_complaint", _complaints),
    ("payments.view_attempt", _attempts),
    ("payments.view_bankline", _lines_to_match),
    ("payments.view_bankfile", _stale_feed),
    ("payments.view_invoice", _undone),
    ("payments.view_account", _credits),
    ("records.view_schedulerun", _nightly_run),
)
"""Who may see what: the permission of the list that a line leads to."""
