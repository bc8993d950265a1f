"""What is kept about people, how long, why, and how it goes: `policy.toml`, read at start.

Pure: it knows neither Django nor the clock. `policy_checks` holds it against the tables there are.
"""

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from foundation.dates import add_months, add_years

FILE = Path(__file__).with_name("policy.toml")
NAMED_CLOCKS = ("left", "ties_ended")
"""Dates that no single column holds; `clocks` says how each is asked for."""


MONTH_ENDS_DIFFER_BY = 3


class Unreadable(ValueError):
    """The file does not say what it should; the words say where and what to write."""


class Verb(StrEnum):
    """What becomes of a personal column when its time is over."""

    DELETE = "delete"  # the whole row goes
    BLANK = "blank"  # the column is emptied, the row stays
    PSEUDONYMISE = "pseudonymise"  # a value that names nobody takes its place
    KEEP = "keep"  # it stays, and the period says why


@dataclass(frozen=True)
class Period:
    """How long, in words and in figures; without figures it ends with what it hangs on."""

    key: str
    words: str
    why: str
    law: str
    is_duty: bool  # a duty in law stands against erasure before the period is over
    years: int = 0
    months: int = 0
    days: int = 0

    @property
    def is_measured(self) -> bool:
        return bool(self.years or self.months or self.days)

    def ends(self, start: dt.date) -> dt.date:
        """The first day on which what began on `start` may go."""
        moved = add_months(add_years(start, self.years), self.months)
        return moved + dt.timedelta(days=self.days)

    def last_start(self, on: dt.date) -> dt.date:
        """The latest start whose period is over on a day: the reverse of `ends`, never too late."""
        guess = add_months(on, -12 * self.years - self.months) - dt.timedelta(days=self.days)
        guess += dt.timedelta(days=MONTH_ENDS_DIFFER_BY)
        while self.ends(guess) > on:
            guess -= dt.timedelta(days=1)
        return guess


@dataclass(frozen=True)
class Rule:
    """What happens to some columns of the rows that `when` picks, a period after `clock`.

    `clock` is one or more ways to a date, the first that is not empty counts; `when` are Django
    lookups. Without a clock the columns go with the person, or with what the row hangs on.
    """

    columns: tuple[str, ...]
    period: Period
    verb: Verb
    clock: tuple[str, ...]
    when: Mapping[str, Any]
    who: str  # of whom it holds, in words, where it does not hold of everybody
    done_by: str  # the sweep of another room that does it, where one does


@dataclass(frozen=True)
class Group:
    """What people did that makes us keep something: one activity in the record of processing."""

    key: str
    title: str
    purpose: str
    ground: str
    people: str
    recipients: tuple[str, ...]
    special: str  # what the law counts as special, and why it may be kept
    is_processor: bool  # kept for a member, on their instructions


@dataclass(frozen=True)
class Side:
    """A title, and the group it stands in: what a table is to one of two people."""

    group: str
    title: str


@dataclass(frozen=True)
class Table:
    """One table: whose its rows are, and each of its columns, personal or not.

    A row is somebody's by the way to a person (`whose`), by an address of theirs (`by_email`), or
    by the name under which their history is filed (`by_key`).
    """

    model: str
    title: str
    whose: str
    by_email: tuple[str, ...]
    by_key: str
    third_party: bool  # its words are another person's: a person looks before they are handed out
    rules: tuple[Rule, ...]
    plain: tuple[str, ...]
    group: str = ""
    other_side: Side | None = None  # what it is to the other person
    theirs_when: Mapping[str, Any] = field(default_factory=dict)  # picks whose is really whose
    owner_wrote: Mapping[str, Any] = field(default_factory=dict)  # picks what `whose` wrote
    told_with: tuple[str, ...] = ()  # plain columns without which the personal ones say little
    named_in: tuple[str, ...] = ()  # columns in which others may name somebody
    words: Mapping[str, str] = field(default_factory=dict)  # each column as people say it

    @property
    def personal(self) -> tuple[str, ...]:
        """Every column that says something about a person, in the order of the file."""
        return tuple(dict.fromkeys(name for rule in self.rules for name in rule.columns))


@dataclass(frozen=True)
class Policy:
    """The whole file."""

    version: str
    in_force_from: dt.date
    periods: Mapping[str, Period]
    tables: tuple[Table, ...]
    groups: Mapping[str, Group] = field(default_factory=dict)

    def table(self, model: str) -> Table | None:
        return next((one for one in self.tables if one.model == model), None)


def read(file: Path = FILE) -> Policy:
    """The policy out of its file. Raises Unreadable, naming the place."""
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as mistake:
        raise Unreadable(f"{file.name} is not readable as TOML: {mistake}.") from mistake
    periods = {key: _period(key, told) for key, told in raw.get("periods", {}).items()}
    groups = {key: _group(key, told) for key, told in raw.get("groups", {}).items()}
    shared = raw.get("words", {})
    tables = tuple(_table(told, periods, groups, shared) for told in raw.get("tables", []))
    _refuse_twins(tables)
    about = raw.get("about", {})
    return Policy(
        version=_needed(about, "version", "[about]"),
        in_force_from=_needed(about, "in_force_from", "[about]"),
        periods=periods,
        tables=tables,
        groups=groups,
    )


@cache
def in_force() -> Policy:
    """The policy as it was when the site started."""
    return read()


def _period(key: str, told: Mapping[str, Any]) -> Period:
    where = f"[periods.{key}]"
    return Period(
        key=key,
        words=_needed(told, "words", where),
        why=_needed(told, "why", where),
        law=_needed(told, "law", where),
        is_duty=told.get("duty", False),
        years=told.get("years", 0),
        months=told.get("months", 0),
        days=told.get("days", 0),
    )


def _group(key: str, told: Mapping[str, Any]) -> Group:
    where = f"[groups.{key}]"
    return Group(
        key=key,
        title=_needed(told, "title", where),
        purpose=_needed(told, "purpose", where),
        ground=_needed(told, "ground", where),
        people=_needed(told, "people", where),
        recipients=tuple(_needed(told, "recipients", where)),
        special=told.get("special", ""),
        is_processor=told.get("processor", False),
    )


def _side(model: str, told: Mapping[str, Any], groups: Mapping[str, Group]) -> Side:
    if told["group"] not in groups:
        raise Unreadable(f"{model} names the group “{told['group']}”, which is not among [groups].")
    return Side(told["group"], _needed(told, "title", model))


def _table(
    told: Mapping[str, Any],
    periods: Mapping[str, Period],
    groups: Mapping[str, Group],
    shared: Mapping[str, str],
) -> Table:
    model = _needed(told, "model", "[[tables]]")
    own = _side(model, told, groups) if "group" in told else None
    other = told.get("other_side")
    return Table(
        model=model,
        title=told.get("title", ""),
        whose=told.get("whose", ""),
        by_email=tuple(told.get("by_email", [])),
        by_key=told.get("by_key", ""),
        third_party=told.get("third_party", False),
        rules=tuple(_rule(model, rule, periods) for rule in told.get("rules", [])),
        plain=tuple(told.get("plain", [])),
        group=own.group if own else "",
        other_side=_side(model, other, groups) if other else None,
        theirs_when=told.get("theirs_when", {}),
        owner_wrote=told.get("owner_wrote", {}),
        told_with=tuple(told.get("told_with", [])),
        named_in=tuple(told.get("named_in", [])),
        words={**shared, **told.get("words", {})},
    )


def _rule(model: str, told: Mapping[str, Any], periods: Mapping[str, Period]) -> Rule:
    where = f"a rule of {model}"
    period = _needed(told, "period", where)
    if period not in periods:
        raise Unreadable(f"{where} names the period “{period}”, which is not among [periods].")
    verb = _needed(told, "verb", where)
    if verb not in set(Verb):
        raise Unreadable(f"{where} says “{verb}”: write {', '.join(Verb)}.")
    return Rule(
        columns=tuple(_needed(told, "columns", where)),
        period=periods[period],
        verb=Verb(verb),
        clock=tuple(told.get("clock", [])),
        when=told.get("when", {}),
        who=told.get("who", ""),
        done_by=told.get("done_by", ""),
    )


def _needed(told: Mapping[str, Any], name: str, where: str) -> Any:
    if not told.get(name):
        raise Unreadable(f"{where} lacks “{name}”.")
    return told[name]


def _refuse_twins(tables: tuple[Table, ...]) -> None:
    for twin in _twins([table.model for table in tables]):
        raise Unreadable(f"{twin} stands in two [[tables]]; put them together.")
    for table in tables:
        for twin in _twins([*table.personal, *table.plain]):
            raise Unreadable(f"{table.model}.{twin} is said to be personal and plain; choose one.")


def _twins(names: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield name
        seen.add(name)
