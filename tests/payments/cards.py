"""A living list: somebody for every way in which membership and money can stand, by its name."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from membership import lifecycle
from membership.models import Membership, Person
from payments import disputes, invoicing, refunds, transfers
from payments.models import Invoice, Refund
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_approved,
    make_fee,
    make_member,
    make_officer,
    make_person,
)
from tests.payments.money import make_invoice, pay_by_paypal, pay_until_approved, press_pay, receive

DAY = dt.timedelta(days=1)
Make = Callable[[Any], Person]


def renewal(*, ended_days_ago: int, fixed_days_ago: int = 50) -> Invoice:
    """The renewal of a membership that ended so many days ago."""
    ends_on = A_DAY - ended_days_ago * DAY
    person = make_member(starts_on=ends_on - 364 * DAY, ends_on=ends_on)
    at = A_MOMENT - fixed_days_ago * DAY
    return invoicing.raise_for(make_fee(person, 9000, purpose="renewal", fixed_at=at), at=at)


def nobody(_paypal: Any) -> Person:
    return make_person()


def due(_paypal: Any) -> Person:
    return make_invoice(7200).payer


def unfinished(_paypal: Any) -> Person:
    return press_pay(make_invoice(7200)).invoice.payer


def checking(paypal: Any) -> Person:
    return pay_by_paypal(paypal, choice="pending").invoice.payer


def declined(paypal: Any) -> Person:
    return pay_by_paypal(paypal, choice="decline").invoice.payer


def approved_there(paypal: Any) -> Person:
    return pay_until_approved(paypal, make_invoice(7200)).invoice.payer


def part_paid(_paypal: Any) -> Person:
    invoice = make_invoice(7200)
    receive(invoice, 2000)
    return invoice.payer


def overpaid(_paypal: Any) -> Person:
    invoice = make_invoice(7200)
    receive(invoice, 8000)
    return invoice.payer


def credit_for_the_next(_paypal: Any) -> Person:
    invoice = make_invoice(7200)
    receive(invoice, 8000)
    make_fee(invoice.payer, purpose="renewal")
    return invoice.payer


def transfer_on_its_way(_paypal: Any) -> Person:
    invoice = make_invoice(7200)
    transfers.say_sent(invoice.pk, at=A_MOMENT)
    return invoice.payer


def transfer_not_found(_paypal: Any) -> Person:
    invoice = make_invoice(7200)
    transfers.say_sent(invoice.pk, at=A_MOMENT - 14 * DAY)
    return invoice.payer


def statements_behind(_paypal: Any) -> Person:
    invoice = make_invoice(7200)
    lifecycle.money_known(until=A_DAY - DAY, at=A_MOMENT)
    return invoice.payer


def overdue(_paypal: Any) -> Person:
    fee, at = make_approved(pence=7200), A_MOMENT - 91 * DAY
    fee.fixed_at = at
    fee.save()
    return invoicing.raise_for(fee, at=at).payer


def renewal_due(_paypal: Any) -> Person:
    return renewal(ended_days_ago=0).payer


def grace(_paypal: Any) -> Person:
    return renewal(ended_days_ago=10).payer


def lapsed(_paypal: Any) -> Person:
    return renewal(ended_days_ago=31).payer


def waived(_paypal: Any) -> Person:
    fee = make_approved(pence=7200)
    lifecycle.waive(fee_due_id=fee.pk, by=make_officer(), at=A_MOMENT, reason="Secret reason.")
    return fee.person


def paid(paypal: Any) -> Person:
    return pay_by_paypal(paypal).invoice.payer


def refunded(paypal: Any, pence: int = 7200) -> Person:
    attempt = pay_by_paypal(paypal)
    asked = refunds.request(
        attempt.pk,
        pence=pence,
        note="You paid in error.",
        effect=Refund.Effect.KEEP,
        key="made once",
        by=make_officer(),
        at=A_MOMENT,
    )
    refunds.send(asked.pk, at=A_MOMENT)
    return attempt.invoice.payer


def refunded_in_part(paypal: Any) -> Person:
    return refunded(paypal, 3000)


def taken_back(paypal: Any) -> Person:
    attempt = pay_by_paypal(paypal)
    taken = paypal.refunds.by_hand(attempt.capture_id, reversed_=True)
    refunds.adopt(attempt.pk, taken["id"], at=A_MOMENT, reversed_=True)
    return attempt.invoice.payer


def disputed(paypal: Any) -> Person:
    attempt = pay_by_paypal(paypal)
    paypal.disputes.open(attempt.capture_id)
    disputes.sweep(at=A_MOMENT)
    return attempt.invoice.payer


def suspended(_paypal: Any) -> Person:
    person = make_member()
    lifecycle.suspend(
        membership_id=Membership.objects.get(person=person).pk,
        by=make_officer(),
        at=A_MOMENT,
        reason="A sample suspension.",
    )
    return person


def upgrade_due(_paypal: Any) -> Person:
    person = make_member(type="associate")
    make_fee(person, 1500, purpose="upgrade", reckoning="£30.00 × 6 ÷ 12 = £15.00")
    return person


CARDS: dict[str, tuple[Make, str]] = {
    "nobody": (nobody, ""),
    "due": (due, "Fee due: £72.00"),
    "unfinished": (unfinished, "Fee due: £72.00"),
    "checking": (checking, "We are checking your payment: £72.00"),
    "declined": (declined, "Fee due: £72.00"),
    "approved at PayPal, not back yet": (approved_there, "Fee due: £72.00"),
    "part paid": (part_paid, "Still to pay: £52.00"),
    "overpaid": (overpaid, "Payments"),
    "credit for the next": (credit_for_the_next, "Fee due: £90.00"),
    "transfer on its way": (transfer_on_its_way, "Your bank transfer is on its way: £72.00"),
    "transfer not found": (transfer_not_found, "Fee due: £72.00"),
    "statements behind": (statements_behind, "Fee due: £72.00"),
    "overdue": (overdue, "Overdue: £72.00"),
    "renewal due": (renewal_due, "Fee due: £90.00"),
    "grace": (grace, "Overdue: £90.00"),
    "lapsed": (lapsed, "Overdue: £90.00"),
    "waived": (waived, "Nothing to pay"),
    "paid": (paid, "Payments"),
    "refunded": (refunded, "Your payment was refunded"),
    "refunded in part": (refunded_in_part, "Part of your payment was refunded"),
    "taken back": (taken_back, "Your payment was taken back"),
    "disputed": (disputed, "Your payment is disputed at PayPal"),
    "suspended": (suspended, ""),
    "upgrade due": (upgrade_due, "Fee due: £15.00"),
}
"""What the card of their profile is headed by; without money there is none."""
