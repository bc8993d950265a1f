"""What is stored of one person, each table read once: for a page that says all of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.db.models import F

from foundation.prepared import A_NUMBER, Rows
from membership.models import Application, FeeDue, Membership, Person

Owned = TypeVar("Owned", FeeDue, Application)
DIED = "died_on"
MEMBERSHIPS = Rows(
    A_NUMBER,
    lambda person: Membership.objects.filter(person=person).annotate(died_on=F("person__died_on")),
)
FEES = Rows(
    A_NUMBER, lambda person: FeeDue.objects.filter(person=person).order_by("-fixed_at", "-pk")
)
APPLICATIONS = Rows(
    A_NUMBER,
    lambda person: Application.objects.filter(person=person).order_by("-started_at", "-pk"),
)


@dataclass(frozen=True)
class OnFile:
    """Read when it is first asked for, and not again: for one page, never for what changes it."""

    person: Person

    @cached_property
    def membership(self) -> Membership | None:
        return next(iter(MEMBERSHIPS(self.person.pk)), None)

    @cached_property
    def fees(self) -> tuple[FeeDue, ...]:
        """Fixed last comes first."""
        return self._own(FEES(self.person.pk))

    @cached_property
    def applications(self) -> tuple[Application, ...]:
        """Begun last comes first."""
        return self._own(APPLICATIONS(self.person.pk))

    @property
    def has_died(self) -> bool:
        """Whether the death of a member is recorded."""
        return getattr(self.membership, DIED, None) is not None

    @property
    def open_fee(self) -> FeeDue | None:
        """The one that is neither settled, waived nor cancelled: nobody has two."""
        return next((fee for fee in self.fees if fee.is_outstanding), None)

    @property
    def paid_until(self) -> FeeDue | None:
        """The fee whose period ends last."""
        return _latest(self.fees)

    def _own(self, rows: list[Owned]) -> tuple[Owned, ...]:
        for row in rows:
            row.person = self.person
        return tuple(rows)

    def begun_by(self, on: dt.date) -> FeeDue | None:
        """The same among those whose period has begun."""
        return _latest(fee for fee in self.fees if fee.starts_on and fee.starts_on <= on)


def _latest(fees: Iterable[FeeDue]) -> FeeDue | None:
    ending = [(fee.ends_on, fee) for fee in fees if fee.ends_on is not None]
    return max(ending, key=lambda one: one[0])[1] if ending else None
