"""Attempts to pay by PayPal: the only writer of their state.

Everything that may have news calls `sync_attempt`: the return page, the cancel page, PayPal's
messages, the sweep and the office's button. It asks PayPal and believes nothing else. No call to
PayPal is made inside a transaction: the intent is committed, the call made, its result committed.
"""

import datetime as dt
import logging
import secrets

from django.conf import settings
from django.db import DatabaseError, transaction
from django.urls import reverse

from foundation import links
from membership import lifecycle
from payments import invoicing
from payments.attempt_steps import close, note_error, stop_asking, take_step
from payments.gateways.chosen import paypal
from payments.gateways.errors import PaypalError
from payments.gateways.orders import NewOrder, Order, OrderRequest
from payments.models import Account, Attempt, Invoice
from payments.verdicts import ORDER_LASTS

logger = logging.getLogger(__name__)

LINK_LASTS = dt.timedelta(hours=2)
READ_AGAIN = frozenset({"ORDER_ALREADY_CAPTURED", "ORDER_COMPLETION_IN_PROGRESS"})
SWEEP_AT_ONCE = 200
State = Attempt.State


class CannotPay(Exception):
    """The payer cannot be sent to PayPal now; the text says why and what to do."""


class NothingToPay(CannotPay):
    def __init__(self) -> None:
        super().__init__("There is nothing left to pay here.")


class BeingChecked(CannotPay):
    def __init__(self) -> None:
        super().__init__(
            "PayPal is still working on your last payment. We are checking it: please do not pay "
            "again. We will e-mail you as soon as we know."
        )


class PaypalAway(CannotPay):
    def __init__(self) -> None:
        super().__init__("PayPal is not answering. Try later or pay by BACS.")


class PaypalRefused(CannotPay):
    def __init__(self) -> None:
        super().__init__("PayPal did not accept this payment. Nothing was taken. Pay by BACS.")


def start(*, invoice_id: int, at: dt.datetime) -> Attempt:
    """An attempt whose `approval_url` is where to send the payer; or one that is paid already.

    Pressing Pay again gives the same order while it lasts. Raises CannotPay.
    """
    attempt = _open_or_new(invoice_id, at=at)
    if attempt.state == State.WAITING:
        attempt = _still_good(attempt, at=at) or _open_or_new(invoice_id, at=at)
    if attempt.state == State.CREATED:
        attempt = _order(attempt, at=at)
    if attempt.is_being_taken:
        raise BeingChecked
    if attempt.state != State.WAITING and not attempt.is_paid:
        raise PaypalRefused
    return attempt


def sync_attempt(attempt_id: int, *, at: dt.datetime, payer_acted: bool = False) -> Attempt:
    """Ask PayPal how an attempt stands and do what follows; safe to call at any time, by many.

    `payer_acted` says that the payer has just come from PayPal or approved there.
    """
    attempt = Attempt.objects.get(pk=attempt_id)
    if attempt.env != settings.PAYPAL_ENV:
        return attempt
    if not attempt.order_id:
        return _age(attempt, at=at)
    try:
        order = paypal().order(attempt.order_id)
    except PaypalError as error:
        return _not_read(attempt, error, at=at)
    attempt, must_capture = take_step(attempt_id, order, at=at, payer_acted=payer_acted)
    return _capture(attempt, at=at) if must_capture else attempt


def sync_open(*, at: dt.datetime) -> int:
    """Ask about every attempt whose time has come; how many."""
    due = Attempt.objects.due(at).filter(env=settings.PAYPAL_ENV).order_by("next_check_at", "pk")
    found = list(due.values_list("pk", flat=True)[:SWEEP_AT_ONCE])
    for attempt_id in found:
        try:
            sync_attempt(attempt_id, at=at)
        except DatabaseError:  # one that cannot be written must not hold up the others
            logger.exception("Attempt %s could not be followed", attempt_id)
    return len(found)


def cancel(attempt_id: int, *, at: dt.datetime) -> Attempt:
    """The payer came back by the cancel link: close the attempt unless PayPal says otherwise."""
    attempt = sync_attempt(attempt_id, at=at)
    if attempt.state == State.WAITING and not attempt.last_error:
        close(attempt_id, State.CANCELLED, "BY_PAYER", at=at, only_from=(State.WAITING,))
    return Attempt.objects.get(pk=attempt_id)


def approval_reversed(attempt_id: int, *, at: dt.datetime) -> Attempt:
    """PayPal gave up waiting for us to capture: over, unless a look says otherwise."""
    attempt = sync_attempt(attempt_id, at=at)
    if attempt.state == State.WAITING and not attempt.last_error:
        close(attempt_id, State.EXPIRED, "APPROVAL_REVERSED", at=at, only_from=(State.WAITING,))
    return Attempt.objects.get(pk=attempt_id)


@transaction.atomic
def _open_or_new(invoice_id: int, *, at: dt.datetime) -> Attempt:
    """The invoice's open attempt, or a new one, committed before anybody is called.

    From here on the decision behind the fee is not undone; one that was undone has no fee left.
    """
    invoice = Invoice.objects.get(pk=invoice_id)
    Account.objects.select_for_update().get(pk=invoice.account_id)
    if invoice.fee_id is not None:
        lifecycle.pay_pressed(fee_due_id=invoice.fee_id, at=at)
    invoicing.withdraw(invoice_id, at=at)
    invoice.refresh_from_db()
    found = Attempt.objects.open().filter(invoice_id=invoice_id).first()
    if found and not _is_outdated(found, invoice):
        return found
    if found:
        close(found.pk, State.EXPIRED, "REPLACED", at=at, only_from=(State.CREATED,))
    if not invoice.rest_pence or _was_settled(invoice):
        raise NothingToPay
    return _new(invoice, at=at)


def _new(invoice: Invoice, *, at: dt.datetime) -> Attempt:
    ref = f"P{secrets.token_hex(6).upper()}"
    return Attempt.objects.create(
        ref=ref,
        token=secrets.token_urlsafe(32),
        invoice=invoice,
        amount_pence=invoice.rest_pence,
        env=settings.PAYPAL_ENV,
        create_request_id=f"order-{ref}",
        started_at=at,
        next_check_at=at + LINK_LASTS,
    )


def _was_settled(invoice: Invoice) -> bool:
    """A fee that money settled is not asked for again, even where the money went back since."""
    return invoice.fee is not None and invoice.fee.settled_on is not None


def _is_outdated(attempt: Attempt, invoice: Invoice) -> bool:
    """An attempt for another sum whose order nobody has seen can be dropped without asking."""
    return attempt.state == State.CREATED and attempt.amount_pence != invoice.rest_pence


def _order(attempt: Attempt, *, at: dt.datetime) -> Attempt:
    """Make the order at PayPal; the stored request id makes it one order however often we ask."""
    try:
        new = paypal().create_order(_wanted(attempt), request_id=attempt.create_request_id)
    except PaypalError as error:
        return _not_ordered(attempt, error, at=at)
    return _ordered(attempt.pk, new, at=at)


def _wanted(attempt: Attempt) -> OrderRequest:
    invoice = attempt.invoice
    return OrderRequest(
        attempt_ref=attempt.ref,
        invoice_id=f"{invoice.number}-{attempt.ref}",
        description=invoice.text,
        amount_pence=attempt.amount_pence,
        brand_name=settings.SOCIETY["name"],
        return_url=links.absolute(reverse("payments:paypal_return", args=[attempt.token])),
        cancel_url=links.absolute(reverse("payments:paypal_cancel", args=[attempt.token])),
    )


@transaction.atomic
def _ordered(attempt_id: int, new: NewOrder, *, at: dt.datetime) -> Attempt:
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.state == State.CREATED:
        attempt.state = State.WAITING
        attempt.order_id, attempt.approval_url = new.id, new.approval_url
        attempt.last_error = ""
        attempt.next_check_at = at + dt.timedelta(minutes=5)
        attempt.save()
    return attempt


def _not_ordered(attempt: Attempt, error: PaypalError, *, at: dt.datetime) -> Attempt:
    """PayPal refused or is away; a twin of this call may have got through meanwhile."""
    level = logging.WARNING if error.unknown else logging.ERROR
    logger.log(level, "No order for attempt %s: %s", attempt.ref, error)
    if not error.unknown:
        reason = error.issue or error.name or "REFUSED"
        close(attempt.pk, State.DECLINED, reason, at=at, only_from=(State.CREATED,))
    attempt = Attempt.objects.get(pk=attempt.pk)
    if attempt.state == State.CREATED:
        raise PaypalAway
    return attempt


def _age(attempt: Attempt, *, at: dt.datetime) -> Attempt:
    """An attempt without an order: nobody was sent to PayPal, so it can simply run out."""
    if attempt.is_open and at - attempt.started_at >= LINK_LASTS:
        close(attempt.pk, State.EXPIRED, "NO_ORDER", at=at, only_from=(State.CREATED,))
    return Attempt.objects.get(pk=attempt.pk)


def _not_read(attempt: Attempt, error: PaypalError, *, at: dt.datetime) -> Attempt:
    """An order that PayPal forgot runs out; while a capture may still be told, only when old."""
    old = at - attempt.started_at >= ORDER_LASTS
    ends = (State.WAITING, State.CAPTURING) if old else (State.WAITING,)
    if error.missing and not attempt.is_open:
        return stop_asking(attempt.pk)
    if error.missing and attempt.state in ends:
        close(attempt.pk, State.EXPIRED, "UNKNOWN_TO_PAYPAL", at=at, only_from=ends)
        return Attempt.objects.get(pk=attempt.pk)
    return note_error(attempt.pk, error, at=at)


def _capture(attempt: Attempt, *, at: dt.datetime) -> Attempt:
    """Take the money of an approved order, under the request id that was committed before."""
    try:
        order = _captured(attempt)
    except PaypalError as error:
        return note_error(attempt.pk, error, at=at)
    return take_step(attempt.pk, order, at=at, payer_acted=False)[0]


def _captured(attempt: Attempt) -> Order:
    try:
        return paypal().capture(attempt.order_id, request_id=attempt.capture_request_id)
    except PaypalError as error:
        if error.issue in READ_AGAIN:
            return paypal().order(attempt.order_id)
        raise


def _still_good(attempt: Attempt, *, at: dt.datetime) -> Attempt | None:
    """The attempt after a look at PayPal; closed, and None, where its order is too old or wrong."""
    attempt = sync_attempt(attempt.pk, at=at, payer_acted=True)
    if attempt.state != State.WAITING:
        return attempt if attempt.is_open or attempt.is_paid else None
    if attempt.last_error:
        raise PaypalAway
    same_sum = attempt.amount_pence == attempt.invoice.rest_pence
    if same_sum and at - attempt.started_at < LINK_LASTS:
        return attempt
    close(attempt.pk, State.EXPIRED, "REPLACED", at=at, only_from=(State.WAITING,))
    return None
