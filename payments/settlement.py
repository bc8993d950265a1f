"""The one funnel for money: booked once, coming or going, and what it pays for activated."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters, links
from foundation.one_by_one import each
from foundation.pence import pounds
from foundation.prepared_writes import Updates
from membership import lifecycle, post
from membership.models import FeeDue, Membership, User
from payments import booked, invoicing, payer_links
from payments.models import Account, Attempt, BankLine, Entry, Invoice, Refund
from payments.receipting import give_credit_note, write_receipt

logger = logging.getLogger(__name__)
NOTE_LETTERS = 200
REFUNDED = "It was paid and has been refunded."
COUNT = Updates(Invoice, ("paid_pence", "credited_pence", "state", "paid_on", "transfer_sent_on"))
"""Writes what an invoice's entries come to."""


@dataclass(frozen=True)
class Received:
    """Money that came. `source_key` names where from; the same key is booked once, ever."""

    invoice_id: int
    pence: int
    method: Entry.Method
    source_key: str
    occurred_on: dt.date
    by: User | None = None
    attempt: Attempt | None = None
    bank_line: BankLine | None = None
    note: str = ""


@dataclass(frozen=True)
class Settled:
    """What became of it: `is_new` is False where this money had been booked before."""

    entry: Entry
    invoice: Invoice
    is_new: bool
    credit_pence: int = 0


@transaction.atomic
def settle(received: Received, *, at: dt.datetime) -> Settled:
    """Book money under its payer's lock; what an invoice does not need is credit on the account."""
    invoice = invoicing.lock(received.invoice_id)
    for known in booked.BY_KEY(received.source_key):
        return Settled(known, invoice, is_new=False)
    if invoicing.is_stale(invoice) and invoicing.withdraw(invoice.pk, at=at):
        invoice = invoicing.lock(invoice.pk)
    account = invoice.account
    was_payable = invoice.is_payable
    entry = _book(received, account, invoice, at=at)
    invoice.transfer_sent_on = None
    balance = _recount(invoice, on=received.occurred_on)
    membership = None
    if was_payable and invoice.state == Invoice.State.PAID:
        membership = _activate(invoice, on=received.occurred_on, at=at)
    write_receipt(entry, at=at, member_number=membership.written_number if membership else None)
    settled = Settled(entry, invoice, is_new=True, credit_pence=max(balance, 0))
    _tell(settled, was_payable=was_payable, at=at)
    return settled


def rebook(invoice: Invoice, *, on: dt.date, at: dt.datetime) -> bool:
    """The state follows from entries that were added under the payer's lock, and a fee that is
    paid now takes effect; True where that is so.
    """
    was_payable = invoice.is_payable
    _recount(invoice, on=on)
    is_paid_now = was_payable and invoice.state == Invoice.State.PAID
    if is_paid_now:
        _activate(invoice, on=on, at=at)
    return is_paid_now


@transaction.atomic
def give_back(refund: Refund, *, pence: int, on: dt.date, at: dt.datetime) -> None:
    """Book money that went back to the payer, once. It ends no membership."""
    key = f"paypal:refund:{refund.paypal_id}"
    invoice = invoicing.lock(refund.attempt.invoice_id)
    if Entry.objects.filter(source_key=key).exists():
        return
    Entry.objects.create(
        account=invoice.account,
        kind=Entry.Kind.REFUND,
        method=Entry.Method.PAYPAL,
        pence=-pence,
        invoice=invoice,
        attempt=refund.attempt,
        refund=refund,
        occurred_on=on,
        posted_at=at,
        posted_by=refund.decided_by,
        note=f"PayPal {refund.paypal_id}",
        source_key=key,
    )
    _recount(invoice, on=on)


@transaction.atomic
def undo_refund(refund: Refund, *, on: dt.date, at: dt.datetime) -> None:
    """A refund that PayPal had called complete did not reach the payer: the money is ours again."""
    invoice = invoicing.lock(refund.attempt.invoice_id)
    for entry in refund.entries.filter(kind=Entry.Kind.REFUND, reversed_by=None):
        note = "The refund failed at PayPal"
        _reverse(entry, invoice, on=on, at=at, note=note, attempt=entry.attempt, refund=refund)
    _recount(invoice, on=on)


@transaction.atomic
def credit_refunded(refund: Refund, *, at: dt.datetime) -> None:
    """Ask no more for what was paid once and refunded: a paid invoice is credited, not edited."""
    invoice = invoicing.lock(refund.attempt.invoice_id)
    pence = _not_asked_again(invoice, refund)
    if pence <= 0:
        return
    on = timezone.localdate(at)
    entry = Entry.objects.create(
        account=invoice.account,
        kind=Entry.Kind.CREDIT_NOTE,
        pence=pence,
        invoice=invoice,
        refund=refund,
        occurred_on=on,
        posted_at=at,
        posted_by=refund.decided_by,
        source_key=f"credit:refund:{refund.pk}",
    )
    give_credit_note(entry, invoice, at=at, reason=refund.note or REFUNDED)
    invoice.credited_pence += pence
    _recount(invoice, on=on)


@transaction.atomic
def take_back(
    entry: Entry,
    *,
    on: dt.date,
    at: dt.datetime,
    by: User | None,
    note: str,
    bank_line: BankLine | None = None,
) -> Entry:
    """Undo a booking by another one, once. It ends no membership: that is for a person."""
    if entry.invoice_id is None:
        raise ValueError("Only money that was booked for an invoice is taken back.")
    invoice = invoicing.lock(entry.invoice_id)
    if known := Entry.objects.filter(reverses=entry).first():
        return known
    reversal = _reverse(entry, invoice, on=on, at=at, note=note, posted_by=by, bank_line=bank_line)
    _recount(invoice, on=on)
    words = f"{pounds(entry.pence)} for {invoice.number}. {note}"
    history.record(entry.account.person.history_key, "payment undone", at=at, by=by, text=words)
    return reversal


def paid_but_inactive() -> QuerySet[Invoice]:
    """Paid invoices, free ones too, whose fee is not settled yet."""
    outstanding = FeeDue.objects.outstanding()
    return Invoice.objects.filter(state=Invoice.State.PAID, fee__in=outstanding).order_by("pk")


def settled_and_undone() -> QuerySet[Invoice]:
    """Invoices whose fee was settled by money that went back since: for a person to look at."""
    gone = Q(entries__kind=Entry.Kind.REVERSAL)
    gone |= Q(entries__source_key__startswith=booked.MOVED_BACK, entries__pence__lt=0)
    undone = Invoice.objects.payable().filter(gone, fee__settled_on__isnull=False)
    return undone.order_by("pk").distinct()


def activate_paid(*, at: dt.datetime) -> int:
    """Settle the fee of every paid invoice that still waits for it; how many there were."""
    return len(each(list(paid_but_inactive()), lambda invoice: _activate_late(invoice, at=at)))


@transaction.atomic
def _activate_late(invoice: Invoice, *, at: dt.datetime) -> None:
    _activate(invoice, on=invoice.paid_on or invoice.issued_on, at=at)


def _book(received: Received, account: Account, invoice: Invoice, *, at: dt.datetime) -> Entry:
    entry = Entry.objects.create(
        account=account,
        kind=Entry.Kind.PAYMENT,
        method=received.method,
        pence=received.pence,
        invoice=invoice,
        attempt=received.attempt,
        bank_line=received.bank_line,
        occurred_on=received.occurred_on,
        posted_at=at,
        posted_by=received.by,
        note=received.note[:NOTE_LETTERS],
        source_key=received.source_key,
    )
    words = f"{pounds(entry.pence)}{entry.came_by} for {invoice.number}"
    key = account.person.history_key
    history.record(key, "payment received", at=at, by=received.by, text=words)
    return entry


def _reverse(
    entry: Entry, invoice: Invoice, *, on: dt.date, at: dt.datetime, note: str, **in_whose_name: Any
) -> Entry:
    """The same sum the other way; in the name of whoever, or whatever, undoes it."""
    return Entry.objects.create(
        account=entry.account,
        kind=Entry.Kind.REVERSAL,
        method=entry.method,
        pence=-entry.pence,
        invoice=invoice,
        reverses=entry,
        occurred_on=on,
        posted_at=at,
        note=note[:NOTE_LETTERS],
        source_key=f"reverse:{entry.pk}",
        **in_whose_name,
    )


def _not_asked_again(invoice: Invoice, refund: Refund) -> int:
    """Of a refund what was paid once and is missing now; none of a withdrawn invoice, or of one
    that was never paid in full. In pence.
    """
    came = invoice.entries.filter(kind=Entry.Kind.PAYMENT).aggregate(total=Sum("pence"))["total"]
    if invoice.state == Invoice.State.VOID or (came or 0) < invoice.asked_pence:
        return 0
    return min(refund.amount_pence, invoice.asked_pence - max(invoice.paid_pence, 0))


def _recount(invoice: Invoice, *, on: dt.date) -> int:
    """The state of an invoice follows from the sum of its entries; the balance of its account."""
    lines = booked.lines_of(invoice.account_id)
    invoice.paid_pence = sum(
        pence for pence, kind, of in lines if of == invoice.pk and kind not in Entry.NO_MONEY
    )
    if invoice.state != Invoice.State.VOID:
        invoice.state = _state_of(invoice)
        is_paid = invoice.state == Invoice.State.PAID
        invoice.paid_on = (invoice.paid_on or on) if is_paid else None
    COUNT(invoice)
    return sum(pence for pence, _kind, _of in lines)


def _state_of(invoice: Invoice) -> Invoice.State:
    if invoice.total_pence and not invoice.asked_pence:
        return Invoice.State.CREDITED
    if invoice.paid_pence >= invoice.asked_pence:
        return Invoice.State.PAID
    return Invoice.State.PART_PAID if invoice.paid_pence > 0 else Invoice.State.ISSUED


def _activate(invoice: Invoice, *, on: dt.date, at: dt.datetime) -> Membership | None:
    """Settle the fee of a paid invoice. A refusal leaves the money booked, and the sweep to try."""
    if invoice.fee is None:
        return None
    try:
        membership = lifecycle.activate(fee_due_id=invoice.fee.pk, on=on, at=at)
    except lifecycle.LifecycleError:
        logger.exception("Invoice %s is paid but its fee was not settled", invoice.number)
        return None
    [invoice.fee] = booked.FEE(invoice.fee.pk)
    return membership


def _tell(settled: Settled, *, was_payable: bool, at: dt.datetime) -> None:
    """A receipt, a letter with the rest, or word of money that was not needed."""
    entry, invoice = settled.entry, settled.invoice
    if invoice.is_payable:
        kind = "part_payment"
    else:
        kind = "receipt" if was_payable else "payment_not_needed"
    wanted = post.letter_to(
        entry.account.person,
        kind,
        key=f"{kind} entry {entry.pk}",
        entry=entry,
        invoice=invoice,
        credit_pence=settled.credit_pence,
        reference=entry.account.payment_reference,
        receipt=entry.receipt,
        url=payer_links.to_receipt(entry.receipt),
        invoice_url=payer_links.to_invoice(invoice),
        profile_url=links.absolute(reverse("website:profile")),
    )
    letters.queue_new(wanted, at=at)
