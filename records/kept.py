"""What is kept about somebody, gathered by what they did, and when it goes, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from foundation.dates import in_words
from foundation.prepared import Prepared, as_day, blanks, prepare
from membership.models import Person
from records import clocks
from records.erasure import Item
from records.policy import Group, Policy, in_force

PROMISES = (
    ("evidence", "left", "what showed that you meet the criteria"),
    ("ties", "ties_ended", "your login and your details"),
    ("register", "left", "your entry in the register of members"),
)
"""The periods that the profile tells of: from which clock, and of what."""
CLOCKS = ("left", "ties_ended")


@dataclass(frozen=True)
class Kept:
    """What of one table goes together."""

    title: str
    details: tuple[str, ...]
    rows: int
    when: str
    why: str
    law: str


@dataclass(frozen=True)
class Part:
    """What is kept of somebody because of one thing that they did."""

    group: Group
    kept: tuple[Kept, ...]


def parts(items: Iterable[Item], policy: Policy) -> list[Part]:
    """The plan by groups, in the order of the policy; what goes together is told once."""
    found: dict[str, dict[tuple[str, str, str], list[Item]]] = {}
    for item in items:
        alike = found.setdefault(item.group, {})
        alike.setdefault((item.title, when(item), item.why), []).append(item)
    return [
        Part(group, tuple(map(_kept, found[group.key].values())))
        for group in policy.groups.values()
        if group.key in found
    ]


def when(item: Item) -> str:
    """When it goes, as exactly as can be said."""
    if item.until:
        return f"Until {in_words(item.until)}, because the law asks for it."
    if item.goes_on:
        return f"If nothing changes, it goes on {in_words(item.goes_on)}."
    return f"Kept {item.kept}."


def promise(person: Person, *, on: dt.date) -> str:
    """The line “when will this go” of the profile. One query."""
    [row] = _ask_clocks().rows([person.pk])
    known = dict(zip(CLOCKS, map(as_day, row), strict=True))
    told = [
        f"{what} on {in_words(day)}"
        for period, clock, what in PROMISES
        if (began := known[clock]) and (day := in_force().periods[period].ends(began)) > on
    ]
    if known["ties_ended"] is None:
        return "Nothing goes while you have an open application, or client records here."
    return f"If nothing changes, we delete {_listed(told)}." if told else ""


@cache
def _ask_clocks() -> Prepared:
    """The days of one person; the blank stands for them."""
    dated = Person.objects.annotate(left=clocks.left("pk"), ties_ended=clocks.ties_ended("pk"))
    return prepare(dated.filter(pk__in=blanks(1)).values_list(*CLOCKS))


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _kept(items: list[Item]) -> Kept:
    first = items[0]
    return Kept(
        title=first.title,
        details=tuple(dict.fromkeys(item.details for item in items)),
        rows=max(item.rows for item in items),
        when=when(first),
        why=first.why,
        law=first.law,
    )
