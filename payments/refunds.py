"""Refunds by the office: asked for under a stored request id, and unknown until PayPal says.

Money that went back without us is found by every look at an attempt; see refund_steps.py.
"""

import datetime as dt
import logging

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Sum

from foundation.pence import pounds
from membership.models import User
from payments import alarms, attempts, invoicing, refund_steps
from payments.attempt_steps import WAITS
from payments.gateways.chosen import paypal
from payments.gateways.errors import PaypalError
from payments.gateways.orders import Refund as Listed
from payments.gateways.orders import RefundRequest
from payments.models import Attempt, Refund

logger = logging.getLogger(__name__)

# PayPal remembers a request id for 45 days; a call after that would pay a second time.
ID_LASTS = dt.timedelta(days=40)
SWEEP_AT_ONCE = 200
State = Refund.State


class CannotRefund(Exception):
    """Nothing was asked of PayPal; the text says why."""


class NothingCaptured(CannotRefund):
    def __init__(self) -> None:
        super().__init__("Only a payment that has arrived can be refunded.")


class TooMuch(CannotRefund):
    def __init__(self, left_pence: int) -> None:
        left = pounds(left_pence) if left_pence > 0 else "Nothing"
        super().__init__(f"{left} of this payment can still be refunded.")


@transaction.atomic
def request(
    attempt_id: int,
    *,
    pence: int,
    effect: Refund.Effect,
    note: str,
    key: str,
    by: User | None,
    at: dt.datetime,
    origin: Refund.Origin = Refund.Origin.OFFICE,
) -> Refund:
    """Write down that a refund is wanted, and reserve its sum; the same key is the same refund.

    PayPal is asked afterwards, by `send`. Only what is owed by terms needs nobody's decision.
    Raises CannotRefund.
    """
    attempt = _locked(attempt_id)
    request_id = f"refund-{key}"
    if known := attempt.refunds.filter(request_id=request_id).first():
        return known
    _refuse_above(attempt, pence)
    refund = Refund.objects.create(
        attempt=attempt,
        ref=refund_steps.new_ref(),
        request_id=request_id,
        amount_pence=pence,
        origin=origin,
        effect=effect,
        note=note,
        requested_at=at,
        decided_at=at,
        decided_by=by,
        next_check_at=at + WAITS[0],
    )
    refund_steps.restate(attempt)
    return refund


def left_of(attempt: Attempt) -> int:
    """What can still be sent back of a payment, in pence.

    Credit that was used for something else is not there any more, nor is what goes back another
    way: an invoice is never left with less than nothing.
    """
    open_ones = Refund.objects.filter(attempt__invoice=attempt.invoice_id, state__in=Refund.OPEN)
    going = open_ones.aggregate(total=Sum("amount_pence"))["total"] or 0
    return max(min(attempt.refundable_pence, attempt.invoice.paid_pence - going), 0)


def _refuse_above(attempt: Attempt, pence: int) -> None:
    if not attempt.is_paid:
        raise NothingCaptured
    if pence > (left := left_of(attempt)):
        raise TooMuch(left)


def send(refund_id: int, *, at: dt.datetime) -> Refund:
    """Ask PayPal for a refund that was written down; asking again is the same request."""
    refund = Refund.objects.select_related("attempt").get(pk=refund_id)
    attempt = refund.attempt
    if refund.state != State.REQUESTED or attempt.env != settings.PAYPAL_ENV:
        return refund
    if at - refund.requested_at >= ID_LASTS:
        return _give_up(refund, at=at)
    wanted = RefundRequest(ref=refund.ref, amount_pence=refund.amount_pence, note=refund.note)
    try:
        listed = paypal().refund(attempt.capture_id, wanted, request_id=refund.request_id)
    except PaypalError as error:
        return _not_refunded(refund_id, error, at=at)
    return _followed(refund_id, listed, at=at)


def sync_due(*, at: dt.datetime) -> int:
    """Ask about every refund whose time has come; how many."""
    due = Refund.objects.due(at).filter(attempt__env=settings.PAYPAL_ENV)
    found = list(due.order_by("next_check_at", "pk").values_list("pk", flat=True)[:SWEEP_AT_ONCE])
    for refund_id in found:
        try:
            sync(refund_id, at=at)
        except DatabaseError:  # one that cannot be written must not hold up the others
            logger.exception("Refund %s could not be followed", refund_id)
    return len(found)


def sync(refund_id: int, *, at: dt.datetime) -> Refund:
    """See first what PayPal lists, then ask again where our refund is not among it."""
    refund = Refund.objects.select_related("attempt").get(pk=refund_id)
    attempt = attempts.sync_attempt(refund.attempt_id, at=at)
    if attempt.last_error:
        return _ask_later(refund_id, attempt.last_error, at=at)
    refund.refresh_from_db()
    if refund.state == State.REQUESTED:
        return send(refund_id, at=at)
    return _looked_up(refund, at=at) if refund.is_open else refund


def adopt(attempt_id: int, refund_id: str, *, at: dt.datetime, reversed_: bool) -> str:
    """Take a refund or reversal that PayPal's message names; what PayPal's error was, if any."""
    try:
        listed = paypal().get_refund(refund_id)
    except PaypalError as error:
        return "" if error.missing else str(error)
    with transaction.atomic():
        attempt = _locked(attempt_id)
        if attempt.is_paid and listed.capture_id in ("", attempt.capture_id):
            refund_steps.take(attempt, [listed], at=at, reversed_=reversed_)
    return ""


def _looked_up(refund: Refund, *, at: dt.datetime) -> Refund:
    """A refund on its way that its order does not list is asked for by its own id."""
    if refund.next_check_at is not None and refund.next_check_at > at:
        return refund
    error = adopt(refund.attempt_id, refund.paypal_id, at=at, reversed_=False)
    refund.refresh_from_db()
    return _ask_later(refund.pk, error, at=at) if error else refund


@transaction.atomic
def _followed(refund_id: int, listed: Listed, *, at: dt.datetime) -> Refund:
    attempt = _locked(Refund.objects.values_list("attempt", flat=True).get(pk=refund_id))
    refund = attempt.refunds.get(pk=refund_id)
    if listed.status in refund_steps.STATES:
        refund_steps.follow(attempt, refund, listed, at=at)
        refund_steps.restate(attempt)
    return refund


@transaction.atomic
def _not_refunded(refund_id: int, error: PaypalError, *, at: dt.datetime) -> Refund:
    """A definite refusal ends it; anything else may have worked all the same."""
    attempt = _locked(Refund.objects.values_list("attempt", flat=True).get(pk=refund_id))
    refund = attempt.refunds.get(pk=refund_id)
    if refund.state != State.REQUESTED:
        return refund
    if error.unknown or error.status == 401:
        return _ask_later(refund_id, str(error), at=at)
    refund_steps.fail(refund, error.issue or error.name or "REFUSED", at=at)
    refund_steps.restate(attempt)
    return refund


@transaction.atomic
def _ask_later(refund_id: int, error: str, *, at: dt.datetime) -> Refund:
    refund = Refund.objects.select_for_update().get(pk=refund_id)
    if refund.is_open:
        refund.last_error = error[:120]
        refund.checks = min(refund.checks + 1, 1000)
        refund.next_check_at = at + WAITS[min(refund.checks, len(WAITS)) - 1]
        refund.save(update_fields=["last_error", "checks", "next_check_at"])
    return refund


def _give_up(refund: Refund, *, at: dt.datetime) -> Refund:
    """Too old to ask again: its sum stays reserved, we go on looking, and a person is told."""
    alarms.tell_office(refund.attempt, "REFUND_UNKNOWN", at=at, about=refund.ref)
    return _ask_later(refund.pk, "PayPal has never confirmed this refund.", at=at)


def _locked(attempt_id: int) -> Attempt:
    invoicing.lock(Attempt.objects.values_list("invoice", flat=True).get(pk=attempt_id))
    return Attempt.objects.select_for_update().get(pk=attempt_id)
