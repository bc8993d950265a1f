"""The only writer of our account at PayPal: its charges, and its pay-outs to the bank.

Payers' money is booked in full when it comes; PayPal keeps a part of it, and pays the rest out.
With both booked, what the books say PayPal holds is what PayPal says. Every function books once,
however often it is called.
"""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from membership.models import User
from payments.models import Attempt, BankLine, PaypalEntry, Refund

logger = logging.getLogger(__name__)
Kind = PaypalEntry.Kind
NOTE_LETTERS = 200


def book_fee(attempt: Attempt, *, on: dt.date, at: dt.datetime) -> None:
    """What PayPal charged for a capture; nothing where it charged nothing or has not said."""
    if attempt.fee_pence:
        _book(
            f"paypal:fee:{attempt.capture_id}",
            kind=Kind.FEE,
            pence=-attempt.fee_pence,
            attempt=attempt,
            occurred_on=on,
            posted_at=at,
        )


def book_fee_back(refund: Refund, pence: int, *, on: dt.date, at: dt.datetime) -> None:
    """What PayPal gave back of its charge with a refund; mostly nothing."""
    if pence:
        _book(
            f"paypal:fee back:{refund.paypal_id}",
            kind=Kind.FEE,
            pence=pence,
            attempt=refund.attempt,
            refund=refund,
            occurred_on=on,
            posted_at=at,
        )


def undo_fee_back(refund: Refund, *, on: dt.date, at: dt.datetime) -> None:
    """The refund failed after all, and PayPal keeps its charge."""
    for entry in refund.paypal_entries.filter(reverses=None, reversed_by=None):
        _reverse(entry, on=on, at=at, by=None, note="The refund failed at PayPal")


def book_by_hand(
    pence: int, *, on: dt.date, note: str, key: str, by: User, at: dt.datetime
) -> bool:
    """A charge that no payment tells of, as for a lost dispute; above zero PayPal takes it.

    False where the same key was booked before.
    """
    return _book(
        f"paypal:hand:{key}",
        kind=Kind.FEE,
        pence=-pence,
        occurred_on=on,
        posted_at=at,
        posted_by=by,
        note=note.strip()[:NOTE_LETTERS],
    )


def book_missing(*, at: dt.datetime) -> int:
    """Every charge and pay-out that is known and not booked yet; how many."""
    fees = list(unbooked_fees())
    for attempt in fees:
        book_fee(attempt, on=timezone.localdate(attempt.closed_at or at), at=at)
    lines = list(unbooked_payouts().values_list("pk", flat=True))
    return len(fees) + sum(book_payout(pk, at=at) for pk in lines)


@transaction.atomic
def book_payout(line_id: int, *, at: dt.datetime) -> bool:
    """What a line of the bank's says that PayPal paid out; True where it was not booked before."""
    line = BankLine.objects.select_for_update().get(pk=line_id)
    if line.state != BankLine.State.PAYOUT or not unbooked_payouts().filter(pk=line_id).exists():
        return False
    times = line.paypal_entries.filter(reverses=None).count()
    return _book(
        f"payout:{line.pk}" if not times else f"payout:{line.pk}:{times + 1}",
        kind=Kind.PAYOUT,
        pence=-line.pence,
        bank_line=line,
        occurred_on=min(line.on, timezone.localdate(at)),
        posted_at=at,
        posted_by=line.decided_by,
        note=line.text[:NOTE_LETTERS],
    )


def unbooked_fees() -> QuerySet[Attempt]:
    booked = PaypalEntry.objects.filter(kind=Kind.FEE, refund=None, attempt__isnull=False)
    paid = Attempt.objects.filter(state__in=Attempt.PAID, fee_pence__gt=0)
    return paid.exclude(pk__in=booked.values("attempt")).order_by("pk")


def unbooked_payouts() -> QuerySet[BankLine]:
    """Lines that are PayPal's pay-outs, and are not booked, or were taken back since."""
    lines = BankLine.objects.filter(state=BankLine.State.PAYOUT)
    booked = lines.alias(booked=Coalesce(Sum("paypal_entries__pence"), 0))
    return booked.filter(booked=0).order_by("on", "pk")


def take_back_payout(line: BankLine, *, by: User, at: dt.datetime) -> None:
    """The line is no pay-out after all. Called under its lock."""
    for entry in line.paypal_entries.filter(reverses=None, reversed_by=None):
        on = timezone.localdate(at)
        _reverse(entry, on=on, at=at, by=by, note="It was no pay-out of PayPal's")


def _book(source_key: str, **values: object) -> bool:
    """True where it was not booked before."""
    return PaypalEntry.objects.get_or_create(source_key=source_key, defaults=values)[1]


def _reverse(
    entry: PaypalEntry, *, on: dt.date, at: dt.datetime, by: User | None, note: str
) -> None:
    _book(
        f"reverse:paypal:{entry.pk}",
        kind=entry.kind,
        pence=-entry.pence,
        attempt=entry.attempt,
        refund=entry.refund,
        bank_line=entry.bank_line,
        reverses=entry,
        occurred_on=on,
        posted_at=at,
        posted_by=by,
        note=note,
    )
