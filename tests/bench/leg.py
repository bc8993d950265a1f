"""All measurements on one database: python -m tests.bench.leg NAME MEMBERS prints them as JSON."""

import dataclasses
import json
import os
import sys
import time

# First of all: it starts the servers and names them in the environment that settings are read from.
from tests import services  # noqa: F401

# isort: split
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench import bare_settings, counts, many, pages, statements, writes  # noqa: E402
from tests.bench.site import Site  # noqa: E402

SMALL = 1_000


def main(leg: str, listed: int) -> None:
    bare_settings.apply()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    found = counts.measure()
    found += writes.measure()
    with Site() as site:
        few = at_size(site, SMALL)
        most = at_size(site, listed)
        found += [*few, *most, *pages.growth(few, most)]
        found += pages.mixtures(site, scale=f"{listed:,} listed")
        found += pages.others(site, scale=f"{listed:,} listed")
    found += statements.measure()
    said = [{**dataclasses.asdict(one), "name": f"{leg}: {one.name}"} for one in found]
    json.dump(said, sys.stdout)


def at_size(site: Site, listed: int) -> list:
    began = time.monotonic()
    many.fill(listed)
    sys.stderr.write(f"{listed:,} listed after {time.monotonic() - began:.0f} seconds\n")
    return pages.directory(site, scale=f"{listed:,} listed")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
