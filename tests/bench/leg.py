"""All measurements on one database, or those of one part of them, printed as JSON:

python -m tests.bench.leg NAME LISTED [PART]
"""

import dataclasses
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# First of all: it starts the servers and names them in the environment that settings are read from.
from tests import services  # noqa: F401

# isort: split
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from tests.bench import (  # noqa: E402
    bare_settings,
    books,
    counts,
    doors,
    many,
    memory,
    pages,
    plans,
    statements,
    writes,
)
from tests.bench.site import Site  # noqa: E402
from tests.bench.timing import Result  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
SOME = "as asked"
Measure = Callable[[int], list[Result]]


def main(leg: str, listed: int, part: str = "") -> None:
    bare_settings.apply()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    found = PARTS[part](listed) if part else everything(listed)
    said = [{**dataclasses.asdict(one), "name": f"{leg}: {one.name}"} for one in found]
    json.dump(said, sys.stdout)


def everything(listed: int) -> list[Result]:
    found = [*counts.measure(), *books.settling(), *writes.measure()]
    with served() as site:
        found += at_every_size(site, listed)
        found += doors.measure(site)
    scale = f"{listed:,} listed"
    found += [*books.lapsing(scale=scale), *statements.measure()]
    return found + memory.two_workers(scale=scale)


@contextmanager
def served() -> Iterator[Site]:
    """The portal, which asks a pretend PayPal."""
    with doors.pretend_paypal() as paypal:
        # For the process that is measured, which reads it as it starts.
        os.environ["PAYPAL_ENDPOINT"] = settings.PAYPAL_ENDPOINT = paypal.url
        with Site() as site:
            yield site


def filled(measure: Measure) -> Measure:
    """The same after so many were made."""

    def after(listed: int) -> list[Result]:
        many.fill(listed)
        return measure(listed)

    return after


def through_the_site(measure: Callable[[Site], list[Result]]) -> Measure:
    """The same asked through gunicorn."""

    def asked(_listed: int) -> list[Result]:
        with served() as site:
            return measure(site)

    return asked


PARTS: dict[str, Measure] = {
    "counts": lambda _listed: counts.measure(),
    "settling": lambda _listed: books.settling(),
    "history": lambda _listed: writes.measure(),
    "directory": filled(through_the_site(lambda site: pages.directory(site, scale=SOME))),
    "pages": filled(through_the_site(lambda site: pages.others(site, scale=SOME))),
    "doors": filled(through_the_site(doors.measure)),
    "lapsing": filled(lambda listed: books.lapsing(scale=f"{listed:,} listed")),
    "statement": filled(lambda _listed: statements.measure()),
    "memory": filled(lambda listed: memory.two_workers(scale=f"{listed:,} listed")),
}


def at_every_size(site: Site, listed: int) -> list[Result]:
    """The directory at each size up to the one that was asked for, everything else there alone."""
    by_size = [at_size(site, size) for size in [*(one for one in SIZES if one < listed), listed]]
    found = [one for results in by_size for one in results]
    found += pages.growth(by_size[0], by_size[-1])
    scale = f"{listed:,} listed"
    found += [*pages.mixtures(site, scale=scale), *pages.others(site, scale=scale)]
    return found + plans.measure(scale=scale) + memory.measure(site, scale=scale)


def at_size(site: Site, listed: int) -> list[Result]:
    began = time.monotonic()
    many.fill(listed)
    sys.stderr.write(f"{listed:,} listed after {time.monotonic() - began:.0f} seconds\n")
    return pages.directory(site, scale=f"{listed:,} listed")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
