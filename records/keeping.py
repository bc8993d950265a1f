"""The nightly clean-up: what the policy says is over goes. It never touches a client record.

A killed run is taken up by the next one: each lot is a transaction, and what is done is not due.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError, Q, QuerySet, Value
from django.utils import timezone

from foundation import expired, history
from foundation.nameless import NAMES_NOBODY, nobodys_addresses
from foundation.one_by_one import each, in_turn
from membership import old_logins
from membership.models import User
from records.belongings import model_of
from records.clocks import with_clock
from records.policy import Policy, Rule, Table, Verb, in_force

LOT = 500
REMOVED = "Removed"
HISTORY_KEY = "policy clean-up"


@dataclass(frozen=True)
class Cleaned:
    """What one rule found to be over."""

    table: str
    columns: tuple[str, ...]
    verb: Verb
    rows: int


def run(*, on: dt.date) -> list[Cleaned]:
    """Do what is due on a day. Twice is the same as once."""
    cleaned: list[Cleaned] = []

    def clean(one: tuple[Table, Rule]) -> None:
        table, rule = one
        if rows := _work_through(table, rule, on):
            cleaned.append(Cleaned(table.model, rule.columns, rule.verb, rows))

    in_turn(lambda: each(_ours(in_force()), clean), expired.forget, lambda: _note(cleaned))
    return cleaned


def _note(cleaned: list[Cleaned]) -> None:
    if cleaned:
        lines = "\n".join(f"{one.table}: {one.verb} {one.rows}" for one in cleaned)
        history.record(HISTORY_KEY, "cleaned up", at=timezone.now(), by=None, text=lines)


def rehearse(*, on: dt.date) -> list[Cleaned]:
    """What `run` would do, one rule at a time; nothing changes."""
    found = [
        Cleaned(table.model, rule.columns, rule.verb, due(table, rule, on=on).count())
        for table, rule in _ours(in_force())
    ]
    return [one for one in found if one.rows]


def due(table: Table, rule: Rule, *, on: dt.date) -> QuerySet:
    """The rows whose period is over and with whom it has not been done yet."""
    picked = model_of(table)._default_manager.filter(**rule.when).distinct()
    rows = with_clock(picked, rule.clock, whose=table.whose)
    over: QuerySet = rows.filter(clock_on__lte=rule.period.last_start(on))
    return over if rule.verb is Verb.DELETE else over.exclude(_done(over.model, rule))


def _ours(policy: Policy) -> Iterator[tuple[Table, Rule]]:
    for table in policy.tables:
        for rule in table.rules:
            if rule.clock and rule.verb is not Verb.KEEP and not rule.done_by:
                yield table, rule


def _work_through(table: Table, rule: Rule, on: dt.date) -> int:
    done = last = 0
    while lot := _one_lot(table, rule, on, last):
        done += len(lot)
        last = lot[-1]
    return done


@transaction.atomic
def _one_lot(table: Table, rule: Rule, on: dt.date, last: int) -> list[int]:
    rows = due(table, rule, on=on).filter(pk__gt=last).order_by("pk")
    lot = list(rows.values_list("pk", flat=True)[:LOT])
    if lot:
        apply(rule, model_of(table)._default_manager.filter(pk__in=lot))
    return lot


def apply(rule: Rule, rows: QuerySet) -> None:
    """Do what a rule says to some rows, whether their time is over or not."""
    if rule.verb is Verb.DELETE:
        _delete(rows)
    elif rule.verb is Verb.BLANK:
        rows.update(**{name: empty(rows.model, name) for name in rule.columns})
    elif rule.verb is Verb.PSEUDONYMISE:
        for name in rule.columns:
            rows.update(**{name: _nobody(rows.model, name)})


def _delete(rows: QuerySet) -> None:
    """A login that signed decisions stays with them, and names nobody."""
    try:
        with transaction.atomic():
            rows.delete()
    except ProtectedError:
        if rows.model is not User:
            raise
        for login in rows:
            _delete_login(login)


def _delete_login(login: User) -> None:
    try:
        with transaction.atomic():
            login.delete()
    except ProtectedError:
        old_logins.make_nameless(login.pk)


def empty(model: type[models.Model], name: str) -> Any:
    """What a column holds when it holds nothing."""
    field = model._meta.get_field(name)
    if field.null:
        return None
    return field.get_default() if isinstance(field, models.JSONField) else ""


def _done(model: type[models.Model], rule: Rule) -> Q:
    """The rows on which a rule has nothing left to do."""
    if rule.verb is Verb.BLANK:
        return Q(**{name: empty(model, name) for name in rule.columns})
    return Q(**dict(_marks(model, rule)))


def _marks(model: type[models.Model], rule: Rule) -> Iterator[tuple[str, str]]:
    for name in rule.columns:
        if isinstance(model._meta.get_field(name), models.EmailField):
            yield f"{name}__endswith", f"@{NAMES_NOBODY}"
        else:
            yield name, REMOVED


def _nobody(model: type[models.Model], name: str) -> Any:
    """What stands for a value that has gone: an address of nobody's, or the word itself."""
    if isinstance(model._meta.get_field(name), models.EmailField):
        return nobodys_addresses()
    return Value(REMOVED)
