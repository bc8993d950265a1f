"""Invoices: one for a fee, numbered without gaps, withdrawn only while they are unpaid."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from foundation.one_by_one import each
from foundation.prepared import A_NUMBER, Rows
from membership import lifecycle
from membership.models import FeeDue, Person
from membership.types import MembershipType
from payments.lines import Item, item_of_fee, lines_of
from payments.models import Account, Entry, Invoice, InvoiceLine
from payments.numbering import BEFORE, INVOICES, next_paper_number
from payments.receipting import give_credit_note
from payments.references import draw_reference
from payments.vat import Treatment

DRAWS = 20
DAYS_TO_PAY = dt.timedelta(days=settings.APPROVAL_EXPIRES_DAYS)
REFERENCES = "payment_reference"
PAYER_OF = Rows(
    A_NUMBER,
    lambda invoice: Account.objects.select_for_update(of=("self",)).filter(invoices=invoice),
)
"""The account of an invoice, locked."""
LOCKED = Rows(
    A_NUMBER,
    lambda invoice: (
        Invoice.objects.select_for_update(of=("self",))
        .select_related("account__person", "fee")
        .filter(pk=invoice)
    ),
)
"""An invoice with its payer and its fee, locked."""


@dataclass(frozen=True)
class Asked:
    """What an invoice asks for: its kind, its title, its lines, and the day by which to pay."""

    kind: Invoice.Kind
    text: str
    items: tuple[Item, ...]
    due_on: dt.date
    fee: FeeDue | None = None


class NoReferenceLeft(RuntimeError):
    """Twenty draws met references in use: there are nearly a million payers."""


def account_of(person: Person) -> Account:
    """The payer's account, opened where there is none yet."""
    found = Account.objects.filter(person=person).first()
    return found or _open_account(person)


def _open_account(person: Person) -> Account:
    for _draw in range(DRAWS):
        try:
            with transaction.atomic():
                account, _made = Account.objects.get_or_create(
                    person=person, defaults={REFERENCES: draw_reference()}
                )
                return account
        except IntegrityError:
            continue  # the reference is in use: draw again
    raise NoReferenceLeft("No payment reference could be found.")


def raise_for(fee: FeeDue, *, at: dt.datetime) -> Invoice:
    """The invoice of a fee, made where there is none yet; calling again finds the same one."""
    found = _of_fee(fee).first()
    return found or _issue(fee, at=at)


@transaction.atomic
def _issue(fee: FeeDue, *, at: dt.datetime) -> Invoice:
    """Under the payer's lock, so that two callers make one invoice and use up one number."""
    account = Account.objects.select_for_update().get(pk=account_of(fee.person).pk)
    if found := _of_fee(fee).first():
        return found
    text = describe(fee)
    asked = Asked(Invoice.Kind(fee.purpose), text, (item_of_fee(fee, text),), _due_on(fee), fee)
    return issue(account, asked, at=at)


@transaction.atomic
def issue(account: Account, asked: Asked, *, at: dt.datetime) -> Invoice:
    """A new invoice with its number, lines and charge. Call it under the account's lock."""
    on, person = timezone.localdate(at), account.person
    total = sum(item.pence for item in asked.items)
    is_before = asked.kind == Invoice.Kind.BEFORE
    invoice = Invoice.objects.create(
        number=next_paper_number(BEFORE if is_before else INVOICES, on.year),
        account=account,
        kind=asked.kind,
        fee=asked.fee,
        text=asked.text,
        payer_name=person.name,
        payer_address=_address(person),
        # Its VAT was dealt with in the books of its day.
        vat_treatment=Treatment.NOT_REGISTERED if is_before else settings.VAT_TREATMENT,
        vat_number="" if is_before else settings.VAT_NUMBER,
        total_pence=total,
        state=Invoice.State.ISSUED if total else Invoice.State.PAID,
        issued_on=on,
        due_on=max(on, asked.due_on),
        paid_on=None if total else on,
    )
    InvoiceLine.objects.bulk_create(lines_of(invoice, asked.items))
    if total:
        _charge(invoice, at=at)
    return invoice


def withdraw(invoice_id: int, *, at: dt.datetime) -> bool:
    """Void an unpaid invoice whose fee was cancelled or waived; part payments become credit.

    False where the invoice is paid, void already, or its fee is still asked for.
    """
    with transaction.atomic():
        if not stale_invoices().filter(pk=invoice_id).exists():
            return False
        invoice = lock(invoice_id)
        if not invoice.is_payable:
            return False
        void(invoice, at=at)
    return True


def void(invoice: Invoice, *, at: dt.datetime, reason: str = "") -> None:
    """Ask no more for an unpaid invoice, with its credit note. Call it under the invoice's lock."""
    invoice.state = Invoice.State.VOID
    invoice.save(update_fields=["state"])
    entry = Entry.objects.create(
        account=invoice.account,
        kind=Entry.Kind.CREDIT_NOTE,
        pence=invoice.total_pence,
        invoice=invoice,
        occurred_on=timezone.localdate(at),
        posted_at=at,
        source_key=f"void:{invoice.pk}",
    )
    give_credit_note(entry, invoice, at=at, reason=reason)


def is_stale(invoice: Invoice) -> bool:
    """Whether the fee behind an unpaid invoice was cancelled or waived."""
    fee = invoice.fee
    return invoice.is_payable and fee is not None and bool(fee.cancelled_at or fee.waived_at)


def lock(invoice_id: int) -> Invoice:
    """The invoice under its payer's lock: the account always first, or two could wait in a ring."""
    PAYER_OF(invoice_id)
    return LOCKED.one(invoice_id)


def lock_payers(invoice_ids: Sequence[int]) -> None:
    """The payers of several invoices, always in this order, or two could wait in a ring."""
    if len(invoice_ids) > 1:
        payers = Account.objects.filter(
            pk__in=Invoice.objects.filter(pk__in=invoice_ids).values("account")
        )
        list(payers.order_by("pk").select_for_update())


def fees_without_invoice() -> QuerySet[FeeDue]:
    """Outstanding fees for which no invoice was made yet."""
    live = Invoice.objects.exclude(state=Invoice.State.VOID).filter(fee=OuterRef("pk"))
    return FeeDue.objects.outstanding().filter(~Exists(live)).order_by("fixed_at", "pk")


def stale_invoices() -> QuerySet[Invoice]:
    """Unpaid invoices whose fee was cancelled or waived."""
    gone = Q(fee__cancelled_at__isnull=False) | Q(fee__waived_at__isnull=False)
    return Invoice.objects.payable().filter(gone).order_by("pk")


def raise_missing(*, at: dt.datetime) -> int:
    """An invoice for every fee that waits for one; how many were made."""
    return len(each(fees_without_invoice(), lambda fee: raise_for(fee, at=at)))


def withdraw_stale(*, at: dt.datetime) -> int:
    """Void what is no longer asked for; how many there were."""
    return sum(each(stale_invoices(), lambda invoice: withdraw(invoice.pk, at=at)))


def describe(fee: FeeDue) -> str:
    """What the fee is for, in the words of the invoice and of PayPal's page."""
    kind = MembershipType(fee.type).label
    if fee.purpose == FeeDue.Purpose.BEFORE:
        return f"{kind} membership, paid before the portal"
    if fee.purpose == FeeDue.Purpose.UPGRADE:
        return f"Change to {kind} membership until your next renewal"
    purpose = fee.get_purpose_display().lower()
    return f"{kind} membership, {settings.MEMBERSHIP_MONTHS} months ({purpose})"


def _due_on(fee: FeeDue) -> dt.date:
    """A renewal is due by the last day that is paid for already."""
    last_day = lifecycle.last_covered(fee.person)
    if fee.purpose == FeeDue.Purpose.RENEWAL and last_day is not None:
        return last_day
    return timezone.localdate(fee.fixed_at) + DAYS_TO_PAY


def _of_fee(fee: FeeDue) -> QuerySet[Invoice]:
    return Invoice.objects.filter(fee=fee).exclude(state=Invoice.State.VOID)


def _charge(invoice: Invoice, *, at: dt.datetime) -> None:
    Entry.objects.create(
        account=invoice.account,
        kind=Entry.Kind.CHARGE,
        pence=-invoice.total_pence,
        invoice=invoice,
        occurred_on=invoice.issued_on,
        posted_at=at,
        source_key=f"charge:{invoice.pk}",
    )


def _address(person: Person) -> str:
    lines = (
        person.address_line_1,
        person.address_line_2,
        person.town,
        person.postcode,
        person.country,
    )
    return "\n".join(line for line in lines if line)
