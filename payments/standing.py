"""How a person's money stands: what is due, why, by when, and the ways to pay it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from foundation.dates import in_words
from foundation.look import Tone
from foundation.pence import pounds
from foundation.prepared import A_NUMBER, Rows
from membership import lifecycle, standing
from membership.models import Person
from membership.on_file import OnFile
from payments import card_words, gone_back, invoicing
from payments.card_words import Facts, Reader, State
from payments.credit import free_credit_of
from payments.models import Account, Attempt, Invoice, Receipt
from payments.on_its_way import is_transfer_awaited
from payments.words import Words, words_of

RECEIPTS_SHOWN = 3
# Of a person, and of whoever was merged into them.
ACCOUNTS = Rows(
    A_NUMBER,
    lambda person: Account.objects.filter(
        person__in=Person.objects.filter(Q(pk=person) | Q(merged_into=person))
    ),
)


@dataclass(frozen=True)
class FeeCard:
    """The money card, for templates/payments/_fee_card.html. Sums in pence."""

    state: State = State.NOTHING_DUE
    heading: str = card_words.heading_of(State.NOTHING_DUE, "")
    tone: Tone = Tone.GOOD
    notes: tuple[str, ...] = ("No membership fee is due.",)
    is_due: bool = False
    is_renewal: bool = False
    invoice: Invoice | None = None
    what: str = ""
    how: str = ""
    why: str = ""
    rest_pence: int = 0
    paid_pence: int = 0
    due_on: dt.date | None = None
    reference: str = ""
    pay_url: str = ""
    bank_url: str = ""
    invoice_url: str = ""
    credit_url: str = ""
    being_checked: Words | None = None
    last_attempt: Words | None = None
    attempt_words: str = ""
    may_pay_online: bool = False
    credit_pence: int = 0
    receipts: tuple[Receipt, ...] = ()


def fee_card(
    person: Person,
    *,
    at: dt.datetime,
    reader: Reader = Reader.PAYER,
    file: OnFile | None = None,
) -> FeeCard:
    """What this person owes, if anything, and what we are checking; makes the invoice if needed.

    `reader` says whom the words address. Whoever has read the person's file hands it in.
    """
    on, file = timezone.localdate(at), file or OnFile(person)
    fee = file.open_fee
    invoice = invoicing.raise_for(fee, at=at) if fee and fee.pence else None
    accounts = ACCOUNTS(person.pk)
    credit_pence = sum(free_credit_of(account) for account in accounts)
    receipts = tuple(Receipt.objects.filter(account__in=accounts)[:RECEIPTS_SHOWN])
    if invoice is None or not invoice.is_payable:
        back = gone_back.of(accounts, next(iter(receipts), None))
        facts = Facts(on, reader, waived_on=_waived_on(file), back=back)
        return _nothing_due(file, facts, credit_pence=credit_pence, receipts=receipts)
    attempt = invoice.attempts.order_by("-started_at", "-pk").first()
    facts = _facts(invoice, attempt, person, on=on, reader=reader)
    return _card_of(invoice, attempt, facts, credit_pence=credit_pence, receipts=receipts)


def _nothing_due(
    file: OnFile, facts: Facts, *, credit_pence: int, receipts: tuple[Receipt, ...]
) -> FeeCard:
    """Nothing; or nothing because the newest fee was waived, or its money went back."""
    newest = next(iter(file.fees), None)
    state = card_words.state_of(facts)
    return FeeCard(
        state=state,
        heading=card_words.heading_of(state, "", facts.reader),
        tone=card_words.TONES.get(state, Tone.GOOD),
        notes=card_words.notes_of(facts, state, pounds(newest.pence) if newest else ""),
        credit_pence=credit_pence,
        receipts=receipts,
    )


def _waived_on(file: OnFile) -> dt.date | None:
    newest = next(iter(file.fees), None)
    return timezone.localdate(newest.waived_at) if newest and newest.waived_at else None


def _facts(
    invoice: Invoice, attempt: Attempt | None, person: Person, *, on: dt.date, reader: Reader
) -> Facts:
    is_renewal = invoice.kind == Invoice.Kind.RENEWAL
    ended_on = lifecycle.last_covered(person) if is_renewal else None
    grace = dt.timedelta(days=settings.GRACE_DAYS)
    return Facts(
        on,
        reader,
        is_due=True,
        is_renewal=is_renewal,
        paid_pence=invoice.paid_pence,
        due_on=min(invoice.due_on, ended_on) if ended_on else invoice.due_on,
        is_checking=attempt is not None and attempt.is_being_taken,
        transfer_sent_on=invoice.transfer_sent_on,
        may_still_arrive=is_transfer_awaited(invoice, on=on),
        grace_until=ended_on + grace if ended_on else None,
        renewable_until=lifecycle.renewable_until(ended_on) if ended_on else None,
        known_until=standing.known_until(),
    )


def _for_office(attempt: Attempt) -> str:
    """The newest payment at PayPal as the office's own list calls it."""
    day = in_words(timezone.localdate(attempt.started_at))
    return f"The payment at PayPal of {day}: {attempt.get_state_display()}."


def _card_of(
    invoice: Invoice,
    attempt: Attempt | None,
    facts: Facts,
    *,
    credit_pence: int,
    receipts: tuple[Receipt, ...],
) -> FeeCard:
    state = card_words.state_of(facts)
    return FeeCard(
        state=state,
        heading=card_words.heading_of(state, pounds(invoice.rest_pence), facts.reader),
        tone=card_words.TONES[state],
        notes=card_words.notes_of(facts, state),
        is_due=True,
        is_renewal=facts.is_renewal,
        invoice=invoice,
        what=invoice.text,
        how=invoice.fee.reckoning if invoice.fee else "",
        why=_why(invoice, facts.reader),
        rest_pence=invoice.rest_pence,
        paid_pence=invoice.paid_pence,
        due_on=invoice.due_on,
        reference=invoice.account.payment_reference,
        may_pay_online=not facts.is_checking,
        credit_pence=credit_pence,
        receipts=receipts,
        **_ways_to_pay(invoice),
        **_at_paypal(attempt, facts),
    )


def _why(invoice: Invoice, reader: Reader) -> str:
    """What it is good for. Who was brought in from an earlier list did not apply here."""
    if invoice.fee and invoice.kind == Invoice.Kind.JOINING and not invoice.fee.application_id:
        return WITHOUT_APPLICATION[reader]
    return REASONS[reader].get(Invoice.Kind(invoice.kind), "Payment due")


def _ways_to_pay(invoice: Invoice) -> dict[str, Any]:
    number = [invoice.number]
    return {
        "pay_url": reverse("payments:pay", args=number),
        "bank_url": reverse("payments:bank_transfer", args=number),
        "invoice_url": reverse("payments:invoice", args=number),
        "credit_url": reverse("payments:use_credit", args=number),
    }


def _at_paypal(attempt: Attempt | None, facts: Facts) -> dict[str, Any]:
    """What the newest payment at PayPal comes to: the office reads it in the words of its list."""
    if attempt is None:
        return {}
    if facts.reader == Reader.OFFICE:
        return {"attempt_words": _for_office(attempt)}
    return {"being_checked" if facts.is_checking else "last_attempt": words_of(attempt)}


WITHOUT_APPLICATION = {
    Reader.PAYER: "This fee activates your membership.",
    Reader.OFFICE: "This fee activates the membership.",
}
REASONS = {
    Reader.PAYER: {
        Invoice.Kind.JOINING: "Your application is approved. This fee activates your membership.",
        Invoice.Kind.RENEWAL: "This fee renews your membership.",
        Invoice.Kind.UPGRADE: "This fee changes your membership to the new type.",
    },
    Reader.OFFICE: {
        Invoice.Kind.JOINING: "The application is approved. This fee activates the membership.",
        Invoice.Kind.RENEWAL: "This fee renews the membership.",
        Invoice.Kind.UPGRADE: "This fee changes the membership to the new type.",
    },
}
