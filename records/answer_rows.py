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
    """The answer of a record, and its columns in the order of ANSWER."""
    result = assess(row.facts, rules=rules, on=on)
    return result, columns(row.facts, result, rules=rules, on=on)


def write_overtaken(answers: Sequence[tuple[int, tuple[Any, ...]]], *, on: dt.date) -> None:
    """Store by key the answers of records that time had overtaken, and still has.

    What comes due together has the same answer, so a statement for each answer is enough. Whoever
    changes a record answers for it at the same time, so that it is no longer overtaken: no lock.
    """
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for key, answer in answers:
        alike[answer].append(key)
    for answer, keys in alike.items():
        overtaken = ClientRecord.objects.overtaken(on).filter(pk__in=keys)
        overtaken.update(**dict(zip(ANSWER, answer, strict=True)))


def write(answers: Sequence[tuple[int, tuple[Any, ...]]]) -> None:
    """Store by key the answers of records that are under lock, whatever they are."""
    if not answers:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            rows = [(key, *answer) for key, answer in answers]
            cursor.execute(_from_arrays(), [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(_one_row(), [(*answer, key) for key, answer in answers])


def _column(name: str) -> str:
    """A field as the database calls it."""
    fields = ClientRecord._meta.concrete_fields
    return next(str(field.column) for field in fields if field.name == name)


def _from_arrays() -> str:
    """One statement for any number of rows: a list for each column."""
    meta = ClientRecord._meta
    table, key = meta.db_table, _column(meta.pk.name)
    names = [_column(name) for name in ANSWER]
    kinds = [meta.get_field(name).db_type(connection) for name in (meta.pk.name, *ANSWER)]
    return (
        f"UPDATE {table} SET {', '.join(f'{name} = new.{name}' for name in names)} "  # noqa: S608
        f"FROM unnest({', '.join(f'%s::{kind}[]' for kind in kinds)}) "
        f"AS new({', '.join((key, *names))}) WHERE {table}.{key} = new.{key}"
    )


def _one_row() -> str:
    meta = ClientRecord._meta
    names = [_column(name) for name in ANSWER]
    assigned = ", ".join(f"{name} = %s" for name in names)
    return f"UPDATE {meta.db_table} SET {assigned} WHERE {_column(meta.pk.name)} = %s"  # noqa: S608


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
