"""Plain functions that make payers, invoices, attempts and money that came."""

import datetime as dt
import itertools

from django.utils import timezone

from membership import standing
from payments import attempts, credit, invoicing, settlement
from payments.models import Account, Attempt, Entry, Refund
from tests.factories import A_MOMENT, make_approved

_numbers = itertools.count(1)
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)


def make_invoice(pence=7200, person=None, at=A_MOMENT):
    """The invoice of an approved application's fee."""
    return invoicing.raise_for(make_approved(person, pence), at=at)


def receive(invoice, pence, at=A_MOMENT, **changes):
    """Book money that came by bank transfer."""
    facts = {
        "invoice_id": invoice.pk,
        "pence": pence,
        "method": Entry.Method.BANK,
        "source_key": f"bank:test:{next(_numbers)}",
        "occurred_on": A_MOMENT.date(),
    }
    return settlement.settle(settlement.Received(**{**facts, **changes}), at=at)


def press_pay(invoice, at=A_MOMENT):
    return attempts.start(invoice_id=invoice.pk, at=at)


def come_back(attempt, at=A_MOMENT):
    """The payer's browser asks for the return page."""
    return attempts.sync_attempt(attempt.pk, at=at, payer_acted=True)


def make_attempt(invoice, **changes):
    """An attempt row as it might stand, without PayPal."""
    number = next(_numbers)
    facts = {
        "ref": f"P{number:012d}",
        "token": f"token-{number}",
        "invoice": invoice,
        "amount_pence": invoice.total_pence,
        "env": "demo",
        "create_request_id": f"order-{number}",
        "started_at": A_MOMENT,
        "next_check_at": A_MOMENT,
    }
    return Attempt.objects.create(**{**facts, **changes})


def make_paid_attempt(invoice, **changes):
    """An attempt that brought its money by the row alone; nothing is booked."""
    number = next(_numbers)
    facts = {
        "state": Attempt.State.CAPTURED,
        "order_id": f"O{number}",
        "approval_url": "https://example.org/",
        "capture_id": f"C{number}",
        "captured_pence": invoice.total_pence,
        "closed_at": A_MOMENT,
        "next_check_at": None,
    }
    return make_attempt(invoice, **{**facts, **changes})


def pay_by_paypal(paypal, invoice=None, choice="pay", at=A_MOMENT):
    """A payment that arrived: pressed, approved, captured, booked."""
    invoice = invoice or make_invoice()
    attempt = press_pay(invoice, at=at)
    paypal.press(attempt.order_id, choice)
    return come_back(attempt, at=at)


def make_refund(attempt, **changes):
    """A refund row as it might stand, without PayPal."""
    number = next(_numbers)
    facts = {
        "attempt": attempt,
        "ref": f"R{number:012d}",
        "amount_pence": 100,
        "paypal_id": f"RF{number}",
        "origin": Refund.Origin.PAYPAL,
        "state": Refund.State.COMPLETED,
        "requested_at": A_MOMENT,
        "finished_at": A_MOMENT,
    }
    return Refund.objects.create(**{**facts, **changes})


def money_of(invoice):
    """The sums of the payments of an invoice, oldest first."""
    return list(invoice.entries.payments().order_by("pk").values_list("pence", flat=True))


def is_active(invoice):
    """Whether the payer is a member today."""
    return standing.of(invoice.payer, timezone.localdate()).is_active


def pay_until_approved(paypal, invoice, choice="pay"):
    """The payer presses Pay here and a button there, and has not come back yet."""
    attempt = press_pay(invoice)
    paypal.press(attempt.order_id, choice)
    return attempt


def state_of(invoice):
    """How an invoice stands now, and what of it is paid."""
    invoice.refresh_from_db()
    return invoice.state, invoice.paid_pence


def balance(invoice):
    """The balance of its payer's account, in pence."""
    return Account.objects.get(pk=invoice.account_id).balance_pence()


def free_credit(invoice):
    """What its payer has paid and nothing needs, in pence."""
    return credit.free_credit_of(Account.objects.get(pk=invoice.account_id))
