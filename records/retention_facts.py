"""What the rules ask about one client record, and the days that they count from."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from foundation.dates import age_on

ADULT = 18


class Capacity(StrEnum):
    HAS = "has"
    LACKS = "lacks"
    UNKNOWN = "unknown"


class Category(StrEnum):
    GENERAL = "general"
    MENTAL_HEALTH = "mental_health"


class HoldKind(StrEnum):
    COMPLAINT = "complaint"
    LEGAL = "legal"
    SAFEGUARDING = "safeguarding"
    INQUIRY = "inquiry"

    @property
    def words(self) -> str:
        return {
            HoldKind.COMPLAINT: "a complaint",
            HoldKind.LEGAL: "a legal case",
            HoldKind.SAFEGUARDING: "a safeguarding concern",
            HoldKind.INQUIRY: "a public inquiry",
        }[self]


@dataclass(frozen=True)
class Hold:
    """A reason to keep a record whatever its date says; open while it is not resolved."""

    kind: HoldKind
    opened_on: dt.date
    resolved_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known about one client record; every date is a whole day."""

    born_on: dt.date | None = None
    capacity: Capacity = Capacity.UNKNOWN
    category: Category | None = None
    care_concluded_on: dt.date | None = None
    last_contact_on: dt.date | None = None
    died_on: dt.date | None = None
    known_on: dt.date | None = None
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True)
class Timeline:
    """The days that the rules count from, once the facts are known to be complete."""

    facts: Facts
    born_on: dt.date
    ended_on: dt.date
    last_contact_on: dt.date
    """The last contact; the end of care where no contact was noted."""

    @property
    def anchor_on(self) -> dt.date:
        """A record that comes back into use starts its period again."""
        return max(self.ended_on, self.last_contact_on)

    def age_on(self, day: dt.date) -> int:
        return age_on(self.born_on, day)
