"""Credit that paid for something else: how much of an invoice's money, and what if that went back.

Money that was moved can still go back without us, in PayPal's own pages or through a bank. Then
the invoice that it came for has less than nothing: what was moved out of it is moved back, the
newest first, and what it had paid for is to be paid again. A person decides what that means.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from foundation import history
from foundation.one_by_one import each, in_turn
from foundation.pence import pounds
from payments import alarms, booked, credit, invoicing, settlement
from payments.models import Attempt, Entry, Invoice


@dataclass(frozen=True)
class Spent:
    """Money that left an invoice for another one and is still there, in pence."""

    entry: Entry
    to: Invoice
    pence: int


def spent_of(invoice: Invoice) -> Iterator[Spent]:
    """What was moved out of an invoice, the newest first."""
    moved = invoice.entries.filter(kind=Entry.Kind.TRANSFER, pence__lt=0)
    for entry in moved.exclude(source_key__startswith=booked.MOVED_BACK).order_by("-pk"):
        back = Entry.objects.filter(source_key__startswith=_key(entry), pence__gt=0)
        pence = -entry.pence - (back.aggregate(total=Sum("pence"))["total"] or 0)
        twin = entry.source_key.removesuffix(":from") + ":to"
        to = Invoice.objects.filter(entries__source_key=twin).first()
        if pence > 0 and to is not None:
            yield Spent(entry, to, pence)


def put_right(*, at: dt.datetime) -> None:
    """The sweep: no invoice keeps less than nothing while its money pays for another one."""
    in_turn(
        lambda: each(_keys(overdrawn()), lambda pk: _move_back(pk, at=at)),
        lambda: each(_keys(begun_and_unpaid()), lambda pk: _pay_again(pk, at=at)),
    )


def overdrawn() -> QuerySet[Invoice]:
    """Invoices whose money went back after credit had left them."""
    return Invoice.objects.filter(
        paid_pence__lt=0, entries__kind=Entry.Kind.TRANSFER, entries__pence__lt=0
    ).distinct()


def begun_and_unpaid() -> QuerySet[Invoice]:
    """Invoices whose fee was settled by credit that was moved back since."""
    moved_back = {"entries__source_key__startswith": booked.MOVED_BACK, "entries__pence__lt": 0}
    return Invoice.objects.payable().filter(fee__settled_on__isnull=False, **moved_back).distinct()


@transaction.atomic
def _move_back(invoice_id: int, *, at: dt.datetime) -> int:
    """How many pence came back to an overdrawn invoice."""
    payer = Invoice.objects.select_related("account__person__merged_into").get(pk=invoice_id).payer
    credit.locked_accounts_of(payer)
    invoice = invoicing.lock(invoice_id)
    missing = -invoice.paid_pence
    for spent in list(spent_of(invoice)):
        pence = min(spent.pence, missing)
        if pence <= 0:
            break
        _book_back(invoice, spent, pence, at=at)
        missing -= pence
    settlement.rebook(invoice, on=timezone.localdate(at), at=at)
    return missing


def _book_back(invoice: Invoice, spent: Spent, pence: int, *, at: dt.datetime) -> None:
    other = invoicing.lock(spent.to.pk)
    number = Entry.objects.filter(source_key__startswith=_key(spent.entry), pence__gt=0).count()
    key = f"{_key(spent.entry)}{number}"
    credit.book(other.account, other, -pence, f"{key}:from", by=None, at=at)
    credit.book(invoice.account, invoice, pence, f"{key}:to", by=None, at=at)
    settlement.rebook(other, on=timezone.localdate(at), at=at)
    words = f"{pounds(pence)} of {other.number}: it had come for {invoice.number} and went back"
    history.record(other.payer.history_key, "credit moved back", at=at, by=None, text=words)
    attempt = invoice.attempts.filter(state__in=Attempt.PAID).order_by("-pk").first()
    if attempt is not None:
        alarms.tell_office(attempt, "CREDIT_MOVED_BACK", at=at, about=key)


@transaction.atomic
def _pay_again(invoice_id: int, *, at: dt.datetime) -> int:
    """Whatever credit there is pays for what credit had begun, as when a refund failed after all;
    how many pence.
    """
    payer = Invoice.objects.select_related("account__person__merged_into").get(pk=invoice_id).payer
    accounts = credit.locked_accounts_of(payer)
    invoice = invoicing.lock(invoice_id)
    if not invoice.is_payable or invoice.attempts.being_taken().exists():
        return 0
    used = credit.move(invoice, accounts, by=None, at=at)
    if used:
        settlement.rebook(invoice, on=timezone.localdate(at), at=at)
        words = f"{pounds(used)} for {invoice.number}"
        history.record(payer.history_key, "credit used", at=at, by=None, text=words)
    return used


def _key(entry: Entry) -> str:
    return f"{booked.MOVED_BACK}{entry.pk}:"


def _keys(invoices: QuerySet[Invoice]) -> list[int]:
    return list(invoices.order_by("pk").values_list("pk", flat=True))
