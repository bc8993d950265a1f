"""Reads the facts of many records and writes their answers, each in one statement.

Row by row a million records would take hours. What a record's answer is, the rules say, in Python.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from records.models import ClientRecord, ClientRecordQuerySet, Hold
from records.reckoning import ANSWER, columns
from records.retention import INDEFINITE, Retention, Status, assess
from records.retention_facts import Capacity, Category, Facts, HoldKind
from records.retention_facts import Hold as HoldFact
from records.retention_moves import Until
from records.retention_rules import LACKS_CAPACITY, RuleSet

READ = (
    "pk",
    "born_on",
    "capacity",
    "category",
    "care_concluded_on",
    "last_contact_on",
    "died_on",
    "known_on",
    "status",
    "retain_until",
    "rule",
)
CAPACITIES = {each.value: each for each in Capacity}
CATEGORIES: Mapping[str, Category | None] = {"": None, **{each.value: each for each in Category}}
STATUSES = {each.value: each for each in Status}
KINDS = {each.value: each for each in HoldKind}
NONE: tuple[HoldFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is judged: its key, its facts, and the answer that is stored."""

    pk: int
    facts: Facts
    status: Status
    until: Until


def read(records: ClientRecordQuerySet) -> list[Row]:
    """These records, in their order. Two queries."""
    found = list(records.values_list(*READ))
    holds = _holds([row[0] for row in found])
    return [_row(row, holds) for row in found]


def judge(row: Row, *, rules: RuleSet, on: dt.date) -> tuple[Retention, tuple[Any, ...]]:
    """The answer of a record, and what is to be written of it: its key, then its columns."""
    result = assess(row.facts, rules=rules, on=on)
    return result, (row.pk, *columns(row.facts, result, rules=rules, on=on))


def write(answers: Sequence[tuple[Any, ...]]) -> None:
    """Store answers as `judge` gives them."""
    if not answers:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_from_arrays(), [list(column) for column in zip(*answers, strict=True)])
        else:
            cursor.executemany(_one_row(), [(*answer[1:], answer[0]) for answer in answers])


def _from_arrays() -> str:
    """One statement for any number of rows: a list for each column."""
    meta = ClientRecord._meta
    key = meta.pk.column
    names = [meta.get_field(name).column for name in ANSWER]
    kinds = [meta.get_field(name).db_type(connection) for name in (meta.pk.name, *ANSWER)]
    return (
        f"UPDATE {meta.db_table} AS record SET {', '.join(f'{n} = new.{n}' for n in names)} "  # noqa: S608
        f"FROM unnest({', '.join(f'%s::{kind}[]' for kind in kinds)}) "
        f"AS new({', '.join((key, *names))}) WHERE record.{key} = new.{key}"
    )


def _one_row() -> str:
    meta = ClientRecord._meta
    names = [meta.get_field(name).column for name in ANSWER]
    assigned = ", ".join(f"{name} = %s" for name in names)
    return f"UPDATE {meta.db_table} SET {assigned} WHERE {meta.pk.column} = %s"  # noqa: S608


def _holds(keys: Sequence[int]) -> Mapping[int, tuple[HoldFact, ...]]:
    found: dict[int, tuple[HoldFact, ...]] = defaultdict(tuple)
    rows = Hold.objects.filter(record_id__in=keys).order_by("pk")
    for key, kind, opened_on, resolved_on in rows.values_list(
        "record_id", "kind", "opened_on", "resolved_on"
    ):
        found[key] += (HoldFact(KINDS[kind], opened_on, resolved_on),)
    return found


def _row(row: tuple[Any, ...], holds: Mapping[int, tuple[HoldFact, ...]]) -> Row:
    key, born, capacity, category, ended, contact, died, known, status, until, rule = row
    facts = Facts(
        born_on=born,
        capacity=CAPACITIES[capacity],
        category=CATEGORIES[category],
        care_concluded_on=ended,
        last_contact_on=contact,
        died_on=died,
        known_on=known,
        holds=holds.get(key, NONE),
    )
    return Row(
        pk=key,
        facts=facts,
        status=STATUSES[status],
        until=INDEFINITE if rule == LACKS_CAPACITY.code else until,
    )
