"""Django's own `migrate`, which holds nobody up: it gives a lock up that it does not get soon.

It also refuses a database that stopped half way through migrations which others stand for now:
Django would take it as it is, and leave out what is missing.
"""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

PATIENCE = "5s"
NOT_AVAILABLE = "55P03"


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Whoever waits for a table holds up all who come later, so the wait is short."""
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            refuse_half_done(connection)
            super().handle(*args, **options)
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
        try:
            refuse_half_done(connection)
            super().handle(*args, **options)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", "") != NOT_AVAILABLE:
                raise
            raise CommandError(
                f"A table was in use for longer than {PATIENCE}. What came before is done; run "
                "migrate again in a quieter minute."
            ) from error
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")


def refuse_half_done(connection: BaseDatabaseWrapper) -> None:
    """Raise CommandError where some of what one migration replaces was applied, and some not."""
    loader = MigrationLoader(connection)
    for name, newer in loader.replacements.items():
        missing = set(newer.replaces) - set(loader.applied_migrations)
        if missing and missing != set(newer.replaces):
            raise CommandError(
                f"This database stopped before {'.'.join(min(missing))}, which {'.'.join(name)} "
                "stands for now. Bring it as far with the version that it was made by, or begin "
                "with an empty one."
            )
