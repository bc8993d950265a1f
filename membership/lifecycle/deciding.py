"""The decision: approve, or decline. An approval fixes the fee and never activates."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone

from foundation.pence import pounds
from membership import post, separation
from membership.lifecycle import asking, overrides, periods, wording
from membership.lifecycle.errors import (
    NoFeeSet,
    NotSeparate,
    SecondOfficerNeeded,
    WrongState,
)
from membership.lifecycle.periods import Price
from membership.lifecycle.transitions import Verb, locked, move, refuse_unless_allowed
from membership.lines import open_lines
from membership.models import Application, FeeDue, Person, User

NO_REASONS: Mapping[str, str] = MappingProxyType({})


@transaction.atomic
def approve(
    *,
    application_id: int,
    by: User,
    at: dt.datetime,
    reasons: Mapping[str, str] = NO_REASONS,
    override_reason: str = "",
) -> FeeDue:
    """Approve, fix the fee as it is today, and tell the applicant.

    `reasons` say by the code of a line why it may stay open, `override_reason` for all lines that
    have none. Raises AlreadyDecided, NotSeparate, NoFeeSet, OverrideNeeded where a line is open
    without a reason, SecondOfficerNeeded where the reasons need somebody else's agreement.
    """
    application = _approvable(application_id, by)
    price = price_or_refuse(application, on=timezone.localdate(at))
    found = open_lines(application, timezone.localdate(at))
    reason = overrides.written(found, reasons, override_reason)
    if overrides.needs_second(found):
        raise SecondOfficerNeeded
    overrides.drop_request(application)
    application.override_reason = reason
    return grant(application, Verb.APPROVE, price, by=by, at=at)


@transaction.atomic
def ask_second(
    *, application_id: int, by: User, at: dt.datetime, reasons: Mapping[str, str]
) -> Application:
    """Ask another officer to agree to an approval with something open; nothing is decided yet.

    Raises as `approve` does.
    """
    application = _approvable(application_id, by)
    on = timezone.localdate(at)
    price_or_refuse(application, on=on)
    found = open_lines(application, on)
    reason = overrides.written(found, reasons, "")
    overrides.wait_for_second(application, found, reason, by=by, at=at)
    application.save()
    post.note_of(application, "asked a second officer to agree", at=at, by=by, text=reason)
    return application


@transaction.atomic
def agree_as_second(*, application_id: int, by: User, at: dt.datetime) -> FeeDue:
    """The second officer agrees: the application is approved as the first one asked.

    Raises NotSeparate for whoever asked, WrongState where nothing waits.
    """
    application = _approvable(application_id, by)
    first = _first_officer(application)
    if first == by:
        raise NotSeparate("you asked for the agreement yourself")
    on = timezone.localdate(at)
    price = price_or_refuse(application, on=on)
    found = open_lines(application, on)
    overrides.refuse_unless_covered(application, found)
    reason = application.override_reason
    overrides.drop_request(application)
    if found:
        application.override_reason, application.override_agreed_by = reason, by
    return grant(application, Verb.APPROVE, price, by=first, at=at)


@transaction.atomic
def refuse_as_second(*, application_id: int, by: User, at: dt.datetime, why: str) -> Application:
    """The second officer does not agree, or the first one thinks better of it."""
    application = locked(application_id)
    _first_officer(application)
    overrides.drop_request(application)
    application.save()
    post.note_of(application, "did not agree to the approval", at=at, by=by, text=why)
    return application


@transaction.atomic
def decline(*, application_id: int, by: User, at: dt.datetime, reason: str) -> Application:
    """Decline with the reason that the applicant is told. No fee is ever made.

    Raises AlreadyDecided or NotSeparate.
    """
    application = locked(application_id)
    move(application, Verb.DECLINE)
    refuse_unless_separate(application, by)
    asking.close(application, at=at)
    overrides.drop_request(application)
    application.decision_reason = reason
    _decide(application, by=by, at=at)
    wording.send(application, wording.declined(reason), at=at)
    post.note_of(application, "declined the application", at=at, by=by, text=reason)
    return application


def grant(
    application: Application, verb: Verb, price: Price, *, by: User, at: dt.datetime
) -> FeeDue:
    """The approval itself, under the lock of the caller, who has checked everything."""
    move(application, verb)
    application.decision_reason = ""
    _decide(application, by=by, at=at)
    fee = periods.fix_fee(application, price, at=at)
    wording.send(application, wording.approved(price), at=at)
    words = f"{pounds(fee.pence)}. {application.override_reason}".strip()
    post.note_of(application, "approved the application", at=at, by=by, text=words)
    return fee


def price_or_refuse(application: Application, *, on: dt.date) -> Price:
    """What the approval would fix. Raises NoFeeSet."""
    price = periods.price_of(application, on=on)
    if price is None:
        raise NoFeeSet(application.get_type_display())
    return price


def refuse_unless_separate(application: Application, by: User) -> None:
    """Raise NotSeparate for the applicant, a referee, and whoever shares the employer."""
    if why := separation.why_not(application, by):
        raise NotSeparate(why)


def _approvable(application_id: int, by: User) -> Application:
    application = locked(application_id)
    refuse_unless_allowed(application, Verb.APPROVE)
    refuse_unless_separate(application, by)
    Person.objects.select_for_update().get(pk=application.person_id)
    return application


def _first_officer(application: Application) -> User:
    """Who asked for the agreement. Raises WrongState where nobody does (any more)."""
    if application.override_asked_by is None:
        raise WrongState("Nobody waits for an agreement on this application.")
    return application.override_asked_by


def _decide(application: Application, *, by: User, at: dt.datetime) -> None:
    application.decided_by = by
    application.decided_at = at
    application.save()
