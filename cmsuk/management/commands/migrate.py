"""Django's own `migrate`, which holds nobody up: it gives a lock up that it does not get soon."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

PATIENCE = "5s"
NOT_AVAILABLE = "55P03"


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Whoever waits for a table holds up all who come later, so the wait is short."""
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
        try:
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
