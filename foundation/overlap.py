"""A constraint that both databases keep: periods of one owner never share a day.

PostgreSQL has exclusion constraints for this. SQLite has none, so two triggers hold it there; they
come back with every migration that makes the table anew, as a conditional index does.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.ddl_references import Statement, Table

# Ranges of both, so that no extension has to be installed: a number is a range of one.
EXCLUDES = (
    "CONSTRAINT %(name)s EXCLUDE USING gist (int8range(%(owner)s, %(owner)s, '[]') WITH &&, "
    "daterange(%(first)s, %(last)s, '[]') WITH &&) WHERE (%(first)s IS NOT NULL)"
)
ADD = "ALTER TABLE %(table)s ADD %(constraint)s"
REMOVE = "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s"
TRIGGER = (
    "CREATE TRIGGER %(name)s BEFORE %(event)s ON %(table)s WHEN EXISTS (SELECT 1 FROM %(table)s "
    "AS other WHERE other.%(owner)s = NEW.%(owner)s AND other.id IS NOT NEW.id "
    "AND other.%(first)s <= NEW.%(last)s AND other.%(last)s >= NEW.%(first)s) "
    "BEGIN SELECT RAISE(ABORT, '%(words)s'); END"
)


class NoOverlap(models.BaseConstraint):
    """No two rows of one owner hold the same day; rows without a period do not count."""

    def __init__(self, *, owner: str, first: str, last: str, name: str, **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.owner, self.first, self.last = owner, first, last

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Part of the table, or triggers that are made once the table stands."""
        if schema_editor.connection.vendor == "postgresql":
            return Statement(EXCLUDES, **self._parts(model, schema_editor))
        schema_editor.deferred_sql.extend(
            Statement(TRIGGER, **self._parts(model, schema_editor, event=event))
            for event in ("INSERT", "UPDATE")
        )
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """SQLite makes the table anew instead, which asks `constraint_sql`."""
        constraint = self.constraint_sql(model, schema_editor)
        if constraint is None:
            return schema_editor.deferred_sql.pop()
        return Statement(
            ADD, table=Table(model._meta.db_table, schema_editor.quote_name), constraint=constraint
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """On PostgreSQL; the triggers of SQLite go with the table that is replaced."""
        return Statement(
            REMOVE,
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
        )

    def validate(
        self,
        model: Any,
        instance: models.Model,
        exclude: Iterable[str] | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        """The same before it is saved, for forms."""
        first, last = getattr(instance, self.first), getattr(instance, self.last)
        if first is None or last is None:
            return
        owner = model._meta.get_field(self.owner)
        same = {owner.attname: getattr(instance, owner.attname)}
        others = model._default_manager.using(using).exclude(pk=instance.pk)
        if others.filter(**same, **{f"{self.first}__lte": last, f"{self.last}__gte": first}):
            raise ValidationError(self.get_violation_error_message())

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "owner": self.owner, "first": self.first, "last": self.last}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.owner, self.first, self.last))

    def _parts(self, model: Any, editor: Any, event: str = "") -> dict[str, Any]:
        def column(name: str) -> str:
            return str(editor.quote_name(model._meta.get_field(name).column))

        return {
            "name": editor.quote_name(f"{self.name}_{event.lower()}" if event else self.name),
            "table": Table(model._meta.db_table, editor.quote_name),
            "event": event,
            "owner": column(self.owner),
            "first": column(self.first),
            "last": column(self.last),
            "words": self.name,
        }
