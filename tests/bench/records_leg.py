"""Client records on one database: python -m tests.bench.records_leg NAME RECORDS [PART ...]."""

import os
import sys
from collections.abc import Callable

# First of all: it starts the servers and names them in the environment that settings are read from.
from tests import services  # noqa: F401

# isort: split
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.bench import client_records, redates  # noqa: E402
from tests.bench.filling_records import fill  # noqa: E402
from tests.bench.said import say  # noqa: E402
from tests.bench.timing import Result  # noqa: E402


def main(leg: str, records: int, *parts: str) -> None:
    call_command("migrate", verbosity=0)
    for part in parts or PARTS:
        say(leg, part, lambda: PARTS[part](records))  # noqa: B023  # called at once


def dates(records: int) -> list[Result]:
    fill(records, due=client_records.DUE, on=timezone.localdate())
    return redates.measure()


PARTS: dict[str, Callable[[int], list[Result]]] = {
    "nights": client_records.nights,
    "dates": dates,
}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
