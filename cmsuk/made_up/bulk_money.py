"""The money of made-up members in bulk: accounts, invoices and a ledger that holds together."""

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from cmsuk.made_up.portal import FEE_NOTE, FEES_PENCE
from membership.models import FeeDue, FeeRate, Membership, Person
from payments.invoicing import DAYS_TO_PAY, describe
from payments.lines import item_of_fee, lines_of
from payments.models import Account, Entry, Invoice, InvoiceLine, Receipt
from payments.numbering import INVOICES, RECEIPTS, next_paper_numbers
from payments.receipting import receipt_of
from payments.references import write_reference

MOST_PAYERS = 1_000_000
__all__ = ("FEES_PENCE", "invoice_and_settle", "set_fees")


def set_fees(on: dt.date) -> None:
    """The sample fees, for the types that have none."""
    for code, pence in FEES_PENCE.items():
        if not FeeRate.objects.filter(type=code).exists():
            since = on.replace(day=1) - dt.timedelta(days=730)
            FeeRate.objects.create(type=code, pence=pence, valid_from=since, note=FEE_NOTE)


def invoice_and_settle(
    fees: Sequence[FeeDue], people: Sequence[Person], *, rng: random.Random, at: dt.datetime
) -> list[Account]:
    """An account and an invoice for each, charged; paid by bank transfer where it is settled."""
    accounts = Account.objects.bulk_create(
        Account(person=person, payment_reference=reference)
        for person, reference in zip(people, _free_references(rng, len(people)), strict=True)
    )
    numbers = _invoice_numbers(fees)
    invoices = Invoice.objects.bulk_create(
        _invoice(fee, account, numbers[_issued_on(fee).year].pop())
        for fee, account in zip(fees, accounts, strict=True)
    )
    InvoiceLine.objects.bulk_create(
        line
        for invoice, fee in zip(invoices, fees, strict=True)
        for line in lines_of(invoice, [item_of_fee(fee, invoice.text)])
    )
    entries = [entry for invoice in invoices for entry in _entries(invoice, at)]
    _give_receipts(Entry.objects.bulk_create(entries))
    return accounts


def _give_receipts(entries: Sequence[Entry]) -> None:
    """One for each payment, numbered by the year of its day."""
    payments = [entry for entry in entries if entry.kind == Entry.Kind.PAYMENT]
    years = Counter(entry.occurred_on.year for entry in payments)
    numbers = {
        year: iter(next_paper_numbers(RECEIPTS, year, count)) for year, count in years.items()
    }
    people = [entry.account.person_id for entry in payments]
    members = {one.person_id: one for one in Membership.objects.filter(person__in=people)}
    Receipt.objects.bulk_create(
        receipt_of(
            entry,
            number=next(numbers[entry.occurred_on.year]),
            issued_on=entry.occurred_on,
            member_number=_written_number(members.get(entry.account.person_id)),
        )
        for entry in payments
    )


def _written_number(membership: Membership | None) -> str:
    return membership.written_number if membership else ""


def _free_references(rng: random.Random, how_many: int) -> list[str]:
    used = set(Account.objects.values_list("payment_reference", flat=True))
    free: list[str] = []
    while len(free) < how_many:
        reference = write_reference(rng.randrange(MOST_PAYERS))
        if reference not in used:
            used.add(reference)
            free.append(reference)
    return free


def _issued_on(fee: FeeDue) -> dt.date:
    return fee.settled_on or timezone.localdate(fee.fixed_at)


def _invoice_numbers(fees: Sequence[FeeDue]) -> dict[int, list[str]]:
    """Numbers without gaps for every year in which one of these fees is invoiced."""
    wanted: defaultdict[int, int] = defaultdict(int)
    for fee in fees:
        wanted[_issued_on(fee).year] += 1
    return {year: next_paper_numbers(INVOICES, year, count) for year, count in wanted.items()}


def _invoice(fee: FeeDue, account: Account, number: str) -> Invoice:
    settled = fee.settled_on is not None
    return Invoice(
        number=number,
        account=account,
        kind=fee.purpose,
        fee=fee,
        text=describe(fee),
        payer_name=fee.person.name,
        payer_address=f"{fee.person.address_line_1}\n{fee.person.town}",
        vat_treatment=settings.VAT_TREATMENT,
        vat_number=settings.VAT_NUMBER,
        total_pence=fee.pence,
        paid_pence=fee.pence if settled else 0,
        state=Invoice.State.PAID if settled else Invoice.State.ISSUED,
        issued_on=_issued_on(fee),
        due_on=_issued_on(fee) + DAYS_TO_PAY,
        paid_on=fee.settled_on,
    )


def _entries(invoice: Invoice, at: dt.datetime) -> list[Entry]:
    charge = Entry(
        account=invoice.account,
        kind=Entry.Kind.CHARGE,
        pence=-invoice.total_pence,
        invoice=invoice,
        occurred_on=invoice.issued_on,
        posted_at=at,
        source_key=f"charge:{invoice.pk}",
    )
    if invoice.paid_on is None:
        return [charge]
    payment = Entry(
        account=invoice.account,
        kind=Entry.Kind.PAYMENT,
        method=Entry.Method.BANK,
        pence=invoice.total_pence,
        invoice=invoice,
        occurred_on=invoice.paid_on,
        posted_at=at,
        source_key=f"bulk:{invoice.pk}",
    )
    return [charge, payment]
