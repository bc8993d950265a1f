"""What the office books by hand: a rest that is let go, and credit that was sent back."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from foundation import history
from foundation.pence import pounds
from membership.models import User
from payments import invoicing, settlement
from payments.credit import Surplus, locked_accounts_of, surpluses_of
from payments.models import Account, Entry, Invoice


class CannotBook(Exception):
    """Nothing was booked; the text says why."""


@transaction.atomic
def write_off(invoice_id: int, *, reason: str, by: User, at: dt.datetime) -> int:
    """Ask no more for the rest of an invoice that was paid in part; how many pence.

    What the invoice is for begins, as if all had come. Raises CannotBook. A fee of which nothing
    has come is waived instead: that is a decision about a membership, not about a debt.
    """
    invoice = invoicing.lock(invoice_id)
    _refuse_unless_owed_in_part(invoice)
    rest = invoice.rest_pence
    number = invoice.entries.filter(kind=Entry.Kind.WRITE_OFF).count()
    Entry.objects.create(
        account=invoice.account,
        kind=Entry.Kind.WRITE_OFF,
        pence=rest,
        invoice=invoice,
        occurred_on=timezone.localdate(at),
        posted_at=at,
        posted_by=by,
        note=reason.strip(),
        source_key=f"write off:{invoice.pk}:{number}",
    )
    words = f"{pounds(rest)} of {invoice.number}. {reason.strip()}"
    history.record(invoice.payer.history_key, "wrote off a rest", at=at, by=by, text=words)
    settlement.rebook(invoice, on=timezone.localdate(at), at=at)
    return rest


def _refuse_unless_owed_in_part(invoice: Invoice) -> None:
    if not invoice.is_awaited:
        raise CannotBook("Nothing is due on this invoice any more.")
    if invoice.paid_pence <= 0:
        raise CannotBook("Nothing has come for this invoice. Waive the fee instead.")
    if invoice.attempts.being_taken().exists():
        raise CannotBook("PayPal is confirming a payment for this invoice. Please wait for it.")


@transaction.atomic
def pay_back(
    account_id: int,
    *,
    pence: int,
    occurred_on: dt.date,
    note: str,
    key: str,
    by: User,
    at: dt.datetime,
) -> int:
    """Book credit that the office sent back by bank transfer; the same key is booked once.

    Returns how many pence were booked now. Raises CannotBook above the credit that there is, on
    the payer's own account and on those merged with it.
    """
    account = Account.objects.select_related("person__merged_into").get(pk=account_id)
    accounts = locked_accounts_of(account.person)
    if Entry.objects.filter(source_key=f"paid back:{key}:0").exists():
        return 0
    for number, (surplus, part) in enumerate(_parts(_enough(accounts, pence), pence)):
        Entry.objects.create(
            account=surplus.account,
            kind=Entry.Kind.REFUND,
            method=Entry.Method.BANK,
            pence=-part,
            invoice=surplus.invoice,
            occurred_on=occurred_on,
            posted_at=at,
            posted_by=by,
            note=note,
            source_key=f"paid back:{key}:{number}",
        )
        if surplus.invoice is not None:
            settlement.rebook(surplus.invoice, on=occurred_on, at=at)
    words = f"{pounds(pence)} by bank transfer. {note}"
    history.record(account.person.history_key, "credit sent back", at=at, by=by, text=words)
    return pence


def _enough(accounts: Iterable[Account], pence: int) -> list[Surplus]:
    """The credit on these accounts. Raises CannotBook where it is less than this."""
    surpluses = list(surpluses_of(accounts))
    free = sum(surplus.pence for surplus in surpluses)
    if pence > free:
        raise CannotBook(f"There is {pounds(free)} of credit on this account, no more.")
    return surpluses


def _parts(surpluses: Iterable[Surplus], pence: int) -> Iterator[tuple[Surplus, int]]:
    """How many pence of the sum come out of each surplus, one after the other."""
    for surplus in surpluses:
        part = min(pence, surplus.pence)
        if part <= 0:
            return
        yield surplus, part
        pence -= part
