"""Processor time of this process and of the database server that works for it."""

from pathlib import Path

from django.db import connection

from tests.bench.timing import processor

NANOSECONDS = 1_000_000


def processor_and_database() -> float:
    """Milliseconds; PostgreSQL works in a process of its own, SQLite in ours."""
    if connection.vendor != "postgresql":
        return processor()
    server = connection.connection.get_backend_pid() if connection.connection else None
    used = Path(f"/proc/{server}/schedstat")
    return processor() + (int(used.read_text().split()[0]) / NANOSECONDS if server else 0)
