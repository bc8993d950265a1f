"""Receipts for money that came, and credit notes for what is not asked for any more.

One paper for each such entry of the ledger, written in the transaction that books it. The sweep
writes whatever is missing, so that no way of booking can go without.
"""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.one_by_one import each
from membership.models import Membership, Person
from payments.models import Account, CreditNote, Entry, Invoice, Receipt
from payments.numbering import CREDIT_NOTES, RECEIPTS, next_paper_number
from payments.vat import Treatment, vat_within

CREDIT_ON_ACCOUNT = "Credit on your account"
NOT_ASKED_FOR = "This fee is no longer asked for."
METHODS = {
    Entry.Method.PAYPAL.value: "PayPal or card, through PayPal",
    Entry.Method.BANK.value: "Bank transfer",
}


def give_receipt(entry: Entry, *, at: dt.datetime) -> Receipt:
    """The receipt of a payment; asked again, the same one. Called under the payer's lock."""
    found = Receipt.objects.filter(entry=entry).first()
    return found or write_receipt(entry, at=at)


def write_receipt(entry: Entry, *, at: dt.datetime, member_number: str | None = None) -> Receipt:
    """The receipt of a payment that was booked a moment ago, under the same lock."""
    on = timezone.localdate(at)
    number = next_paper_number(RECEIPTS, on.year)
    receipt = receipt_of(entry, number=number, issued_on=on, member_number=member_number)
    receipt.save(force_insert=True)
    return receipt


def give_credit_note(
    entry: Entry, invoice: Invoice, *, at: dt.datetime, reason: str = ""
) -> CreditNote:
    """The credit note of an entry that takes an invoice back; asked again, the same one."""
    found = CreditNote.objects.filter(entry=entry).first()
    if found is not None:
        return found
    on = timezone.localdate(at)
    return CreditNote.objects.create(
        number=next_paper_number(CREDIT_NOTES, on.year),
        entry=entry,
        invoice=invoice,
        account=entry.account,
        payer_name=invoice.payer_name,
        payer_address=invoice.payer_address,
        member_number=member_number_of(entry.account.person),
        text=invoice.text,
        issued_on=on,
        pence=entry.pence,
        vat_pence=_vat_taken_back(entry, invoice),
        reason=reason or NOT_ASKED_FOR,
    )


def write_missing(*, at: dt.datetime) -> int:
    """Papers for entries that have none; how many there were. Twice is once."""
    return len(each(without_paper(), lambda entry: _under_lock(entry, at=at)))


def without_paper() -> QuerySet[Entry]:
    payments = Entry.objects.filter(kind=Entry.Kind.PAYMENT, receipt=None)
    # Whoever took money before the portal gave the receipt for it.
    payments = payments.exclude(method=Entry.Method.BEFORE)
    credits_given = Entry.objects.filter(kind=Entry.Kind.CREDIT_NOTE, creditnote=None)
    return (payments | credits_given).select_related("account__person", "invoice").order_by("pk")


def receipt_of(
    entry: Entry, *, number: str, issued_on: dt.date, member_number: str | None = None
) -> Receipt:
    """What a receipt says of a payment, not stored yet; the member's number where it is known."""
    invoice, person = entry.invoice, entry.account.person
    fee = invoice.fee if invoice else None
    is_of_term = fee is not None and fee.starts_on is not None
    return Receipt(
        number=number,
        entry=entry,
        account=entry.account,
        invoice=invoice,
        payer_name=invoice.payer_name if invoice else person.name,
        payer_address=invoice.payer_address if invoice else "",
        member_number=member_number_of(person) if member_number is None else member_number,
        text=invoice.text if invoice else CREDIT_ON_ACCOUNT,
        type=fee.get_type_display() if fee else "",
        starts_on=fee.starts_on if fee and is_of_term else None,
        ends_on=fee.ends_on if fee and is_of_term else None,
        paid_on=entry.occurred_on,
        issued_on=issued_on,
        pence=entry.pence,
        method=METHODS[entry.method],
        source=source_of(entry),
        rest_pence=invoice.rest_pence if invoice else 0,
    )


def source_of(entry: Entry) -> str:
    """PayPal's own number of the payment, or what the bank wrote."""
    if entry.attempt is not None:
        return entry.attempt.capture_id
    return entry.note or entry.account.payment_reference


def member_number_of(person: Person) -> str:
    membership = Membership.objects.filter(person=person).first()
    return membership.written_number if membership else ""


@transaction.atomic
def _under_lock(entry: Entry, *, at: dt.datetime) -> None:
    Account.objects.select_for_update().get(pk=entry.account_id)
    if entry.kind == Entry.Kind.PAYMENT:
        give_receipt(entry, at=at)
    elif entry.invoice is not None:
        give_credit_note(entry, entry.invoice, at=at, reason=entry.note)


def _vat_taken_back(entry: Entry, invoice: Invoice) -> int:
    """All of an invoice's VAT with the whole of its sum, and the VAT within a part of it."""
    if invoice.vat_treatment != Treatment.STANDARD:
        return 0
    lines = list(invoice.lines.all())
    if entry.pence == invoice.total_pence:
        return sum(line.vat_pence for line in lines)
    return vat_within(entry.pence, rate=max((line.vat_rate or 0 for line in lines), default=0))
