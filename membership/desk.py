"""What waits for the office: counts for its lists and its home."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q, QuerySet

from membership import standing, watch
from membership.models import Application, FeeRate, Registration
from membership.types import MembershipType

State = Application.State
OURS_OR_THEIRS = (State.SUBMITTED, State.MORE_INFORMATION, State.APPROVED, State.OFFERED)


@dataclass(frozen=True)
class Desk:
    """`longest_since` is when the application that waits longest was sent."""

    awaiting_decision: int
    awaiting_applicant: int
    awaiting_payment: int
    awaiting_agreement: int
    awaiting_second: int
    longest_since: dt.datetime | None


def waiting() -> Desk:
    """How many applications wait, and for whom. One query."""
    ours = Q(state=State.SUBMITTED)
    # Most have ended, so that the few others are found by index.
    open_or_asked = Q(state__in=OURS_OR_THEIRS) | Q(override_asked_by__isnull=False)
    found = Application.objects.filter(open_or_asked).aggregate(
        awaiting_decision=Count("pk", filter=ours),
        awaiting_applicant=Count("pk", filter=Q(state=State.MORE_INFORMATION)),
        awaiting_payment=Count("pk", filter=Q(state=State.APPROVED)),
        awaiting_agreement=Count("pk", filter=Q(state=State.OFFERED)),
        awaiting_second=Count("pk", filter=Q(override_asked_by__isnull=False)),
        longest_since=Min("submitted_at", filter=ours),
    )
    return Desk(**found)


def money_behind(on: dt.date) -> dt.date | None:
    """The day until which bank statements are known, where that holds anything back. One query."""
    known = standing.known_until()
    return known if known is not None and known < on else None


def registrations_to_check(on: dt.date) -> QuerySet[Registration]:
    """Members' registrations that the office should look up again, longest unchecked first."""
    return watch.due_for_check(on)


def types_without_fee(on: dt.date) -> list[MembershipType]:
    """Types that cannot be approved, because no fee is in force. One query."""
    priced = set(FeeRate.objects.filter(valid_from__lte=on).values_list("type", flat=True))
    return [one for one in MembershipType if one.value not in priced]
