"""Triggers by which the database itself refuses to change, cut or empty the history.

A migration on SQLite makes a table anew and loses its triggers: one that changes these tables ends
with `put_on`. `take_off` is for tests, which tamper, and for nobody else.
"""

from collections.abc import Iterable, Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

FIXED = {
    "foundation_event": (
        *("digest", "chain_id", "number", "at", "actor", "verb", "text_digest", "previous"),
    ),
    "foundation_anchoredhead": ("leaf", "anchor", "chain_id", "number", "digest"),
    "foundation_chain": ("subject_key",),
}
# What an update may do all the same: erase words with their salt, and move a head on by one line.
ALLOWED = {
    "foundation_event": (
        "(NEW.text = OLD.text AND NEW.salt = OLD.salt) OR (NEW.text = '' AND NEW.salt = '')"
    ),
    "foundation_anchoredhead": "1 = 1",
    "foundation_chain": "NEW.length = OLD.length + 1",
}


def put_on(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers; where there are some already they are made anew."""
    _run(connection, [*_take_off(connection.vendor), *_put_on(connection.vendor)])


def take_off(connection: BaseDatabaseWrapper) -> None:
    _run(connection, _take_off(connection.vendor))


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _put_on(vendor: str) -> Iterator[str]:
    for table in FIXED:
        yield from _postgresql(table) if vendor == "postgresql" else _sqlite(table)


def _take_off(vendor: str) -> Iterator[str]:
    for table in FIXED:
        for event in _events(vendor):
            on = f" ON {table}" if vendor == "postgresql" else ""
            yield f"DROP TRIGGER IF EXISTS {table}_{event}{on}"


def _events(vendor: str) -> tuple[str, ...]:
    return ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")


def _sqlite(table: str) -> Iterator[str]:
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in FIXED[table])
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is added to only'); END"
    when = f"WHEN NOT ({same} AND ({ALLOWED[table]}))"
    yield f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW {when} {refuse}"
    yield f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}"


def _postgresql(table: str) -> Iterator[str]:
    same = " AND ".join(f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in FIXED[table])
    yield (
        f"CREATE OR REPLACE FUNCTION {table}_is_added_to_only() RETURNS trigger AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} is added to only' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
    )
    refuse = f"EXECUTE FUNCTION {table}_is_added_to_only()"
    when = f"WHEN (NOT ({same} AND ({ALLOWED[table]})))"
    yield f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW {when} {refuse}"
    yield f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}"
    yield (
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"
    )
