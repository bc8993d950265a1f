"""Who is a member on a day: read off dates, so that nothing has to run for it to be true.

While bank statements are behind, a transfer may have arrived that nobody has seen: a term's end is
compared with the day until which money is known, and nobody lapses in between.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from membership.models import FeeDue, Membership, MoneyKnown, Person
from membership.on_file import OnFile
from membership.types import MembershipType


@dataclass(frozen=True)
class Standing:
    """What a person is on a day: until when, and what the day means."""

    state: str  # none, active, grace, lapsed, suspended, resigned, deceased
    type: MembershipType | None = None
    until: dt.date | None = None

    @property
    def is_active(self) -> bool:
        return self.state == "active"


def active(
    on: dt.date, *, type: MembershipType | None = None, types: Collection[str] = ()
) -> QuerySet[Person]:
    """The living whose membership covers the day and has not been suspended or given up.

    Of every type, unless one or several are named.
    """
    wanted: list[str] = [type] if type is not None else list(types)
    return Person.objects.filter(_holds(on, wanted, person="pk"), died_on=None)


def held_by(person: str, on: dt.date, *, type: MembershipType) -> Q:
    """The same of rows that have a person: `person` is the name of their key to one.

    Asked in place, where `person__in=active(…)` would read every person twice.
    """
    return _holds(on, [type], person=person) & Q(**{f"{person}__died_on": None})


def _holds(on: dt.date, types: list[str], *, person: str) -> Q:
    fees = FeeDue.objects.in_force(on).filter(person=OuterRef(person))
    if types:
        fees = fees.filter(type__in=types)
    membership = Membership.objects.filter(
        person=OuterRef(person), suspended_at=None, resigned_on=None
    )
    return Q(Exists(fees), Exists(membership))


def of(person: Person, on: dt.date) -> Standing:
    """One person's standing. Two queries, and a third once the term is over."""
    return read_off(OnFile(person), on)


def read_off(file: OnFile, on: dt.date) -> Standing:
    """The same, by what was read already."""
    if file.membership is None:
        return Standing("none")
    last = file.begun_by(on)
    if last is None or last.ends_on is None:
        return Standing("none")
    kind = MembershipType(last.type)
    return Standing(_state(file, file.membership, last.ends_on, on), kind, last.ends_on)


def money_day(on: dt.date) -> dt.date:
    """The earlier of a day and the day until which money is known, where the treasurer set one."""
    known = known_until()
    return on if known is None else min(on, known)


def known_until() -> dt.date | None:
    return MoneyKnown.objects.values_list("until_on", flat=True).first()


def _state(file: OnFile, membership: Membership, ends_on: dt.date, on: dt.date) -> str:
    if file.has_died:
        return "deceased"
    if membership.resigned_on is not None:
        return "resigned"
    if membership.suspended_at is not None:
        return "suspended"
    if on <= ends_on:
        return "active"
    day = money_day(on)
    if day <= ends_on:
        return "active"
    in_grace = day <= ends_on + dt.timedelta(days=settings.GRACE_DAYS)
    return "grace" if in_grace else "lapsed"
