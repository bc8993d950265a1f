"""The policy as people read it: the same file that is loaded and obeyed, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from records.belongings import model_of
from records.policy import Period, Policy, Rule, Table, Verb

THEN = {
    Verb.DELETE: "It is deleted.",
    Verb.BLANK: "It is emptied; the line it stood in stays without it.",
    Verb.PSEUDONYMISE: "Something that names nobody takes its place.",
    Verb.KEEP: "It stays.",
}


@dataclass(frozen=True)
class Line:
    """Some details of one kind, and what becomes of them."""

    details: str
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
    "callback": "Requests for a callback",
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


def chapters(policy: Policy) -> list[Chapter]:
    """Every table that says something about people, in the order of the file."""
    return [
        Chapter(table.title, tuple(_lines(table)), table.third_party)
        for table in policy.tables
        if table.rules
    ]


def periods(policy: Policy) -> list[Period]:
    """Every period that something is kept for, in the order of the file."""
    used = {rule.period.key for table in policy.tables for rule in table.rules}
    return [period for key, period in policy.periods.items() if key in used]


def main_periods(policy: Policy) -> list[InShort]:
    """The periods that most people ask about."""
    return [InShort(title, policy.periods[key].words) for key, title in MAIN.items()]


def _lines(table: Table) -> Iterator[Line]:
    for rule in table.rules:
        yield Line(details(table, rule), rule.period, THEN[rule.verb])


def details(table: Table, rule: Rule) -> str:
    """The columns of a rule by the names that people read, links to other tables left out."""
    model = model_of(table)
    columns = {field.name: field for field in model._meta.concrete_fields}
    fields = [columns[name] for name in rule.columns if not columns[name].is_relation]
    names = [str(field.verbose_name) for field in fields] or [str(model._meta.verbose_name)]
    return ", ".join(dict.fromkeys(names)).capitalize()
