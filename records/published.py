"""The policy as people read it: the same file that is loaded and obeyed, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from records.policy import Policy, Rule, Table, Verb

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
    how_long: str
    then: str
    why: str
    law: str
    is_duty: bool


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


def main_periods(policy: Policy) -> list[InShort]:
    """The periods that most people ask about."""
    return [InShort(title, policy.periods[key].words) for key, title in MAIN.items()]


def _lines(table: Table) -> Iterator[Line]:
    for rule in table.rules:
        period = rule.period
        yield Line(
            details=details(table, rule),
            how_long=period.words,
            then=THEN[rule.verb],
            why=period.why,
            law=period.law,
            is_duty=period.is_duty,
        )


def details(table: Table, rule: Rule) -> str:
    """The columns of a rule by the names that people read, links to other tables left out."""
    model = apps.get_model(*_app_and_name(table.model))
    fields = [model._meta.get_field(name) for name in rule.columns]
    names = [str(field.verbose_name) for field in fields if not field.is_relation]
    return ", ".join(dict.fromkeys(names or [str(model._meta.verbose_name)])).capitalize()


def _app_and_name(label: str) -> tuple[str, str]:
    app, name = label.split(".")
    return app, name
