"""What an order at PayPal means for our attempt: facts in, one verdict out. Pure.

Captures speak first: only a COMPLETED capture is money, whatever the order itself calls its state.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from foundation.pence import CURRENCY
from payments.gateways.orders import Capture, Order

ORDER_LASTS = dt.timedelta(hours=72)
MOST_TRIES = 5
# Money came, and some or all of it may have gone back since.
MONEY = frozenset({"COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED"})


class Step(StrEnum):
    """What is to be done with the attempt."""

    KEEP = "keep"
    CAPTURE = "capture"
    BACK_TO_PAYER = "back_to_payer"
    BOOK = "book"
    PEND = "pend"
    CANCEL = "cancel"
    EXPIRE = "expire"
    DECLINE = "decline"
    STOP = "stop"


@dataclass(frozen=True)
class Facts:
    """What we know of an attempt. `rest_pence` is what its invoice still needs, 0 if nothing."""

    ref: str
    amount_pence: int
    merchant_id: str
    rest_pence: int
    started_at: dt.datetime
    is_open: bool = True
    is_capturing: bool = False
    capture_is_due: bool = True
    try_no: int = 1
    payer_acted: bool = True


@dataclass(frozen=True)
class Verdict:
    step: Step
    reason: str = ""
    capture: Capture | None = None


KEEP = Verdict(Step.KEEP)


def judge(facts: Facts, order: Order, *, at: dt.datetime) -> Verdict:
    """The next step for an attempt whose order stands like this."""
    if order.captures:
        return _judge_captures(facts, order)
    if not facts.is_open:
        return KEEP
    if order.status == "VOIDED":
        return Verdict(Step.EXPIRE, "VOIDED")
    if order.is_approved:
        return _judge_approved(facts, order)
    if order.waits_for_payer:
        return _judge_waiting(facts, at=at)
    return KEEP


def difference(facts: Facts, order: Order) -> str:
    """Which value of the order is not ours; empty where all agree."""
    if order.custom_id != facts.ref:
        return "OTHER_ATTEMPT"
    if order.amount.currency != CURRENCY:
        return "OTHER_CURRENCY"
    if order.amount.pence != facts.amount_pence:
        return "OTHER_AMOUNT"
    if order.payee_merchant_id != facts.merchant_id:
        return "OTHER_PAYEE"
    return ""


def _judge_captures(facts: Facts, order: Order) -> Verdict:
    by_status = {capture.status: capture for capture in order.captures}
    if money := [capture for capture in order.captures if capture.status in MONEY]:
        return _judge_money(facts, order, money[-1])
    if not facts.is_open:
        return KEEP
    if capture := by_status.get("PENDING"):
        return Verdict(Step.PEND, capture.reason, capture)
    last = order.captures[-1]
    if last.status in ("DECLINED", "FAILED"):
        return Verdict(Step.DECLINE, last.status, last)
    return Verdict(Step.STOP, last.status, last)


def _judge_money(facts: Facts, order: Order, capture: Capture) -> Verdict:
    """Only sterling that came to our own account is money received."""
    if capture.amount.currency != CURRENCY:
        return Verdict(Step.STOP, "OTHER_CURRENCY", capture)
    if order.payee_merchant_id and order.payee_merchant_id != facts.merchant_id:
        return Verdict(Step.STOP, "OTHER_PAYEE", capture)
    return Verdict(Step.BOOK, difference(facts, order), capture)


def _judge_approved(facts: Facts, order: Order) -> Verdict:
    if facts.is_capturing:
        return Verdict(Step.CAPTURE) if facts.capture_is_due else KEEP
    if facts.rest_pence != facts.amount_pence:
        return Verdict(Step.CANCEL, "SUM_DUE_CHANGED" if facts.rest_pence else "PAID_OTHERWISE")
    if reason := difference(facts, order):
        return Verdict(Step.STOP, reason)
    if facts.try_no > 1 and not facts.payer_acted:
        return KEEP  # one capture an approval: after a refused card the payer must act again
    if facts.try_no > MOST_TRIES:
        return Verdict(Step.DECLINE, "TOO_MANY_TRIES")
    return Verdict(Step.CAPTURE)


def _judge_waiting(facts: Facts, *, at: dt.datetime) -> Verdict:
    if facts.is_capturing:
        return Verdict(Step.BACK_TO_PAYER, "NOT_APPROVED") if facts.capture_is_due else KEEP
    if at - facts.started_at >= ORDER_LASTS:
        return Verdict(Step.EXPIRE, "TOO_OLD")
    return KEEP
