"""What waits of money: payments to match, to look into, to give back."""

import datetime as dt

from django.db.models import Count, Min, Sum
from django.urls import reverse

from foundation.look import Tone
from payments import bank_feed, settlement
from payments.models import Account, Attempt, BankLine, Dispute, Refund
from website.waiting_line import Line, day, line


def attempts(today: dt.date) -> list[Line]:
    found = Attempt.objects.stopped().aggregate(count=Count("pk"), since=Min("closed_at"))
    stopped = "?state__exact=mismatch&dealt_at__isnull=True"
    return line(
        found["count"],
        ("PayPal payment needs a person", "PayPal payments need a person"),
        f"{reverse('admin:payments_attempt_changelist')}{stopped}",
        since=day(found["since"]),
        note="What PayPal says does not agree with the invoice.",
        tone=Tone.STOP,
    )


def refunds(today: dt.date) -> list[Line]:
    undecided = Refund.objects.undecided()
    found = undecided.aggregate(count=Count("pk"), since=Min("finished_at"))
    return line(
        found["count"],
        ("refund made without us needs a decision", "refunds made without us need a decision"),
        f"{reverse('admin:payments_refund_changelist')}?waits=yes",
        since=day(found["since"]),
        note="Say what it means for the membership; until then it stays.",
        tone=Tone.ACT,
    )


def disputes(today: dt.date) -> list[Line]:
    found = Dispute.objects.waiting().aggregate(count=Count("pk"), since=Min("seen_at"))
    return line(
        found["count"],
        ("payer complains at PayPal", "payers complain at PayPal"),
        f"{reverse('admin:payments_dispute_changelist')}?waits=yes",
        since=day(found["since"]),
        note="Answer there in time. No membership is changed by it.",
        tone=Tone.STOP,
    )


def lines_to_match(today: dt.date) -> list[Line]:
    found = BankLine.objects.to_match().aggregate(count=Count("pk"), since=Min("on"))
    return line(
        found["count"],
        ("payment to match", "payments to match"),
        f"{reverse('admin:payments_bankline_changelist')}?waits=yes",
        since=found["since"],
        note="Bank lines that are not booked for anybody yet.",
        tone=Tone.ACT,
    )


def stale_feed(today: dt.date) -> list[Line]:
    since = bank_feed.stale_since(today)
    return line(
        int(since is not None),
        ("bank account has no new statement", ""),
        reverse("admin:payments_bankfile_changelist"),
        since=since,
        note="Until one is imported nobody lapses, is unlisted or reminded by a later day.",
        tone=Tone.WAIT,
    )


def undone(today: dt.date) -> list[Line]:
    count = settlement.settled_and_undone().count()
    return line(
        count,
        (
            "membership was paid for by money that went back",
            "memberships were paid for by money that went back",
        ),
        f"{reverse('admin:payments_invoice_changelist')}?undone=yes",
        note="They stand until you decide: ask for the fee again, waive it or suspend.",
        tone=Tone.ACT,
    )


def in_credit(today: dt.date) -> list[Line]:
    count = Account.objects.alias(sum=Sum("entries__pence")).filter(sum__gt=0).count()
    return line(
        count,
        ("payer is in credit", "payers are in credit"),
        f"{reverse('admin:payments_account_changelist')}?credit=yes",
        note="The society owes something back, or the next fee takes it.",
    )
