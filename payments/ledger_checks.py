"""What must always be true of the money, asked of the tables themselves."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from payments import paper_checks, settlement
from payments.models import Attempt, Entry, Invoice

NOT_MONEY = (Entry.Kind.CHARGE, Entry.Kind.CREDIT_NOTE)


@dataclass(frozen=True)
class Violation:
    rule: str
    about: str


def violations() -> Iterator[Violation]:
    """Every place where the ledger does not hold together; none is the normal answer."""
    for rule, found in QUESTIONS.items():
        for about in found().order_by("pk").iterator():
            yield Violation(rule, str(about))
    for number in paper_checks.gaps():
        yield Violation("numbers of papers have no gap", number)


def _wrong_paid_sums() -> QuerySet[Invoice]:
    money = Sum("entries__pence", filter=~Q(entries__kind__in=NOT_MONEY))
    return Invoice.objects.annotate(sum=Coalesce(money, 0)).exclude(paid_pence=F("sum"))


def _wrong_charges() -> QuerySet[Invoice]:
    """A live invoice is charged once and whole; a void one is charged and taken back."""
    charged = Sum("entries__pence", filter=Q(entries__kind__in=NOT_MONEY))
    invoices = Invoice.objects.annotate(charged=Coalesce(charged, 0))
    live = ~Q(state=Invoice.State.VOID) & ~Q(charged=-F("total_pence"))
    void = Q(state=Invoice.State.VOID) & ~Q(charged=0)
    return invoices.filter(live | void)


def _captured_but_not_booked() -> QuerySet[Attempt]:
    captured = Attempt.objects.filter(state=Attempt.State.CAPTURED)
    paid = Count("entries", filter=Q(entries__kind=Entry.Kind.PAYMENT))
    return captured.annotate(times=paid).exclude(times=1)


def _booked_but_not_captured() -> QuerySet[Entry]:
    """PayPal's money without a captured attempt: pending money must never be booked."""
    paypal = Entry.objects.filter(kind=Entry.Kind.PAYMENT, method=Entry.Method.PAYPAL)
    return paypal.exclude(attempt__state=Attempt.State.CAPTURED)


def _fees_settled_without_money() -> QuerySet[Invoice]:
    invoices = Invoice.objects.exclude(state=Invoice.State.VOID)
    return invoices.filter(fee__settled_on__isnull=False).exclude(state=Invoice.State.PAID)


QUESTIONS = {
    "an invoice's paid sum is the sum of its payments": _wrong_paid_sums,
    "an invoice is charged exactly once": _wrong_charges,
    "a captured attempt is booked exactly once": _captured_but_not_booked,
    "PayPal's money comes from a captured attempt": _booked_but_not_captured,
    "a fee is settled by a paid invoice": _fees_settled_without_money,
    "a paid invoice has settled its fee": settlement.paid_but_inactive,
    **paper_checks.QUESTIONS,
}
