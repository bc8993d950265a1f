"""Writes what PayPal said onto an attempt: one short transaction a step, under its lock."""

import datetime as dt
import logging
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from foundation import links
from membership import post
from payments import alarms, invoicing, paypal_account, refund_steps, settlement
from payments.gateways.errors import PaypalError
from payments.gateways.orders import Order
from payments.models import Account, Attempt, Entry
from payments.verdicts import ORDER_LASTS, Facts, Step, Verdict, judge

logger = logging.getLogger(__name__)

State = Attempt.State
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
WAITS = (*(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60)), DAY)
# PayPal lets money go back for 180 days; a dispute that began late takes a little longer.
MONEY_MAY_GO_BACK = dt.timedelta(days=200)
TRY_ANOTHER_CARD = frozenset(
    {"INSTRUMENT_DECLINED", "PAYER_ACTION_REQUIRED", "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING"}
)
CLOSED_BY = {
    Step.CANCEL: State.CANCELLED,
    Step.EXPIRE: State.EXPIRED,
    Step.DECLINE: State.DECLINED,
    Step.STOP: State.MISMATCH,
}


@transaction.atomic
def take_step(
    attempt_id: int, order: Order, *, at: dt.datetime, payer_acted: bool
) -> tuple[Attempt, bool]:
    """Do what the order means; True where the caller must now capture, after this commit."""
    attempt = _locked(attempt_id)
    invoicing.withdraw(attempt.invoice_id, at=at)
    verdict = judge(_facts(attempt, at=at, payer_acted=payer_acted), order, at=at)
    attempt.last_error, attempt.checks = "", 0
    _follow(attempt, verdict, at=at)
    if attempt.is_paid:
        _learn_fee(attempt, order, at=at)
        refund_steps.take(attempt, order.refunds, at=at)
        _plan_next_check(attempt, at=at)
    elif not attempt.is_open:
        _look_once_more(attempt, order, at=at)
    attempt.save()
    return attempt, verdict.step == Step.CAPTURE


def _follow(attempt: Attempt, verdict: Verdict, *, at: dt.datetime) -> None:
    """What was paid stays paid: only its refunds change it any more."""
    if attempt.is_paid:
        return
    match verdict.step:
        case Step.BOOK:
            _book(attempt, verdict, at=at)
        case Step.CAPTURE:
            _intend_capture(attempt, at=at)
        case Step.PEND:
            _pend(attempt, verdict, at=at)
        case Step.BACK_TO_PAYER:
            _back_to_payer(attempt, verdict.reason, at=at)
        case Step.KEEP:
            _plan_next_check(attempt, at=at)
        case _:
            _close(attempt, CLOSED_BY[verdict.step], verdict.reason, at=at)


@transaction.atomic
def close(
    attempt_id: int,
    state: Attempt.State,
    reason: str,
    *,
    at: dt.datetime,
    only_from: Collection[str],
) -> None:
    """End an attempt, unless it has moved on meanwhile."""
    attempt = _locked(attempt_id)
    if attempt.state in only_from:
        _close(attempt, state, reason, at=at)
        attempt.save()


@transaction.atomic
def note_error(attempt_id: int, error: PaypalError, *, at: dt.datetime) -> Attempt:
    """PayPal refused a call or did not answer: end where that is certain, else ask later."""
    attempt = _locked(attempt_id)
    logger.warning("PayPal about attempt %s: %s", attempt.ref, error)
    attempt.last_error = str(error)[:120]
    attempt.checks = min(attempt.checks + 1, 1000)
    if attempt.next_check_at is not None:
        attempt.next_check_at = at + WAITS[min(attempt.checks, len(WAITS)) - 1]
    if attempt.state == State.CAPTURING and error.status == 422:
        _capture_refused(attempt, error.issue, at=at)
    attempt.save()
    return attempt


@transaction.atomic
def stop_asking(attempt_id: int) -> Attempt:
    """PayPal forgot the order of an attempt that is over."""
    attempt = _locked(attempt_id)
    if not attempt.is_open:
        attempt.next_check_at, attempt.last_error = None, ""
        attempt.save(update_fields=["next_check_at", "last_error"])
    return attempt


def _locked(attempt_id: int) -> Attempt:
    """Under its payer's lock first, as every step with money: two could wait in a ring."""
    account_id = Attempt.objects.values_list("invoice__account", flat=True).get(pk=attempt_id)
    Account.objects.select_for_update().get(pk=account_id)
    return Attempt.objects.select_for_update().get(pk=attempt_id)


def _facts(attempt: Attempt, *, at: dt.datetime, payer_acted: bool) -> Facts:
    return Facts(
        ref=attempt.ref,
        amount_pence=attempt.amount_pence,
        merchant_id=settings.PAYPAL_MERCHANT_ID,
        rest_pence=attempt.invoice.rest_pence,
        started_at=attempt.started_at,
        is_open=attempt.is_open,
        is_capturing=attempt.state == State.CAPTURING,
        capture_is_due=attempt.next_check_at is not None and attempt.next_check_at <= at,
        try_no=attempt.try_no,
        payer_acted=payer_acted,
    )


def _book(attempt: Attempt, verdict: Verdict, *, at: dt.datetime) -> None:
    """Money that came is booked whatever our own state says; the same capture only once."""
    capture = verdict.capture
    if capture is None:
        return
    if verdict.reason:
        logger.error("Attempt %s brought other money: %s", attempt.ref, verdict.reason)
        alarms.tell_office(attempt, verdict.reason, at=at)
    attempt.capture_id = capture.id
    attempt.captured_pence = capture.amount.pence
    _close(attempt, State.CAPTURED, verdict.reason, at=at)
    attempt.save()
    received = settlement.Received(
        invoice_id=attempt.invoice_id,
        pence=capture.amount.pence,
        method=Entry.Method.PAYPAL,
        source_key=f"paypal:capture:{capture.id}",
        occurred_on=refund_steps.day_of(capture.happened_at, at=at),
        attempt=attempt,
        note=f"PayPal {capture.id}",
    )
    settlement.settle(received, at=at)


def _learn_fee(attempt: Attempt, order: Order, *, at: dt.datetime) -> None:
    """What PayPal charged for the money: it may say so only some time after it came."""
    if attempt.fee_pence is not None:
        return
    capture = next((one for one in order.captures if one.id == attempt.capture_id), None)
    if capture is not None and capture.fee_pence is not None:
        attempt.fee_pence = capture.fee_pence
        on = refund_steps.day_of(capture.happened_at, at=at)
        paypal_account.book_fee(attempt, on=on, at=at)


def _intend_capture(attempt: Attempt, *, at: dt.datetime) -> None:
    """Commit the request id before the call; others leave the capture alone for a minute."""
    attempt.state = State.CAPTURING
    attempt.reason = ""
    attempt.capture_request_id = f"capture-{attempt.ref}-{attempt.try_no}"
    attempt.next_check_at = at + WAITS[0]


def _pend(attempt: Attempt, verdict: Verdict, *, at: dt.datetime) -> None:
    if verdict.capture is None:
        return
    attempt.state = State.PENDING
    attempt.reason = verdict.reason
    attempt.capture_id = verdict.capture.id
    _plan_next_check(attempt, at=at)


def _back_to_payer(attempt: Attempt, reason: str, *, at: dt.datetime) -> None:
    """The same order, another card: a new capture id, and the payer must approve again."""
    attempt.state = State.WAITING
    attempt.reason = reason
    attempt.try_no += 1
    attempt.last_error = ""
    _plan_next_check(attempt, at=at)


def _capture_refused(attempt: Attempt, issue: str, *, at: dt.datetime) -> None:
    if issue in TRY_ANOTHER_CARD or issue == "ORDER_NOT_APPROVED":
        _back_to_payer(attempt, issue, at=at)
        return
    _close(attempt, State.DECLINED, issue or "REFUSED", at=at)
    if issue.startswith("PAYEE_"):
        logger.error("PayPal refuses our own account: %s", issue)
        alarms.tell_office(attempt, issue, at=at)


def _close(attempt: Attempt, state: Attempt.State, reason: str, *, at: dt.datetime) -> None:
    was_pending = attempt.state == State.PENDING
    attempt.state, attempt.reason = state, reason
    attempt.closed_at, attempt.next_check_at = at, None
    if state == State.MISMATCH:
        logger.error("Attempt %s does not agree with its order: %s", attempt.ref, reason)
        alarms.tell_office(attempt, reason, at=at)
    if state == State.DECLINED and was_pending:
        _tell_payer(attempt, at=at)


def _plan_next_check(attempt: Attempt, *, at: dt.datetime) -> None:
    """When to ask next; a capture under way plans for itself, and money is watched for months."""
    age = at - attempt.started_at
    if attempt.state == State.PENDING:
        attempt.next_check_at = at + (HOUR if age < DAY else DAY)
    elif attempt.state in (State.CREATED, State.WAITING):
        attempt.next_check_at = at + (dt.timedelta(minutes=5) if age < HOUR else HOUR)
    elif attempt.is_paid:
        attempt.next_check_at = at + DAY if age < MONEY_MAY_GO_BACK else None


def _look_once_more(attempt: Attempt, order: Order, *, at: dt.datetime) -> None:
    """What ended without money is asked about while its order lives: money always wins."""
    may_bring_money = any(capture.status == "PENDING" for capture in order.captures)
    is_young = at - attempt.started_at < ORDER_LASTS
    attempt.next_check_at = at + DAY if is_young or may_bring_money else None


def _tell_payer(attempt: Attempt, *, at: dt.datetime) -> None:
    post.tell(
        attempt.invoice.account.person,
        "payment_declined",
        key=f"payment declined {attempt.ref}",
        at=at,
        invoice=attempt.invoice,
        profile_url=links.absolute(reverse("website:profile")),
    )
