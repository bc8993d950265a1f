"""A register as a file: the columns that an import reads, and the answer with its citation."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction

from foundation import history
from foundation.spreadsheets import guarded, lines
from membership.models import User
from records import versions
from records.models import ClientRecord, Hold, Register
from records.retention_file import COLUMNS
from records.retention_rules import Rule, RuleSet

ANSWER = ("status", "retain_until", "rule", "citation", "why", "kept_longer_until", "because")
HEAD = (*COLUMNS, *ANSWER)
FACTS = len(COLUMNS)
CHUNK = 500


def rows(register: Register) -> Iterator[tuple[str, ...]]:
    """One row a record, in the order of references; what people typed is guarded."""
    records = register.records.order_by("reference", "pk").prefetch_related("holds")
    known = versions.adopted()
    for record in records.iterator(CHUNK):
        rule = _rule(record, known)
        yield tuple(guarded(cell) for cell in (*_facts(record), *_answer(record, rule)))


def digest(register: Register) -> str:
    """What tells whether a register is still as it was exported: of its facts, not of today."""
    found = hashlib.sha256()
    for row in rows(register):
        found.update(repr(row[:FACTS] + row[-2:]).encode())
    return found.hexdigest()


@transaction.atomic
def take(*, register_id: int, by: User, at: dt.datetime, is_owner: bool) -> Register:
    """Note that somebody takes everything out; the owner's file is what closing asks for."""
    register = Register.objects.select_for_update(of=("self",)).get(pk=register_id)
    if is_owner:
        register.exported_at, register.exported_digest = at, digest(register)
        register.save(update_fields=["exported_at", "exported_digest"])
    text = f"{register.records.count()} records"
    history.record(register.history_key, "register exported", at=at, by=by, text=text)
    return register


def file(register: Register) -> Iterator[str]:
    """The whole file, a line at a time."""
    return lines(HEAD, rows(register))


def _facts(record: ClientRecord) -> tuple[str, ...]:
    """The cells of COLUMNS; `as_of` stays empty, which means the day on which it is read."""
    return (
        record.reference,
        "",
        _day(record.born_on),
        record.capacity,
        record.category,
        _day(record.care_concluded_on),
        _day(record.last_contact_on),
        _day(record.died_on),
        _day(record.known_on),
        ";".join(_holds(record.holds.all())),
    )


def _holds(holds: Iterable[Hold]) -> Iterator[str]:
    for hold in sorted(holds, key=lambda each: (each.opened_on, each.pk)):
        yield f"{hold.kind}:{_day(hold.opened_on)}/{_day(hold.resolved_on)}"


def _answer(record: ClientRecord, rule: Rule | None) -> tuple[str, ...]:
    until = "indefinite" if record.is_indefinite else _day(record.retain_until)
    return (
        str(record.status),
        until,
        record.rule,
        rule.source if rule else "",
        record.reason,
        _day(record.extended_until),
        record.extended_because,
    )


def _rule(record: ClientRecord, known: Mapping[str, RuleSet]) -> Rule | None:
    """The rule that governs a record, out of the version by which it was judged."""
    rules = known.get(record.rule_set)
    return next((rule for rule in (rules.all if rules else ()) if rule.code == record.rule), None)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
