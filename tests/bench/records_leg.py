"""Client records on one database: python -m tests.bench.records_leg NAME RECORDS prints JSON."""

import dataclasses
import json
import os
import sys

# First of all: it starts the servers and names them in the environment that settings are read from.
from tests import services  # noqa: F401

# isort: split
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench import client_records, redates  # noqa: E402


def main(leg: str, records: int) -> None:
    call_command("migrate", verbosity=0)
    found = [*client_records.nights(records), *redates.measure()]
    said = [{**dataclasses.asdict(one), "name": f"{leg}: {one.name}"} for one in found]
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
