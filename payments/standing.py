"""How a person's money stands: what is due, why, by when, and the ways to pay it."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from membership import one_person
from membership.models import FeeDue, Person
from payments import invoicing
from payments.credit import free_credit_of
from payments.models import Account, Attempt, Invoice
from payments.words import Words, words_of


@dataclass(frozen=True)
class FeeCard:
    """The money card of the profile, for templates/payments/_fee_card.html. Sums in pence."""

    is_due: bool = False
    is_renewal: bool = False
    what: str = ""
    why: str = ""
    rest_pence: int = 0
    paid_pence: int = 0
    due_on: dt.date | None = None
    reference: str = ""
    pay_url: str = ""
    bank_url: str = ""
    invoice_url: str = ""
    being_checked: Words | None = None
    last_attempt: Words | None = None
    may_pay_online: bool = False
    credit_pence: int = 0
    receipts: tuple[Invoice, ...] = ()


def fee_card(person: Person, *, at: dt.datetime) -> FeeCard:
    """What this person owes, if anything, and what we are checking; makes the invoice if needed."""
    fee = FeeDue.objects.outstanding().filter(person=person, pence__gt=0).first()
    invoice = invoicing.raise_for(fee, at=at) if fee else None
    accounts = Account.objects.filter(person__in=one_person.accounts_of(person))
    credit_pence = sum(free_credit_of(account) for account in accounts)
    receipts = tuple(Invoice.objects.of(person).filter(state=Invoice.State.PAID)[:10])
    if invoice is None or not invoice.is_payable:
        return FeeCard(credit_pence=credit_pence, receipts=receipts)
    attempt = invoice.attempts.order_by("-started_at", "-pk").first()
    return _card_of(invoice, attempt, credit_pence=credit_pence, receipts=receipts)


def _card_of(
    invoice: Invoice,
    attempt: Attempt | None,
    *,
    credit_pence: int,
    receipts: tuple[Invoice, ...],
) -> FeeCard:
    checking = attempt is not None and attempt.state in (
        Attempt.State.CAPTURING,
        Attempt.State.PENDING,
    )
    words = words_of(attempt) if attempt else None
    return FeeCard(
        is_due=True,
        is_renewal=invoice.kind == Invoice.Kind.RENEWAL,
        what=invoice.text,
        why=REASONS.get(Invoice.Kind(invoice.kind), "Payment due"),
        rest_pence=invoice.rest_pence,
        paid_pence=invoice.paid_pence,
        due_on=invoice.due_on,
        reference=invoice.account.payment_reference,
        pay_url=reverse("payments:pay", args=[invoice.number]),
        bank_url=reverse("payments:bank_transfer", args=[invoice.number]),
        invoice_url=reverse("payments:invoice", args=[invoice.number]),
        being_checked=words if checking else None,
        last_attempt=None if checking else words,
        may_pay_online=not checking,
        credit_pence=credit_pence,
        receipts=receipts,
    )


REASONS = {
    Invoice.Kind.JOINING: "Your application is approved. This fee activates your membership.",
    Invoice.Kind.RENEWAL: "This fee renews your membership.",
    Invoice.Kind.UPGRADE: "This fee changes your membership to the new type.",
}
