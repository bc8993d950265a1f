"""The policy as people read it: the same file that is loaded and obeyed, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from records.belongings import model_of
from records.policy import Group, Period, Policy, Rule, Side, Table, Verb

THEN = {
    Verb.DELETE: "It is deleted.",
    Verb.BLANK: "It is removed; what stays behind names nobody.",
    Verb.PSEUDONYMISE: "It is removed; what stays behind names nobody.",
    Verb.KEEP: "It stays.",
}


@dataclass(frozen=True)
class Line:
    """Some details of one kind, and what becomes of them."""

    details: str
    who: str
    period: Period
    then: str


MAIN = {
    "draft": "A draft that was never sent",
    "decision": "An application that was declined or withdrawn, and what referees wrote",
    "outcome": "That there was such an application",
    "evidence": "What shows that you meet the criteria, files included",
    "dbs": "The date of a DBS check",
    "money": "Payments and fees",
    "register": "The register of members",
    "enquiry": "Enquiries through the directory",
    "callback": "Messages to us, and requests for a callback",
    "letters": "Letters to you",
}
"""The periods that the privacy page tells of, by what people call them."""


@dataclass(frozen=True)
class InShort:
    """One period for the privacy page."""

    title: str
    words: str


@dataclass(frozen=True)
class Chapter:
    """One kind of thing that is kept about people."""

    title: str
    lines: tuple[Line, ...]
    third_party: bool


@dataclass(frozen=True)
class Part:
    """What is kept because of one thing that people did."""

    group: Group
    chapters: tuple[Chapter, ...]


def parts(policy: Policy) -> list[Part]:
    """The whole policy by what people did, in the order of the file."""
    return [
        Part(group, tuple(_chapters(policy, group.key)))
        for group in policy.groups.values()
        if any(_chapters(policy, group.key))
    ]


def _chapters(policy: Policy, group: str) -> Iterator[Chapter]:
    for table in policy.tables:
        for side in (Side(table.group, table.title), table.other_side):
            if table.rules and side is not None and side.group == group:
                is_anothers = table.third_party and side.title == table.title
                yield Chapter(side.title, tuple(_lines(table)), is_anothers)


def main_periods(policy: Policy) -> list[InShort]:
    """The periods that most people ask about."""
    return [InShort(title, policy.periods[key].words) for key, title in MAIN.items()]


def _lines(table: Table) -> Iterator[Line]:
    """One line for what is kept equally long, of the same people, and goes in the same way."""
    alike: dict[tuple[str, str, str], list[Rule]] = {}
    for rule in table.rules:
        alike.setdefault((rule.who, rule.period.key, THEN[rule.verb]), []).append(rule)
    for (who, _period, then), rules in alike.items():
        columns = [name for rule in rules for name in rule.columns]
        yield Line(in_words(table, columns), who, rules[0].period, then)


def details(table: Table, rule: Rule) -> str:
    """The columns of a rule as people say them."""
    return in_words(table, rule.columns)


def in_words(table: Table, columns: Iterable[str]) -> str:
    """Columns as people say them, each once; a link to another row says nothing."""
    found = dict.fromkeys(filter(None, (name_of(table, name) for name in columns)))
    listed = ", ".join(found)
    return listed[:1].upper() + listed[1:]


def name_of(table: Table, column: str) -> str:
    """What people call a column; empty where it is only a link to another row."""
    if column in table.words:
        return table.words[column]
    field = model_of(table)._meta.get_field(column)
    return "" if field.is_relation else str(getattr(field, "verbose_name", ""))
