"""Credit on account: money that no invoice needs, offered for the next one.

Credit is what was paid above what its invoice asks for, or for none; what PayPal is about to give
back is not the payer's to use. Using it moves it in the ledger from the one invoice to the other,
by two entries that add up to nothing.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundation import history
from foundation.pence import pounds
from membership import one_person, post
from membership.models import Person, User
from payments import invoicing, payer_links, settlement
from payments.models import Account, Entry, Invoice, Refund

GOING_BACK = Coalesce(
    Sum("attempts__refunds__amount_pence", filter=Q(attempts__refunds__state__in=Refund.OPEN)), 0
)
"""What PayPal was asked to give back of an invoice's money, and has not yet, in pence."""


class NoCreditToUse(Exception):
    """The text says why."""


@dataclass(frozen=True)
class Surplus:
    """Money above what an invoice asks for, in pence; without an invoice it came for none."""

    account: Account
    pence: int
    invoice: Invoice | None = None


def accounts_of(person: Person) -> QuerySet[Account]:
    """The payer's account, and those that were merged into it or with it."""
    whole = one_person.accounts_of(person.merged_into or person)
    return Account.objects.filter(person__in=whole).order_by("pk")


def locked_accounts_of(person: Person) -> list[Account]:
    """All of them, locked; always in this order, or two could wait in a ring."""
    return list(accounts_of(person).select_for_update(of=("self",)))


def free_credit_of(account: Account) -> int:
    """The money on an account that no invoice needs, in pence. Two queries."""
    return sum(surplus.pence for surplus in surpluses_of([account]))


def surpluses_of(accounts: Iterable[Account]) -> Iterator[Surplus]:
    """Where the credit lies, oldest first within each account."""
    for account in accounts:
        yield from _surpluses_on(account)


def _surpluses_on(account: Account) -> Iterator[Surplus]:
    closed = account.invoices.exclude(state__in=Invoice.PAYABLE).annotate(going_back=GOING_BACK)
    for invoice in closed.order_by("pk"):
        if (pence := invoice.paid_pence - invoice.going_back - _asked_for(invoice)) > 0:
            yield Surplus(account, pence, invoice)
    unallocated = account.entries.filter(invoice=None).aggregate(total=Sum("pence"))["total"] or 0
    if unallocated > 0:
        yield Surplus(account, unallocated)


@transaction.atomic
def use(invoice_id: int, *, by: User | None, at: dt.datetime) -> int:
    """Pay an invoice, or a part of it, out of credit; how many pence were used.

    Credit on an account that was merged counts as well.
    Raises NoCreditToUse where there is none, where nothing is due, or while PayPal is about to
    take money for the same invoice.
    """
    payer = Invoice.objects.select_related("account__person__merged_into").get(pk=invoice_id).payer
    accounts = locked_accounts_of(payer)
    invoice = invoicing.lock(invoice_id)
    _refuse_unless_due(invoice)
    used = move(invoice, accounts, by=by, at=at)
    if not used:
        raise NoCreditToUse("There is no credit on the account. Please pay in another way.")
    is_paid = settlement.rebook(invoice, on=timezone.localdate(at), at=at)
    _tell_payer(invoice, used=used, is_paid=is_paid, by=by, at=at)
    return used


def _tell_payer(
    invoice: Invoice, *, used: int, is_paid: bool, by: User | None, at: dt.datetime
) -> None:
    person = invoice.payer
    words = f"{pounds(used)} for {invoice.number}"
    history.record(person.history_key, "credit used", at=at, by=by, text=words)
    post.tell(
        person,
        "credit_used",
        key=f"credit used {invoice.pk} {invoice.paid_pence}",
        at=at,
        invoice=invoice,
        used_pence=used,
        is_paid=is_paid,
        url=payer_links.to_invoice(invoice),
    )


def _refuse_unless_due(invoice: Invoice) -> None:
    if not invoice.is_awaited:
        raise NoCreditToUse("Nothing is due on this invoice any more.")
    if invoice.attempts.being_taken().exists():
        raise NoCreditToUse(
            "PayPal is confirming a payment for this invoice. Please wait until it is settled."
        )


def move(invoice: Invoice, accounts: Iterable[Account], *, by: User | None, at: dt.datetime) -> int:
    """The entries, from the oldest credit on, until the invoice is paid; how much was moved.

    Under the lock of all these accounts and of the invoice, which the caller counts anew.
    """
    used = 0
    for surplus in list(surpluses_of(accounts)):
        pence = min(surplus.pence, invoice.rest_pence - used)
        if pence <= 0:
            break
        number = invoice.entries.filter(kind=Entry.Kind.TRANSFER).count()
        key = f"credit:{invoice.pk}:{number}"
        book(surplus.account, surplus.invoice, -pence, f"{key}:from", by=by, at=at)
        book(invoice.account, invoice, pence, f"{key}:to", by=by, at=at)
        if surplus.invoice is not None:
            settlement.rebook(surplus.invoice, on=timezone.localdate(at), at=at)
        used += pence
    return used


def book(
    account: Account,
    invoice: Invoice | None,
    pence: int,
    source_key: str,
    *,
    by: User | None,
    at: dt.datetime,
) -> None:
    """One side of a move; the other has the same key, with `:to` for `:from`."""
    Entry.objects.create(
        account=account,
        kind=Entry.Kind.TRANSFER,
        pence=pence,
        invoice=invoice,
        occurred_on=timezone.localdate(at),
        posted_at=at,
        posted_by=by,
        source_key=source_key,
    )


def _asked_for(invoice: Invoice) -> int:
    return 0 if invoice.state == Invoice.State.VOID else invoice.asked_pence
