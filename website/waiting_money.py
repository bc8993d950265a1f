"""What waits of money: payments to match, to look into, to give back."""

import datetime as dt

from django.db.models import QuerySet, Sum
from django.urls import reverse

from foundation.look import Tone
from payments import bank_feed, settlement
from payments.models import Account, Attempt, BankLine, Dispute, Refund
from website.waiting_line import Line, Look, line


def _in_credit() -> QuerySet[Account]:
    return Account.objects.alias(sum=Sum("entries__pence")).filter(sum__gt=0)


ATTEMPTS = Look(
    Attempt.objects.stopped,
    ("PayPal payment needs a person", "PayPal payments need a person"),
    "admin:payments_attempt_changelist",
    "?state__exact=mismatch&dealt_at__isnull=True",
    since="closed_at",
    note="What PayPal says does not agree with the invoice.",
    tone=Tone.STOP,
)
REFUNDS = Look(
    Refund.objects.undecided,
    ("refund made without us needs a decision", "refunds made without us need a decision"),
    "admin:payments_refund_changelist",
    "?waits=yes",
    since="finished_at",
    note="Say what it means for the membership; until then it stays.",
)
DISPUTES = Look(
    Dispute.objects.waiting,
    ("payer complains at PayPal", "payers complain at PayPal"),
    "admin:payments_dispute_changelist",
    "?waits=yes",
    since="seen_at",
    note="Answer there in time. No membership is changed by it.",
    tone=Tone.STOP,
)
LINES_TO_MATCH = Look(
    BankLine.objects.to_match,
    ("payment to match", "payments to match"),
    "admin:payments_bankline_first",
    since="on",
    note="Bank lines that are not booked for anybody yet.",
)
UNDONE = Look(
    settlement.settled_and_undone,
    (
        "membership was paid for by money that went back",
        "memberships were paid for by money that went back",
    ),
    "admin:payments_invoice_changelist",
    "?undone=yes",
    note="They stand until you decide: ask for the fee again, waive it or suspend.",
)
IN_CREDIT = Look(
    _in_credit,
    ("payer is in credit", "payers are in credit"),
    "admin:payments_account_changelist",
    "?credit=yes",
    note="The society owes something back, or the next fee takes it.",
    tone=Tone.PLAIN,
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
