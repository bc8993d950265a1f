"""From the fee that is due to the membership that it pays for, and to its end."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from foundation import letters
from foundation.counters import next_number
from foundation.links import absolute
from foundation.one_by_one import each, in_turn
from foundation.pence import pounds
from foundation.prepared import A_NUMBER, Rows
from foundation.prepared_writes import Updates
from membership import assurances, post, standing, terms
from membership.lifecycle import lapses, periods
from membership.lifecycle.applications import expire_unpaid
from membership.lifecycle.errors import WrongState
from membership.lifecycle.transitions import State, Verb, move
from membership.models import Application, FeeDue, Membership, User

WELCOMES = {
    FeeDue.Purpose.JOINING: "welcome",
    FeeDue.Purpose.RENEWAL: "renewed",
    FeeDue.Purpose.UPGRADE: "upgraded",
}
APPLICATION_OF = Rows(
    A_NUMBER, lambda fee: Application.objects.select_for_update(of=("self",)).filter(fees=fee)
)
"""The application of a fee, locked."""
FEE = Rows(
    A_NUMBER,
    lambda fee: (
        FeeDue.objects.select_for_update(of=("self",)).select_related("person").filter(pk=fee)
    ),
)
"""A fee with its person, locked."""
MEMBERSHIP_OF = Rows(
    A_NUMBER, lambda person: Membership.objects.select_for_update().filter(person=person)
)
"""A person's membership, locked."""
WRITE_STATE = Updates(Application, ["state"])


@transaction.atomic
def activate(*, fee_due_id: int, on: dt.date, at: dt.datetime) -> Membership:
    """The fee has been paid in full: its period begins. Called inside the settling transaction.

    Money that the bank had before the approval buys no day before it. Being called again for the
    same fee changes nothing. Raises WrongState for a fee that was
    cancelled: its money is the payer's credit.
    """
    fee = _locked(fee_due_id)
    if fee.cancelled_at is not None:
        raise WrongState("This fee was cancelled; money for it is credit.")
    if not fee.is_outstanding:
        return Membership.objects.get(person=fee.person)
    fee.settled_on = on
    return _begin(fee, on=max(on, timezone.localdate(fee.fixed_at)), at=at, by=None)


@transaction.atomic
def waive(*, fee_due_id: int, by: User, at: dt.datetime, reason: str) -> Membership:
    """Let a fee go, with a name and a reason; the membership begins as if it were paid.

    Raises WrongState where the fee is not open any more.
    """
    fee = _locked(fee_due_id)
    if not fee.is_outstanding:
        raise WrongState("This fee is no longer open, so it cannot be waived.")
    fee.waived_at, fee.waived_by, fee.waiver_reason = at, by, reason.strip()
    membership = _begin(fee, on=timezone.localdate(at), at=at, by=by)
    words = f"{pounds(fee.pence)}. {fee.waiver_reason}"
    _note(membership, "waived the fee", at=at, by=by, text=words)
    return membership


@transaction.atomic
def suspend(*, membership_id: int, by: User, at: dt.datetime, reason: str) -> Membership:
    """Take a member's standing away for now."""
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.suspended_at is not None:
        return membership
    membership.suspended_at, membership.suspended_by = at, by
    membership.suspension_reason = reason.strip()
    membership.save()
    _note(membership, "suspended the membership", at=at, by=by, text=reason)
    return membership


@transaction.atomic
def end_suspension(*, membership_id: int, by: User, at: dt.datetime) -> Membership:
    """Give a suspended member their standing back; the dates were never changed."""
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.suspended_at is None:
        return membership
    membership.suspended_at = membership.suspended_by = None
    membership.suspension_reason = ""
    membership.save()
    _note(membership, "ended the suspension", at=at, by=by)
    return membership


@transaction.atomic
def resign(*, membership_id: int, by: User, at: dt.datetime) -> Membership:
    """The member leaves: out of the directory at once."""
    membership, has_left = _left(membership_id, at=at)
    if has_left:
        key = f"resigned:{membership.pk}:{membership.resigned_on}"
        _tell(membership, "resigned", key=key, at=at)
        _note(membership, "left the society", at=at, by=by)
    return membership


@transaction.atomic
def end(
    *, membership_id: int, by: User, at: dt.datetime, reason: str, refunded: FeeDue | None = None
) -> Membership:
    """The office ends a membership, as when its fee is refunded; whoever asks for it writes.

    What a refunded fee had still to pay for is nobody's any more, also if they join again.
    """
    if refunded is not None:
        periods.cut_short(refunded.pk, on=timezone.localdate(at))
    membership, has_left = _left(membership_id, at=at)
    if has_left:
        _note(membership, "ended the membership", at=at, by=by, text=reason)
    return membership


def _left(membership_id: int, *, at: dt.datetime) -> tuple[Membership, bool]:
    """Out of the society as of today; False where it was so already. No renewal stays open."""
    fees = FeeDue.objects.outstanding().filter(person__membership=membership_id)
    open_renewals = list(
        fees.filter(purpose=FeeDue.Purpose.RENEWAL).select_for_update(of=("self",))
    )
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.resigned_on is not None:
        return membership, False
    FeeDue.objects.filter(pk__in=[fee.pk for fee in open_renewals]).update(cancelled_at=at)
    membership.resigned_on = timezone.localdate(at)
    membership.save()
    return membership, True


def lapse_due(*, at: dt.datetime) -> dict[str, int]:
    """The nightly sweep: approvals nobody paid for, and letters to those whose grace is over.

    Standing needs no sweep: it is read off dates. Nothing ends by a day whose bank statements
    are not known yet. Each approval and each few members are a transaction of their own, so a
    run that is stopped leaves the rest to the next one.
    """
    on = timezone.localdate(at)
    day = standing.money_day(on)
    decided_before = at - (on - day) - dt.timedelta(days=settings.APPROVAL_EXPIRES_DAYS)
    unpaid = Application.objects.filter(state=State.APPROVED, decided_at__lt=decided_before)
    keys = list(unpaid.order_by("pk").values_list("pk", flat=True))
    last_covered = day - dt.timedelta(days=settings.GRACE_DAYS + 1)
    expired, written = in_turn(
        lambda: sum(each(keys, lambda pk: expire_unpaid(application_id=pk, at=at))),
        lambda: lapses.write(last_covered, at=at),
    )
    return {"approvals_expired": expired, "lapses_written": written}


def _locked(fee_due_id: int) -> FeeDue:
    """The fee under lock, its application before it, as every step that ends an approval does."""
    application = next(iter(APPLICATION_OF(fee_due_id)), None)
    fee = FEE.one(fee_due_id)
    fee.application = application
    if application is not None:
        application.person = fee.person
    return fee


def _begin(fee: FeeDue, *, on: dt.date, at: dt.datetime, by: User | None) -> Membership:
    """Give the fee its period, admit the person, and welcome them."""
    periods.give(fee, on=on)
    membership = _admitted(fee, on=on)
    if fee.application is not None:
        move(fee.application, Verb.ACTIVATE)
        WRITE_STATE(fee.application)
        assurances.tell_from(fee.application, at=at)
    welcome = post.letter_to(
        membership.person,
        WELCOMES[FeeDue.Purpose(fee.purpose)],
        key=f"welcome:{fee.pk}",
        membership=membership,
        fee=fee,
        profile_url=absolute("/profile/"),
        may_be_listed=terms.may_be_listed(fee.type),
    )
    letters.queue_new(welcome, at=at)
    _note(membership, "the membership is active", at=at, by=by, text=f"until {fee.ends_on}")
    return membership


def _admitted(fee: FeeDue, *, on: dt.date) -> Membership:
    found = next(iter(MEMBERSHIP_OF(fee.person_id)), None)
    if found is None:
        number = next_number("member")
        return Membership.objects.create(person=fee.person, number=number, joined_on=on)
    if found.resigned_on is not None:
        found.resigned_on = None
        found.save()
    return found


def _tell(membership: Membership, kind: str, *, key: str, at: dt.datetime, **context: Any) -> None:
    post.tell(membership.person, kind, key=key, at=at, membership=membership, **context)


def _note(
    membership: Membership, verb: str, *, at: dt.datetime, by: User | None, text: str = ""
) -> None:
    post.note(membership.person, verb, at=at, by=by, text=text)
