"""Writes what PayPal said onto an attempt: one short transaction a step, under its lock."""

import datetime as dt
import logging
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from foundation import letters, links
from payments import invoicing, settlement
from payments.gateways.orders import Capture, Order
from payments.gateways.paypal import PaypalError
from payments.models import Attempt, Entry
from payments.verdicts import Facts, Step, Verdict, judge

logger = logging.getLogger(__name__)

State = Attempt.State
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
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
    attempt.save()
    return attempt, verdict.step == Step.CAPTURE


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
    if attempt.is_open:
        logger.warning("PayPal about attempt %s: %s", attempt.ref, error)
        attempt.last_error = str(error)[:120]
        attempt.checks = min(attempt.checks + 1, 1000)
        attempt.next_check_at = at + WAITS[min(attempt.checks, len(WAITS)) - 1]
        if attempt.state == State.CAPTURING and error.status == 422:
            _capture_refused(attempt, error.issue, at=at)
        attempt.save()
    return attempt


def _locked(attempt_id: int) -> Attempt:
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
    if capture is None or attempt.state == State.CAPTURED:
        return
    if verdict.reason:
        logger.error("Attempt %s brought other money: %s", attempt.ref, verdict.reason)
        _alert_office(attempt, verdict.reason, at=at)
    attempt.capture_id, attempt.fee_pence = capture.id, capture.fee_pence
    _close(attempt, State.CAPTURED, verdict.reason, at=at)
    attempt.save()
    received = settlement.Received(
        invoice_id=attempt.invoice_id,
        pence=capture.amount.pence,
        method=Entry.Method.PAYPAL,
        source_key=f"paypal:capture:{capture.id}",
        occurred_on=_day_of(capture, at=at),
        attempt=attempt,
        note=f"PayPal {capture.id}",
    )
    settlement.settle(received, at=at)


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
        _alert_office(attempt, issue, at=at)


def _close(attempt: Attempt, state: Attempt.State, reason: str, *, at: dt.datetime) -> None:
    was_pending = attempt.state == State.PENDING
    attempt.state, attempt.reason = state, reason
    attempt.closed_at, attempt.next_check_at = at, None
    if state == State.MISMATCH:
        logger.error("Attempt %s does not agree with its order: %s", attempt.ref, reason)
        _alert_office(attempt, reason, at=at)
    if state == State.DECLINED and was_pending:
        _tell_payer(attempt, at=at)


def _plan_next_check(attempt: Attempt, *, at: dt.datetime) -> None:
    if not attempt.is_open or attempt.state == State.CAPTURING:
        return
    age = at - attempt.started_at
    if attempt.state == State.PENDING:
        attempt.next_check_at = at + (HOUR if age < DAY else DAY)
    else:
        attempt.next_check_at = at + (dt.timedelta(minutes=5) if age < HOUR else HOUR)


def _day_of(capture: Capture, *, at: dt.datetime) -> dt.date:
    """The day PayPal took the money, in our own time; today where it does not say."""
    try:
        moment = parse_datetime(capture.happened_at)
    except ValueError:
        moment = None
    return timezone.localdate(moment if moment and timezone.is_aware(moment) else at)


def _alert_office(attempt: Attempt, reason: str, *, at: dt.datetime) -> None:
    letters.queue(
        "office_payment_alert",
        key=f"office payment alert {attempt.ref} {reason}",
        to=settings.SOCIETY["email"],
        at=at,
        context={
            "attempt": attempt,
            "reason": reason,
            "url": links.absolute(reverse("admin:payments_attempt_change", args=[attempt.pk])),
        },
    )


def _tell_payer(attempt: Attempt, *, at: dt.datetime) -> None:
    person = attempt.invoice.account.person
    letters.queue(
        "payment_declined",
        key=f"payment declined {attempt.ref}",
        to=person.email,
        subject_key=person.history_key,
        at=at,
        context={
            "person": person,
            "invoice": attempt.invoice,
            "profile_url": links.absolute(reverse("website:profile")),
        },
    )
