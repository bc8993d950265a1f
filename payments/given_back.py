"""What is not asked for any more by the terms of what was paid for: an event that is cancelled.

Unpaid invoices are withdrawn. Of paid ones a sum is credited; it goes back the way it came where
that was PayPal, and is credit on the account where it was not: the office sends that back.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from membership.models import User
from payments import invoicing, refunds, settlement
from payments.models import Attempt, Entry, Invoice, Refund
from payments.models.ledger import STILL_ASKED, InvoiceQuerySet
from payments.receipting import give_credit_note


class BeingPaid(Exception):
    """PayPal is about to take money for the invoice: nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "PayPal is confirming a payment for this. We are checking it: please try again once it "
            "is settled. That takes a few minutes, or some days where PayPal holds it for review."
        )


@transaction.atomic
def withdraw(invoice_id: int, *, reason: str, at: dt.datetime) -> bool:
    """Ask no more for an unpaid invoice; what came in part is credit. False where it is paid.

    Raises BeingPaid.
    """
    invoice = invoicing.lock(invoice_id)
    if not invoice.is_payable:
        return False
    if invoice.attempts.being_taken().exists():
        raise BeingPaid
    invoicing.void(invoice, at=at, reason=reason)
    return True


@transaction.atomic
def credit(invoice_id: int, *, pence: int, reason: str, by: User | None, at: dt.datetime) -> int:
    """Ask no more for a part of a paid invoice, or all; never more than is asked. Then send back
    what came through PayPal. Returns how many pence PayPal was asked to give back.
    """
    invoice = invoicing.lock(invoice_id)
    pence = min(pence, invoice.asked_pence)
    if pence <= 0:
        return 0
    number = invoice.entries.filter(kind=Entry.Kind.CREDIT_NOTE).count()
    entry = Entry.objects.create(
        account=invoice.account,
        kind=Entry.Kind.CREDIT_NOTE,
        pence=pence,
        invoice=invoice,
        occurred_on=timezone.localdate(at),
        posted_at=at,
        posted_by=by,
        source_key=f"credit:terms:{invoice.pk}:{number}",
    )
    give_credit_note(entry, invoice, at=at, reason=reason)
    invoice.credited_pence += pence
    settlement.rebook(invoice, on=timezone.localdate(at), at=at)
    return _send_back(invoice, pence, note=reason, by=by, at=at)


def _send_back(invoice: Invoice, pence: int, *, note: str, by: User | None, at: dt.datetime) -> int:
    """Have PayPal asked for what came through it, the newest payment first."""
    left = pence
    for attempt in invoice.attempts.filter(state__in=Attempt.PAID).order_by("-pk"):
        part = min(left, refunds.left_of(attempt))
        if part > 0:
            refunds.request(
                attempt.pk,
                pence=part,
                effect=Refund.Effect.KEEP,
                note=note,
                key=f"terms-{attempt.pk}-{attempt.refunds.count()}",
                by=by,
                at=at,
                origin=Refund.Origin.TERMS,
            )
            left -= part
    return pence - left


def to_send_back() -> InvoiceQuerySet:
    """Invoices of events with money above what they ask for, and PayPal not giving it back now."""
    under_way = Refund.objects.filter(attempt__invoice=OuterRef("pk"), state__in=Refund.OPEN)
    over = Q(state=Invoice.State.VOID, paid_pence__gt=0) | Q(
        state__in=(Invoice.State.PAID, Invoice.State.CREDITED), paid_pence__gt=STILL_ASKED
    )
    events = Invoice.objects.filter(over, kind=Invoice.Kind.EVENT)
    return events.exclude(Exists(under_way)).order_by("pk")
