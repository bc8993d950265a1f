"""The fee for another year: raised before the end, for a while after it, and never twice.

Somebody owes one fee at a time. An upgrade that is approved takes the place of a renewal that
was not paid; once the upgrade is settled, the renewal of the new type is raised.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from foundation import history, letters
from foundation.links import absolute
from foundation.one_by_one import each, in_turn
from foundation.pence import pounds
from membership import standing, terms
from membership.lifecycle.errors import NoRenewal
from membership.lifecycle.periods import last_covered
from membership.models import Arrival, FeeDue, FeeRate, Membership, Person
from membership.on_file import OnFile
from membership.types import MembershipType

RENEWAL = FeeDue.Purpose.RENEWAL


@dataclass(frozen=True)
class Renewal:
    """What another year costs, in pence, and the first and last day that it pays for.

    `until` is the last day on which it can be paid. `pence` is None where no fee is set.
    """

    type: MembershipType
    pence: int | None
    starts_on: dt.date
    ends_on: dt.date
    until: dt.date


def raise_renewals(*, at: dt.datetime) -> dict[str, int]:
    """The nightly sweep: fees for the years ahead, and the end of those that nobody paid.

    Each row is a transaction of its own; twice is once.
    """
    on = timezone.localdate(at)
    ended, raised = in_turn(
        lambda: sum(each(_ids(_unpaid()), lambda pk: _end(pk, at=at))),
        lambda: sum(each(_ids(_due(on)), lambda pk: _raise_for_member(pk, at=at))),
    )
    return {"renewals_raised": raised, "renewals_ended": ended}


def renewal_of(person: Person, on: dt.date, file: OnFile | None = None) -> Renewal | None:
    """The renewal that somebody may ask for on a day; none while another fee is open.

    Whoever has read their file hands it in.
    """
    file = file or OnFile(person)
    membership = file.membership
    if membership is None or membership.suspended_at or membership.resigned_on:
        return None
    if file.has_died or file.open_fee is not None:
        return None
    return _next_year(file, on)


@transaction.atomic
def renew(*, person: Person, at: dt.datetime) -> FeeDue:
    """Raise the renewal fee now, for somebody who asks. Raises NoRenewal where there is none."""
    Person.objects.select_for_update().get(pk=person.pk)
    Membership.objects.select_for_update().filter(person=person).first()
    open_fee = person.fees.outstanding().filter(purpose=RENEWAL).first()
    if open_fee is not None:
        return open_fee
    renewal = renewal_of(person, timezone.localdate(at))
    if renewal is None or renewal.pence is None:
        raise NoRenewal
    fee = FeeDue.objects.create(
        person=person, purpose=RENEWAL, type=renewal.type, pence=renewal.pence, fixed_at=at
    )
    words = f"{pounds(fee.pence)} for {renewal.starts_on} to {renewal.ends_on}"
    history.record(person.history_key, "raised the renewal fee", at=at, by=None, text=words)
    return fee


def renewable_until(ended_on: dt.date) -> dt.date:
    """The last day on which a term that ends on a day can be renewed."""
    return terms.renewable_until(
        ended_on,
        months=settings.MEMBERSHIP_MONTHS,
        grace_days=settings.GRACE_DAYS,
        late_months=settings.LATE_MONTHS,
    )


def _next_year(file: OnFile, on: dt.date) -> Renewal | None:
    """The period after what is paid for, at the rate of its first day, while it can be renewed."""
    last = file.paid_until
    if last is None or last.ends_on is None:
        return None
    opens_on = last.ends_on - dt.timedelta(days=settings.RENEWAL_DAYS)
    until = renewable_until(last.ends_on)
    if on < opens_on or standing.money_day(on) > until:
        return None
    starts_on = last.ends_on + terms.ONE_DAY
    rate = FeeRate.objects.in_force(type=last.type, on=starts_on)
    return Renewal(
        type=MembershipType(last.type),
        pence=rate.pence if rate else None,
        starts_on=starts_on,
        ends_on=terms.whole_period(starts_on, months=settings.MEMBERSHIP_MONTHS),
        until=until,
    )


def _due(on: dt.date) -> QuerySet[Membership]:
    """Members near the end of their term or in grace, who owe nothing yet.

    Who was brought in from an earlier list hears that first: see `arrivals`.
    """
    owing = FeeDue.objects.outstanding().filter(person=OuterRef("person"))
    unwritten = Arrival.objects.unwritten().filter(person=OuterRef("person"))
    members = Membership.objects.filter(
        ~Exists(owing),
        ~Exists(unwritten),
        suspended_at=None,
        resigned_on=None,
        person__died_on=None,
    )
    return members.annotate(ended_on=Max("person__fees__ends_on")).filter(
        ended_on__lte=on + dt.timedelta(days=settings.RENEWAL_DAYS),
        ended_on__gte=standing.money_day(on) - dt.timedelta(days=settings.GRACE_DAYS),
    )


def _unpaid() -> QuerySet[FeeDue]:
    return FeeDue.objects.outstanding().filter(purpose=RENEWAL)


def _ids(rows: QuerySet[Membership] | QuerySet[FeeDue]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _raise_for_member(membership_id: int, *, at: dt.datetime) -> bool:
    """The checks are made once more under the lock. Without a rate the office is told, once."""
    person = Membership.objects.select_related("person").get(pk=membership_id).person
    Person.objects.select_for_update().get(pk=person.pk)
    renewal = renewal_of(person, timezone.localdate(at))
    if renewal is None:
        return False
    if renewal.pence is None:
        _tell_of_no_rate(renewal, at=at)
        return False
    renew(person=person, at=at)
    return True


@transaction.atomic
def _end(fee_id: int, *, at: dt.datetime) -> bool:
    """Cancel a renewal fee whose time is over; who comes back later applies again."""
    fee = _unpaid().select_for_update().select_related(None).filter(pk=fee_id).first()
    ended_on = last_covered(fee.person) if fee else None
    day = standing.money_day(timezone.localdate(at))
    if fee is None or ended_on is None or day <= renewable_until(ended_on):
        return False
    fee.cancelled_at = at
    fee.save(update_fields=["cancelled_at"])
    history.record(fee.person.history_key, "the renewal was not paid", at=at, by=None)
    return True


def _tell_of_no_rate(renewal: Renewal, *, at: dt.datetime) -> None:
    """Once for a type and a year, however many members wait for it."""
    letters.to_office(
        "office_renewal_without_fee",
        key=f"renewal without fee:{renewal.type}:{renewal.starts_on.year}",
        at=at,
        type=renewal.type.label,
        starts_on=renewal.starts_on,
        url=absolute(reverse("admin:membership_feerate_add")),
    )
