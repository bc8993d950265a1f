"""Every retention rule with its words and its source, and the two sets in which they are used."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from foundation.dates import add_years, age_on, birthday

ADULT = 18
FAQ = "CMSUK FAQ"
NHS = "NHS Records Management Code of Practice 2021, appendix II"
LIMITATION = "Limitation Act 1980"


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

    def birthday(self, age: int) -> dt.date:
        return birthday(self.born_on, age)


Dates = Iterable[dt.date]


def _never(_: Timeline) -> Dates:
    return ()


@dataclass(frozen=True)
class Rule:
    """One rule: its code, the period in words, when it applies, its source, and its dates."""

    code: str
    period: str
    because: str
    source: str
    dates: Callable[[Timeline], Dates] = _never


@dataclass(frozen=True)
class RuleSet:
    """Dated rules in the order that settles ties, and the rule that knows no date."""

    code: str
    name: str
    scope: str
    dated: tuple[Rule, ...]
    indefinite: Rule

    @property
    def all(self) -> tuple[Rule, ...]:
        return (self.indefinite, *self.dated)


def _adult_from_anchor(line: Timeline) -> Dates:
    return [add_years(line.anchor_on, 8)] if line.age_on(line.anchor_on) >= ADULT else []


def _adult_from_end(line: Timeline) -> Dates:
    return [add_years(line.ended_on, 8)] if line.age_on(line.ended_on) >= ADULT else []


def _child(line: Timeline) -> Dates:
    return [line.birthday(25)] if line.age_on(line.ended_on) < ADULT else []


def _child_of_17(line: Timeline) -> Dates:
    was_child = line.age_on(line.ended_on) < ADULT
    was_17 = 17 in (line.age_on(line.ended_on), line.age_on(line.anchor_on))
    return [line.birthday(26)] if was_child and was_17 else []


def _is_mental_health(line: Timeline) -> bool:
    return line.facts.category is Category.MENTAL_HEALTH


def _mental_health_from_anchor(line: Timeline) -> Dates:
    return [add_years(line.anchor_on, 20)] if _is_mental_health(line) else []


def _mental_health_from_contact(line: Timeline) -> Dates:
    return [add_years(line.last_contact_on, 20)] if _is_mental_health(line) else []


def _after_death(line: Timeline, years: int) -> Dates:
    died_on = line.facts.died_on
    return [add_years(died_on, years)] if died_on else []


def _dead(line: Timeline) -> Dates:
    return _after_death(line, 8)


def _mental_health_dead_8(line: Timeline) -> Dates:
    return _after_death(line, 8) if _is_mental_health(line) else []


def _mental_health_dead_10(line: Timeline) -> Dates:
    return _after_death(line, 10) if _is_mental_health(line) else []


def _knowledge_as_adult(line: Timeline) -> Dates:
    known_on = line.facts.known_on
    return [add_years(known_on, 3)] if known_on and line.age_on(known_on) >= ADULT else []


def _knowledge_as_child(line: Timeline) -> Dates:
    known_on = line.facts.known_on
    return [line.birthday(21)] if known_on and line.age_on(known_on) < ADULT else []


def _resolved_holds(line: Timeline) -> Dates:
    return [hold.resolved_on for hold in line.facts.holds if hold.resolved_on]


LACKS_CAPACITY = Rule(
    "R-A2",
    "without an end date, reviewed every 12 months",
    "the client is a living adult who lacks capacity; note why it is still needed",
    f"{FAQ}; Mental Capacity Act 2005",
)
M1_FROM_ANCHOR = Rule(
    "R-M1",
    "20 years after the end of care or the last contact, whichever is later",
    "it is a mental health record",
    f"{NHS}; {FAQ}",
    _mental_health_from_anchor,
)
M1_FROM_CONTACT = Rule(
    "R-M1",
    "20 years after the last contact",
    "it is a mental health record",
    FAQ,
    _mental_health_from_contact,
)
M2 = Rule(
    "R-M2",
    "8 years after death",
    "it is a mental health record of a client who has died",
    FAQ,
    _mental_health_dead_8,
)
M3 = Rule(
    "R-M3",
    "10 years after death",
    "it is a mental health record of a client who has died",
    NHS,
    _mental_health_dead_10,
)
C2 = Rule(
    "R-C2",
    "26th birthday",
    "the client was 17 when care ended or at the last contact",
    NHS,
    _child_of_17,
)
C1 = Rule(
    "R-C1",
    "25th birthday",
    "the client was under 18 when care ended",
    f"{NHS}; {FAQ}",
    _child,
)
D1 = Rule("R-D1", "8 years after death", "the client has died", FAQ, _dead)
A1_FROM_ANCHOR = Rule(
    "R-A1",
    "8 years after the end of care or the last contact, whichever is later",
    "the client was an adult by then",
    f"{NHS}; {FAQ}",
    _adult_from_anchor,
)
A1_FROM_END = Rule(
    "R-A1",
    "8 years after the end of care",
    "the client was an adult when care ended",
    FAQ,
    _adult_from_end,
)
L1 = Rule(
    "R-L1",
    "3 years after the date of knowledge",
    "an injury became known to an adult, and a claim may follow",
    f"{LIMITATION}, sections 11 and 14; {FAQ}",
    _knowledge_as_adult,
)
L2 = Rule(
    "R-L2",
    "21st birthday",
    "an injury became known before the client was 18, and a claim may follow",
    f"{LIMITATION}, section 28; {FAQ}",
    _knowledge_as_child,
)
H1 = Rule(
    "R-H1",
    "the day the hold was resolved",
    "a complaint, legal case, safeguarding concern or inquiry kept it until then",
    FAQ,
    _resolved_holds,
)

NOT_CONCLUDED = Rule("R-0", "no period yet", "care has not been concluded", FAQ)
INVALID = Rule("R-V", "no date can be said", "the dates contradict each other", "")
MISSING = Rule("R-X", "no date can be said", "facts are missing that could lengthen the period", "")

NHS_2021 = RuleSet(
    code="nhs_2021",
    name="NHS Code 2021 with the CMSUK FAQ",
    scope="England; Wales, Scotland and Northern Ireland have codes of their own",
    dated=(M1_FROM_ANCHOR, M2, M3, C2, C1, D1, A1_FROM_ANCHOR, L1, L2, H1),
    indefinite=LACKS_CAPACITY,
)
FAQ_ONLY = RuleSet(
    code="faq_only",
    name="CMSUK FAQ alone",
    scope="The figures as the FAQ prints them, without the later readings of the NHS Code",
    dated=(M1_FROM_CONTACT, M2, C1, D1, A1_FROM_END, L1, L2, H1),
    indefinite=LACKS_CAPACITY,
)
RULE_SETS = {rule_set.code: rule_set for rule_set in (NHS_2021, FAQ_ONLY)}
