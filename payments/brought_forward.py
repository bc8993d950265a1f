"""Books what the society took for fees before the portal, and takes it back by another entry.

Nothing moves in the books of today: both what was asked and what came stand against the account of
earlier books, on today's day, so that no year that is closed changes. There is no receipt and no
letter: whoever took the money gave them.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from foundation import history
from foundation.dates import in_words
from foundation.pence import pounds
from membership import lifecycle
from membership.models import FeeDue, User
from payments import invoicing, settlement
from payments.models import Entry, Invoice

UNDONE = "The file that told of it was undone."


@transaction.atomic
def book(
    fee: FeeDue,
    held: lifecycle.HeldBefore,
    *,
    paid_on: dt.date,
    source: str,
    by: User,
    at: dt.datetime,
) -> Entry:
    """Book the money of an open fee from before the portal, and begin what it paid for; once.

    `source` says where it is known from; it stands in the ledger for good, and names nobody.
    """
    invoice = invoicing.lock(invoicing.raise_for(fee, at=at).pk)
    source_key = f"before:{fee.pk}"
    for known in Entry.objects.filter(source_key=source_key):
        return known
    entry = Entry.objects.create(
        account=invoice.account,
        kind=Entry.Kind.PAYMENT,
        method=Entry.Method.BEFORE,
        pence=fee.pence,
        invoice=invoice,
        occurred_on=timezone.localdate(at),
        posted_at=at,
        posted_by=by,
        note=f"Paid on {in_words(paid_on)}. {source}",
        source_key=source_key,
    )
    lifecycle.begin_before(fee, held, paid_on=paid_on, at=at)
    settlement.rebook(invoice, on=paid_on, at=at)
    key, words = invoice.payer.history_key, f"{pounds(entry.pence)}, on {in_words(paid_on)}"
    history.record(key, "had paid before the portal", at=at, by=by, text=words)
    return entry


@transaction.atomic
def take_back(fee: FeeDue, *, by: User, at: dt.datetime) -> None:
    """Reverse it, and ask no more for the fee: its invoice is void, its sums come to nothing."""
    for invoice in Invoice.objects.filter(fee=fee).exclude(state=Invoice.State.VOID):
        on = timezone.localdate(at)
        for entry in invoice.entries.filter(kind=Entry.Kind.PAYMENT, reversed_by=None):
            settlement.take_back(entry, on=on, at=at, by=by, note=UNDONE)
        invoicing.void(invoicing.lock(invoice.pk), at=at, reason=UNDONE)
