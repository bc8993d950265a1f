"""Empties the cache that is a table of what is over: Redis does so by itself, a table does not."""

from django.conf import settings
from django.db import connection
from django.utils import timezone

A_TABLE = "django.core.cache.backends.db.DatabaseCache"


def forget() -> int:
    """How many entries went; none where the cache is no table."""
    known = settings.CACHES["default"]
    if known["BACKEND"] != A_TABLE:
        return 0
    table = connection.ops.quote_name(known["LOCATION"])
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - our own name
        return int(cursor.rowcount)
