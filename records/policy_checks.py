"""Holds `policy.toml` against the tables: a column that it does not name stops the build."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.fields.files import FileField

from records.policy import NAMED_CLOCKS, Policy, Rule, Table, Unreadable, Verb, read

SAY_SO = "Name it in records/policy.toml: under plain, or in a rule with a period and a verb."


def every_column_has_a_policy(
    app_configs: Sequence[AppConfig] | None, **_kwargs: Any
) -> list[checks.CheckMessage]:
    """Every concrete column of every installed table is named once, and each rule can be done."""
    try:
        return list(faults(read(), apps.get_models(include_auto_created=True)))
    except Unreadable as mistake:
        return [checks.Error(str(mistake), id="records.E001")]


def faults(policy: Policy, tables: Sequence[type[models.Model]]) -> Iterator[checks.CheckMessage]:
    """What the file lacks, has too much, or asks for in vain."""
    labels = {model._meta.label for model in tables}
    for table in policy.tables:
        if table.model not in labels:
            hint = "Take it out of records/policy.toml, or put its name right."
            yield checks.Error(f"There is no table {table.model}.", hint=hint, id="records.E002")
    for model in tables:
        yield from _faults_of(model, policy.table(model._meta.label))


def _faults_of(model: type[models.Model], table: Table | None) -> Iterator[checks.CheckMessage]:
    label = model._meta.label
    there = [field.name for field in model._meta.concrete_fields]
    named = [] if table is None else [*table.personal, *table.plain]
    for name in there:
        if name not in named:
            words = f"{label}.{name} has no policy: how long is it kept, why, and how does it go?"
            yield checks.Error(words, hint=SAY_SO, id="records.E003")
    told = [] if table is None else [*table.told_with, *table.named_in]
    for name in [*named, *told]:
        if name not in there:
            words = f"records/policy.toml names {label}.{name}, which there is not."
            yield checks.Error(words, hint="Take it out.", id="records.E004")
    if table is not None:
        yield from _faults_of_rules(model, table)


def _faults_of_rules(model: type[models.Model], table: Table) -> Iterator[checks.CheckMessage]:
    if table.rules and not (table.title and table.group):
        words = f"{table.model} holds personal columns: give it a title and a group for people."
        yield checks.Error(words, id="records.E005")
    yield from _faults_of_words(model, table)
    if any(set(rule.columns) <= _unnamed(model, table) for rule in table.rules):
        words = (
            f"{table.model}: a rule has nothing to show. Say under `words` what its columns are."
        )
        yield checks.Error(words, id="records.E010")
    lookups = (*table.theirs_when, *table.owner_wrote)
    for way in filter(None, (table.whose, table.by_key, *table.by_email, *lookups)):
        if not _leads_somewhere(model, way):
            words = f"“{way}” leads from {table.model} to nobody."
            yield checks.Error(words, id="records.E006")
    for rule in table.rules:
        yield from _faults_of_rule(model, table, rule)


def _faults_of_words(model: type[models.Model], table: Table) -> Iterator[checks.CheckMessage]:
    """Whatever people read is said in plain words, and of whom, where that is not everybody."""
    there = {field.name: field for field in model._meta.concrete_fields}
    for name in (*table.personal, *table.told_with):
        if name in there and has_raw_name(there[name]) and name not in table.words:
            words = f"{table.model}.{name} would show its raw name: say what it is under `words`."
            yield checks.Error(words, id="records.E010")
    for name in table.personal:
        whose = {(rule.period.key, rule.who) for rule in table.rules if name in rule.columns}
        if len(whose) > 1 and not all(who for _period, who in whose):
            words = f"{table.model}.{name} has several periods: say under `who` whose each is."
            yield checks.Error(words, id="records.E011")


def _unnamed(model: type[models.Model], table: Table) -> set[str]:
    """Links to other rows that no words stand for."""
    links = {field.name for field in model._meta.concrete_fields if field.is_relation}
    return links - set(table.words)


def has_raw_name(field: Any) -> bool:
    """Whether Django made up what a column is called. A link to another row is not shown."""
    made_up = str(field.verbose_name) == str(field.name).replace("_", " ")
    return made_up and not field.is_relation


def _faults_of_rule(
    model: type[models.Model], table: Table, rule: Rule
) -> Iterator[checks.CheckMessage]:
    if rule.period.is_measured and not rule.clock and rule.verb != Verb.KEEP:
        words = f"{table.model}: the period “{rule.period.key}” is measured, but from which date?"
        yield checks.Error(words, hint="Give the rule a clock.", id="records.E007")
    if rule.done_by and find_spec(rule.done_by) is None:
        words = f"{table.model}: {rule.done_by} is said to do it, and there is no such module."
        yield checks.Error(words, id="records.E012")
    for way in (*rule.clock, *rule.when):
        if way not in NAMED_CLOCKS and not _leads_somewhere(model, way):
            words = f"{table.model}: “{way}” is no way to a column."
            yield checks.Error(words, id="records.E008")
    if rule.verb == Verb.BLANK:
        for name in rule.columns:
            if not can_be_blank(model, name):
                words = f"{table.model}.{name} cannot be emptied: pseudonymise it, or delete."
                yield checks.Error(words, id="records.E009")


def _leads_somewhere(model: type[models.Model], way: str) -> bool:
    """Whether Django can follow a lookup, whatever it compares with at its end."""
    path = way.removesuffix("__in").removesuffix("__isnull").removesuffix("__gt")
    try:
        model._default_manager.filter(**{f"{path}__isnull": True})
    except FieldError:
        return False
    return True


def can_be_blank(model: type[models.Model], name: str) -> bool:
    """Whether a column may hold nothing: null, an empty text, list or dict."""
    field = model._meta.get_field(name)
    if getattr(field, "null", False):
        return True
    text = isinstance(field, models.CharField | models.TextField | FileField)
    return text or isinstance(field, models.JSONField)
