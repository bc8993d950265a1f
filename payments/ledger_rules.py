"""The sentences that must always be true of the money, each as a question for what breaks it.

Most are held by constraints too; what is asked here is asked of the rows as they stand, whoever
wrote them. docs/payments.md lists them with the tests that prove each.
"""

from collections.abc import Callable

from django.db.models import (
    CharField,
    Count,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from membership.models import FeeDue
from payments import settlement
from payments.models import Attempt, BankLine, Entry, Invoice, Refund
from payments.models.ledger import STILL_ASKED

NOT_MONEY = (Entry.Kind.CHARGE, Entry.Kind.CREDIT_NOTE)
Rows = QuerySet[Model]
State = Invoice.State


def _sum_of(path: str, **filters: object) -> Coalesce:
    return Coalesce(Sum(path, filter=Q(**filters)), 0)


# Invoices ------------------------------------------------------------------------------------


def wrong_paid_sums() -> QuerySet[Invoice]:
    money = Sum("entries__pence", filter=~Q(entries__kind__in=NOT_MONEY))
    return Invoice.objects.annotate(sum=Coalesce(money, 0)).exclude(paid_pence=F("sum"))


def wrong_charges() -> QuerySet[Invoice]:
    """A live invoice is charged once and whole, less its credits; a void one is taken back."""
    invoices = Invoice.objects.annotate(
        charged=_sum_of("entries__pence", entries__kind__in=NOT_MONEY),
        noted=_sum_of("entries__pence", entries__kind=Entry.Kind.CREDIT_NOTE),
    )
    live = ~Q(state=State.VOID) & (~Q(charged=-STILL_ASKED) | ~Q(noted=F("credited_pence")))
    void = Q(state=State.VOID) & ~Q(charged=0)
    return invoices.filter(live | void)


def wrong_states() -> QuerySet[Invoice]:
    credited = Q(total_pence__gt=0, credited_pence=F("total_pence"))
    paid = ~credited & Q(paid_pence__gte=STILL_ASKED)
    asked = ~credited & Q(paid_pence__lt=STILL_ASKED)
    right = (
        (Q(state=State.CREDITED) & credited)
        | (Q(state=State.PAID, paid_on__isnull=False) & paid)
        | (Q(state=State.PART_PAID, paid_pence__gt=0) & asked)
        | (Q(state=State.ISSUED, paid_pence__lte=0) & asked)
        | Q(state=State.VOID)
    )
    return Invoice.objects.exclude(pk__in=Invoice.objects.filter(right).values("pk"))


def credited_without_refund() -> QuerySet[Invoice]:
    """Of an event the terms say what is credited; its money goes back, or stays as credit."""
    back = _sum_of("entries__pence", entries__refund__isnull=False, entries__method="paypal")
    return (
        Invoice.objects.exclude(kind=Invoice.Kind.EVENT)
        .annotate(back=-back)
        .filter(credited_pence__gt=F("back"))
    )


def settled_without_money() -> QuerySet[Invoice]:
    """A fee counts as settled by money that came, also where it was refunded or taken back since:
    a person looks at those.
    """
    came = _sum_of("entries__pence", entries__kind__in=MONEY_THAT_CAME, entries__refund=None)
    invoices = Invoice.objects.exclude(state=State.VOID).annotate(came=came)
    unpaid = invoices.filter(fee__settled_on__isnull=False, came__lt=F("total_pence"))
    return unpaid.exclude(pk__in=settlement.settled_and_undone().values("pk"))


def days_without_money() -> QuerySet[FeeDue]:
    """Days of membership are paid for or waived, by a name."""
    return FeeDue.objects.filter(starts_on__isnull=False, settled_on=None, waived_at=None)


# Entries -------------------------------------------------------------------------------------


def in_another_account() -> QuerySet[Entry]:
    other = ~Q(account=F("invoice__account")) | ~Q(attempt__invoice=F("invoice"))
    known = Q(attempt=None) & Q(account=F("invoice__account"))
    return Entry.objects.filter(invoice__isnull=False).filter(other).exclude(known)


def half_reversals() -> QuerySet[Entry]:
    reversals = Entry.objects.filter(reverses__isnull=False)
    return reversals.exclude(pence=-F("reverses__pence"))


def other_sources() -> QuerySet[Entry]:
    """The key says where from; a row that names another place was moved."""
    capture = Concat(Value("paypal:capture:"), F("attempt__capture_id"))
    refund = Concat(Value("paypal:refund:"), F("refund__paypal_id"))
    charge = Concat(Value("charge:"), Cast("invoice_id", CharField()))
    before = Concat(Value("before:"), Cast("invoice__fee_id", CharField()))
    return Entry.objects.filter(
        (Q(kind=Entry.Kind.PAYMENT, method="paypal") & ~Q(source_key=capture))
        | (Q(kind=Entry.Kind.PAYMENT, method="before") & ~Q(source_key=before))
        | (Q(kind=Entry.Kind.REFUND, method="paypal") & ~Q(source_key=refund))
        | (Q(kind=Entry.Kind.CHARGE) & ~Q(source_key=charge))
    )


def booked_but_not_captured() -> QuerySet[Entry]:
    """PayPal's money without a captured attempt: pending money must never be booked."""
    paypal = Entry.objects.filter(kind=Entry.Kind.PAYMENT, method=Entry.Method.PAYPAL)
    return paypal.exclude(attempt__state__in=Attempt.PAID)


def lines_not_as_booked() -> QuerySet[BankLine]:
    """A bank line's postings sum to what it says is booked, and that to no more than itself."""
    booked = _sum_of("entries__pence")
    return BankLine.objects.annotate(sum=booked).exclude(posted_pence=F("sum"))


def money_from_before_elsewhere() -> QuerySet[Entry]:
    """What earlier books took pays for what they asked for, and for nothing else."""
    before = Entry.objects.filter(kind=Entry.Kind.PAYMENT, method=Entry.Method.BEFORE)
    return before.exclude(invoice__kind=Invoice.Kind.BEFORE, pence=F("invoice__total_pence"))


# Attempts and refunds ------------------------------------------------------------------------


def captured_but_not_booked() -> QuerySet[Attempt]:
    """One entry a capture, of exactly the sum that was captured."""
    is_payment = Q(entries__kind=Entry.Kind.PAYMENT)
    captured = Attempt.objects.filter(Q(state__in=Attempt.PAID) | Q(captured_pence__gt=0))
    counted = captured.annotate(
        times=Count("entries", filter=is_payment),
        sum=Coalesce(Sum("entries__pence", filter=is_payment), 0),
    )
    return counted.exclude(times=1, sum=F("captured_pence"))


def several_open() -> QuerySet[Attempt]:
    again = Attempt.objects.open().filter(invoice=OuterRef("invoice"), pk__lt=OuterRef("pk"))
    return Attempt.objects.open().alias(first=Subquery(again.values("pk")[:1])).exclude(first=None)


def never_asked_again() -> QuerySet[Attempt]:
    return Attempt.objects.open().filter(next_check_at=None)


def refunded_too_much() -> QuerySet[Attempt]:
    """All refunds that are not refused, asked for or made, fit into what was captured."""
    live = Refund.objects.live().filter(attempt=OuterRef("pk")).order_by().values("attempt")
    total = Subquery(live.annotate(sum=Sum("amount_pence")).values("sum"))
    counted = Attempt.objects.annotate(live=Coalesce(total, 0, output_field=IntegerField()))
    wrong = ~Q(refunded_pence=F("live")) | Q(live__gt=F("captured_pence"))
    return counted.filter(wrong)


def wrong_paid_states() -> QuerySet[Attempt]:
    """Captured, refunded in part or whole, or reversed: it follows from the refunds."""
    done = Q(refunds__state=Refund.State.COMPLETED)
    taken = done & Q(refunds__origin=Refund.Origin.REVERSAL)
    counted = Attempt.objects.filter(state__in=Attempt.PAID).annotate(
        gone=Coalesce(Sum("refunds__amount_pence", filter=done), 0),
        taken=Count("refunds", filter=taken),
    )
    right = (
        Q(state=Attempt.State.REVERSED, taken__gt=0)
        | Q(state=Attempt.State.CAPTURED, gone=0)
        | Q(state=Attempt.State.PART_REFUNDED, taken=0, gone__gt=0, gone__lt=F("captured_pence"))
        | Q(state=Attempt.State.REFUNDED, taken=0, gone=F("captured_pence"))
    )
    return Attempt.objects.filter(pk__in=counted.exclude(right).values("pk"))


def wrongly_booked_refunds() -> QuerySet[Refund]:
    """A completed refund is booked once and whole; another one leaves nothing in the ledger."""
    entries = Q(entries__kind__in=(Entry.Kind.REFUND, Entry.Kind.REVERSAL))
    counted = Refund.objects.annotate(sum=Coalesce(Sum("entries__pence", filter=entries), 0))
    done = Q(state=Refund.State.COMPLETED)
    wrong = (done & ~Q(sum=-F("amount_pence"))) | (~done & ~Q(sum=0))
    return counted.filter(wrong)


MONEY_THAT_CAME = (
    Entry.Kind.PAYMENT,
    Entry.Kind.REVERSAL,
    Entry.Kind.TRANSFER,
    Entry.Kind.WRITE_OFF,
)
RULES: dict[str, Callable[[], QuerySet[Model]]] = {
    "an invoice's paid sum is the sum of its payments": wrong_paid_sums,
    "an invoice is charged exactly once": wrong_charges,
    "an invoice's state follows from its sums": wrong_states,
    "an invoice is credited only what was refunded": credited_without_refund,
    "an entry lies in the account of its invoice": in_another_account,
    "a reversal takes back exactly what it reverses": half_reversals,
    "an entry's key names its source": other_sources,
    "a captured attempt is booked exactly once": captured_but_not_booked,
    "PayPal's money comes from a captured attempt": booked_but_not_captured,
    "an invoice has at most one open attempt": several_open,
    "an open attempt is asked about again": never_asked_again,
    "refunds are never more than their capture": refunded_too_much,
    "an attempt's state follows from its refunds": wrong_paid_states,
    "a completed refund is booked exactly once": wrongly_booked_refunds,
    "money from before the portal pays for that time alone": money_from_before_elsewhere,
    "a bank line is booked as its entries say": lines_not_as_booked,
    "a fee is settled by a paid invoice": settled_without_money,
    "days of membership are paid for or waived": days_without_money,
    "a paid invoice has settled its fee": settlement.paid_but_inactive,
}
