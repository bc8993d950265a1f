"""Writes what PayPal says of money that went back: inside the caller's transaction and locks.

PayPal's own id of a refund, or our reference in it, says which row it is. What neither explains
was refunded in PayPal's own pages or taken back by the payer's bank: it is adopted, booked, and a
person says what it means for the membership.
"""

import datetime as dt
import logging
import secrets
from collections.abc import Iterable

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from foundation.pence import CURRENCY
from payments import alarms, paypal_account, refund_effects, settlement
from payments.gateways.orders import Refund as Listed
from payments.models import Attempt, Refund

logger = logging.getLogger(__name__)

State, Origin = Refund.State, Refund.Origin
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
STATES = {
    "COMPLETED": State.COMPLETED,
    "PENDING": State.PENDING,
    "FAILED": State.FAILED,
    "CANCELLED": State.FAILED,
}


def take(
    attempt: Attempt, listed: Iterable[Listed], *, at: dt.datetime, reversed_: bool = False
) -> None:
    """Write down every refund that PayPal lists for an attempt; twice is as good as once.

    The attempt is locked by the caller, who saves it. `reversed_` says that these were not given
    back by us but taken.
    """
    listed = [one for one in listed if one.amount.currency == CURRENCY and one.status in STATES]
    new = [one for one in listed if not _follow_known(attempt, one, at=at, reversed_=reversed_)]
    for one in new:
        _adopt(attempt, one, at=at, reversed_=reversed_)
    restate(attempt)


def follow(attempt: Attempt, refund: Refund, listed: Listed, *, at: dt.datetime) -> None:
    """Take a refund where PayPal says it is; money is booked when it has gone."""
    state = STATES[listed.status]
    if refund.state == state and not refund.is_open:
        return
    before, refund.state, refund.reason = refund.state, state, listed.reason
    if before == State.FAILED:
        _make_room(attempt, listed.amount.pence, at=at)
    refund.amount_pence, refund.paypal_id = listed.amount.pence, listed.id
    refund.last_error, refund.checks = "", 0
    if refund.is_open:
        refund.next_check_at = at + (HOUR if at - refund.requested_at < DAY else DAY)
        refund.save()
        return
    refund.finished_at, refund.next_check_at = at, None
    refund.save()
    on = day_of(listed.happened_at, at=at)
    if state == State.COMPLETED:
        settlement.give_back(refund, pence=listed.amount.pence, on=on, at=at)
        paypal_account.book_fee_back(refund, listed.fee_back_pence, on=on, at=at)
        refund_effects.follow(refund, at=at)
    elif before == State.COMPLETED:
        settlement.undo_refund(refund, on=on, at=at)
        paypal_account.undo_fee_back(refund, on=on, at=at)


def fail(refund: Refund, reason: str, *, at: dt.datetime) -> None:
    """A refund that will not happen; what it reserved is free again."""
    refund.state, refund.reason = State.FAILED, reason
    refund.finished_at, refund.next_check_at = at, None
    refund.save()
    logger.warning("Refund %s was not made: %s", refund.ref, reason)


def restate(attempt: Attempt) -> None:
    """The attempt's state and its reserved sum follow from its refunds."""
    live = attempt.refunds.live()
    done = live.filter(state=State.COMPLETED)
    attempt.refunded_pence = _sum(live)
    if done.filter(origin=Origin.REVERSAL).exists():
        attempt.state = Attempt.State.REVERSED
    elif not (gone := _sum(done)):
        attempt.state = Attempt.State.CAPTURED
    elif gone < attempt.captured_pence:
        attempt.state = Attempt.State.PART_REFUNDED
    else:
        attempt.state = Attempt.State.REFUNDED
    attempt.save()


def day_of(text: str, *, at: dt.datetime) -> dt.date:
    """The day PayPal names, in our own time; today where it does not say."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    return timezone.localdate(moment if moment and timezone.is_aware(moment) else at)


def new_ref() -> str:
    return f"R{secrets.token_hex(6).upper()}"


def _follow_known(attempt: Attempt, listed: Listed, *, at: dt.datetime, reversed_: bool) -> bool:
    """By PayPal's id, by our reference, or as the unnamed answer to what we have asked for."""
    known = attempt.refunds.filter(paypal_id=listed.id).first()
    ours = attempt.refunds.filter(paypal_id="")
    if known is None and listed.custom_id:
        known = ours.filter(ref=listed.custom_id).first()
    elif known is None and _is_explained(attempt, listed):
        same_sum = ours.filter(state=State.REQUESTED, amount_pence=listed.amount.pence)
        known = same_sum.order_by("requested_at", "pk").first()
    if known is None:
        return False
    if reversed_ and known.origin == Origin.PAYPAL:
        known.origin = Origin.REVERSAL
        known.save(update_fields=["origin"])
    follow(attempt, known, listed, at=at)
    return True


def _is_explained(attempt: Attempt, listed: Listed) -> bool:
    """Whether all that went back up to this refund was asked for by us."""
    return listed.total_pence is not None and _sum(attempt.refunds.live()) >= listed.total_pence


def _adopt(attempt: Attempt, listed: Listed, *, at: dt.datetime, reversed_: bool) -> None:
    if STATES[listed.status] == State.FAILED:
        return
    _make_room(attempt, listed.amount.pence, at=at)
    # An order lists what a bank took back among its refunds: a dispute tells them apart.
    taken = reversed_ or attempt.disputes.exists()
    refund = Refund.objects.create(
        attempt=attempt,
        ref=new_ref(),
        amount_pence=listed.amount.pence,
        paypal_id=listed.id,
        origin=Origin.REVERSAL if taken else Origin.PAYPAL,
        requested_at=at,
        next_check_at=at + HOUR,
    )
    follow(attempt, refund, listed, at=at)
    reason = "REVERSED_BY_PAYPAL" if taken else "REFUNDED_AT_PAYPAL"
    alarms.tell_office(attempt, reason, at=at, about=refund.ref)


def _make_room(attempt: Attempt, pence: int, *, at: dt.datetime) -> None:
    """What we asked for and no longer fits into the capture was certainly not done."""
    for ours in attempt.refunds.filter(state=State.REQUESTED).order_by("-requested_at", "-pk"):
        if _sum(attempt.refunds.live()) + pence <= attempt.captured_pence:
            return
        fail(ours, "NOTHING_LEFT", at=at)


def _sum(refunds: QuerySet[Refund]) -> int:
    total: int | None = refunds.aggregate(total=Sum("amount_pence"))["total"]
    return total or 0
