"""All measurements on one database: python -m tests.bench.leg NAME MEMBERS prints them as JSON."""

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

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from tests.bench import counts, pages, statements, writes  # noqa: E402

SMALL = 1_000


def main(leg: str, members: int) -> None:
    settings.ROOT_URLCONF = "tests.bench.bare"
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    found = counts.measure()
    few = pages.measure(SMALL, records=SMALL)
    many = pages.measure(members, records=members)
    found += [*few, *many, *pages.growth(few, many)]
    found += statements.measure()
    found += writes.measure(members)
    said = [{**dataclasses.asdict(one), "name": f"{leg}: {one.name}"} for one in found]
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
