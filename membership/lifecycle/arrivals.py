"""Members whom the society had before the portal: their fee and membership, as its list says.

Called inside the transaction of whoever brings them in. What was paid is booked by the room of
payments first: a membership begins here, too, only with money that came, or a waiver with a name.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from foundation.counters import next_number
from membership import terms
from membership.lifecycle.errors import NoFeeSet, WrongState
from membership.models import FeeDue, FeeRate, Membership, Person, User
from membership.standing import money_day
from membership.types import MembershipType

FREE = "Nothing was asked, as the society's earlier list says."


@dataclass(frozen=True)
class HeldBefore:
    """What an earlier list says of a membership. `number` is None where one is to be drawn."""

    type: MembershipType
    starts_on: dt.date
    ends_on: dt.date
    joined_on: dt.date
    number: int | None = None


def period_before(
    *, joined_on: dt.date | None, paid_until: dt.date, on: dt.date, months: int
) -> tuple[dt.date, dt.date]:
    """The days of the newest period of somebody who is paid until a day, and joined on another.

    It is one whole period back from its end, begins no sooner than they joined, and holds today
    where it is not over: who paid for several years ahead is a member now.
    """
    starts_on = terms.first_of_period(paid_until, months=months)
    starts_on = max(starts_on, joined_on or starts_on)
    return (min(starts_on, on) if paid_until >= on else starts_on), paid_until


def owe(person: Person, *, type: MembershipType, at: dt.datetime) -> FeeDue:
    """The fee of somebody who is to be a member and has not paid: an ordinary one, as of today.

    Raises NoFeeSet.
    """
    rate = FeeRate.objects.in_force(type=type, on=timezone.localdate(at))
    if rate is None:
        raise NoFeeSet(type.label)
    return FeeDue.objects.create(
        person=person, purpose=FeeDue.Purpose.JOINING, type=type, pence=rate.pence, fixed_at=at
    )


def fix_before(person: Person, held: HeldBefore, *, pence: int, at: dt.datetime) -> FeeDue:
    """The fee that was asked before the portal; it is open until its money, or a waiver, is in."""
    return FeeDue.objects.create(
        person=person, purpose=FeeDue.Purpose.BEFORE, type=held.type, pence=pence, fixed_at=at
    )


def begin_before(fee: FeeDue, held: HeldBefore, *, paid_on: dt.date, at: dt.datetime) -> Membership:
    """Its money is booked: the period and the number are as the list says. No letter goes."""
    _refuse_unless_open(fee)
    fee.settled_on = paid_on
    return _begin(fee, held, on=timezone.localdate(at))


def begin_free(fee: FeeDue, held: HeldBefore, *, by: User, at: dt.datetime) -> Membership:
    """The same where the list says that nothing was asked: a waiver, with its name and reason."""
    _refuse_unless_open(fee)
    fee.waived_at, fee.waived_by, fee.waiver_reason = at, by, FREE
    return _begin(fee, held, on=timezone.localdate(at))


def take_out(person: Person, fee: FeeDue | None, *, at: dt.datetime) -> None:
    """Undo either: nobody was a member by it. A fee that was invoiced stays, cancelled."""
    Membership.objects.filter(person=person).delete()
    person.fees.outstanding().update(cancelled_at=at)
    if fee is None or fee.cancelled_at is not None:
        return
    FeeDue.objects.filter(pk=fee.pk).update(
        cancelled_at=at,
        settled_on=None,
        waived_at=None,
        waived_by=None,
        waiver_reason="",
        starts_on=None,
        ends_on=None,
    )


def _refuse_unless_open(fee: FeeDue) -> None:
    if fee.purpose != FeeDue.Purpose.BEFORE or not fee.is_outstanding:
        raise WrongState("Only an open fee from before the portal begins like this.")


def _begin(fee: FeeDue, held: HeldBefore, *, on: dt.date) -> Membership:
    fee.starts_on, fee.ends_on = held.starts_on, held.ends_on
    fee.save()
    number = held.number or next_number("member")
    # Who lapsed long ago is invited, and not told on the first night that they have lapsed.
    is_over = held.ends_on + dt.timedelta(days=settings.GRACE_DAYS) < money_day(on)
    return Membership.objects.create(
        person=fee.person,
        number=number,
        joined_on=held.joined_on,
        lapse_written_for=held.ends_on if is_over else None,
    )
