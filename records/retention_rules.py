"""Every retention rule with its words and its source, and the two readings in which they are used.

Which rules there are and when each applies is said here, once. The figures in them are data: the
published ones stand in `Figures`, other ones come from a version that the board has adopted.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from foundation.dates import in_years, nth
from records.retention_facts import ADULT, Category, Timeline

FAQ = "CMSUK FAQ"
NHS = "NHS Records Management Code of Practice 2021, appendix II"
LIMITATION = "Limitation Act 1980"

Days = Iterable[dt.date]


def _never(_: Timeline) -> Days:
    return ()


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of the dated rules, in whole years: by default as they are published."""

    adult_years: int = 8
    child_age: int = 25
    child_of_17_age: int = 26
    mental_health_years: int = 20
    mental_health_death_years: int = 8
    mental_health_death_code_years: int = 10
    death_years: int = 8
    knowledge_years: int = 3
    knowledge_age: int = 21


PUBLISHED = Figures()


@dataclass(frozen=True)
class Rule:
    """One rule: its code, the period in words, when it applies, its source, and its arithmetic.

    A dated rule counts `years` from each day of `starts`; `figure` names its figure.
    """

    code: str
    period: str
    because: str
    source: str
    starts: Callable[[Timeline], Days] = _never
    figure: str = ""
    years: int = 0


@dataclass(frozen=True)
class RuleSet:
    """Dated rules in the order that settles ties, and the rule that knows no date.

    `version` and `effective_from` say which adopted version the figures are from, if from any.
    """

    code: str
    name: str
    scope: str
    dated: tuple[Rule, ...]
    indefinite: Rule
    version: str = ""
    effective_from: dt.date | None = None

    @property
    def all(self) -> tuple[Rule, ...]:
        return (self.indefinite, *self.dated)


def _adult_anchor(line: Timeline) -> Days:
    return [line.anchor_on] if line.age_on(line.anchor_on) >= ADULT else []


def _adult_end(line: Timeline) -> Days:
    return [line.ended_on] if line.age_on(line.ended_on) >= ADULT else []


def _birth_of_child(line: Timeline) -> Days:
    return [line.born_on] if line.age_on(line.ended_on) < ADULT else []


def _birth_of_child_of_17(line: Timeline) -> Days:
    was_child = line.age_on(line.ended_on) < ADULT
    was_17 = 17 in (line.age_on(line.ended_on), line.age_on(line.anchor_on))
    return [line.born_on] if was_child and was_17 else []


def _is_mental_health(line: Timeline) -> bool:
    return line.facts.category is Category.MENTAL_HEALTH


def _mental_health_anchor(line: Timeline) -> Days:
    return [line.anchor_on] if _is_mental_health(line) else []


def _mental_health_contact(line: Timeline) -> Days:
    return [line.last_contact_on] if _is_mental_health(line) else []


def _death(line: Timeline) -> Days:
    return [line.facts.died_on] if line.facts.died_on else []


def _mental_health_death(line: Timeline) -> Days:
    return _death(line) if _is_mental_health(line) else []


def _knowledge_as_adult(line: Timeline) -> Days:
    known_on = line.facts.known_on
    return [known_on] if known_on and line.age_on(known_on) >= ADULT else []


def _birth_where_known_as_child(line: Timeline) -> Days:
    known_on = line.facts.known_on
    return [line.born_on] if known_on and line.age_on(known_on) < ADULT else []


def _resolved_holds(line: Timeline) -> Days:
    return [hold.resolved_on for hold in line.facts.holds if hold.resolved_on]


LACKS_CAPACITY = Rule(
    "R-A2",
    "without an end date, reviewed every 12 months",
    "the client is a living adult who lacks capacity; note why it is still needed",
    f"{FAQ}; Mental Capacity Act 2005",
)
M1_FROM_ANCHOR = Rule(
    "R-M1",
    "{years} after the end of care or the last contact, whichever is later",
    "it is a mental health record",
    f"{NHS}; {FAQ}",
    _mental_health_anchor,
    "mental_health_years",
)
M1_FROM_CONTACT = Rule(
    "R-M1",
    "{years} after the last contact",
    "it is a mental health record",
    FAQ,
    _mental_health_contact,
    "mental_health_years",
)
M2 = Rule(
    "R-M2",
    "{years} after death",
    "it is a mental health record of a client who has died",
    FAQ,
    _mental_health_death,
    "mental_health_death_years",
)
M3 = Rule(
    "R-M3",
    "{years} after death",
    "it is a mental health record of a client who has died",
    NHS,
    _mental_health_death,
    "mental_health_death_code_years",
)
C2 = Rule(
    "R-C2",
    "{nth} birthday",
    "the client was 17 when care ended or at the last contact",
    NHS,
    _birth_of_child_of_17,
    "child_of_17_age",
)
C1 = Rule(
    "R-C1",
    "{nth} birthday",
    "the client was under 18 when care ended",
    f"{NHS}; {FAQ}",
    _birth_of_child,
    "child_age",
)
D1 = Rule("R-D1", "{years} after death", "the client has died", FAQ, _death, "death_years")
A1_FROM_ANCHOR = Rule(
    "R-A1",
    "{years} after the end of care or the last contact, whichever is later",
    "the client was an adult by then",
    f"{NHS}; {FAQ}",
    _adult_anchor,
    "adult_years",
)
A1_FROM_END = Rule(
    "R-A1",
    "{years} after the end of care",
    "the client was an adult when care ended",
    FAQ,
    _adult_end,
    "adult_years",
)
L1 = Rule(
    "R-L1",
    "{years} after the date of knowledge",
    "an injury became known to an adult, and a claim may follow",
    f"{LIMITATION}, sections 11 and 14; {FAQ}",
    _knowledge_as_adult,
    "knowledge_years",
)
L2 = Rule(
    "R-L2",
    "{nth} birthday",
    "an injury became known before the client was 18, and a claim may follow",
    f"{LIMITATION}, section 28; {FAQ}",
    _birth_where_known_as_child,
    "knowledge_age",
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

READINGS = {
    "nhs_2021": RuleSet(
        code="nhs_2021",
        name="NHS Code 2021 with the CMSUK FAQ",
        scope="England; Wales, Scotland and Northern Ireland have codes of their own",
        dated=(M1_FROM_ANCHOR, M2, M3, C2, C1, D1, A1_FROM_ANCHOR, L1, L2, H1),
        indefinite=LACKS_CAPACITY,
    ),
    "faq_only": RuleSet(
        code="faq_only",
        name="CMSUK FAQ alone",
        scope="The figures as the FAQ prints them, without the later readings of the NHS Code",
        dated=(M1_FROM_CONTACT, M2, C1, D1, A1_FROM_END, L1, L2, H1),
        indefinite=LACKS_CAPACITY,
    ),
}
"""Which rules are used together; their figures are filled in by `rule_set`."""


def rule_set(
    reading: str,
    figures: Figures = PUBLISHED,
    *,
    version: str = "",
    effective_from: dt.date | None = None,
    resolved_by: str = "",
) -> RuleSet:
    """The rules of a reading with these figures.

    A figure other than the published one is cited by what `resolved_by` says: a board minute.
    """
    rules = READINGS[reading]
    dated = tuple(_with_figure(rule, figures, resolved_by) for rule in rules.dated)
    return replace(rules, dated=dated, version=version, effective_from=effective_from)


def _with_figure(rule: Rule, figures: Figures, resolved_by: str) -> Rule:
    if not rule.figure:
        return rule
    years = getattr(figures, rule.figure)
    own = f"{resolved_by or 'a draft'}; published is {published(rule)} ({rule.source})"
    return replace(
        rule,
        period=rule.period.format(years=in_years(years), nth=nth(years)),
        source=rule.source if years == published(rule) else own,
        years=years,
    )


def shorter_than_published(rules: RuleSet) -> tuple[Rule, ...]:
    """The rules whose figure is below the published one; a board may want to say why."""
    return tuple(rule for rule in rules.dated if rule.figure and rule.years < published(rule))


def published(rule: Rule) -> int:
    """The published figure of a dated rule, in years."""
    return int(getattr(PUBLISHED, rule.figure))


NHS_2021 = rule_set("nhs_2021")
FAQ_ONLY = rule_set("faq_only")
RULE_SETS = {rules.code: rules for rules in (NHS_2021, FAQ_ONLY)}
"""Both readings with the published figures."""
