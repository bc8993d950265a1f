"""Measurements on one database, part after part, each printed as a line of JSON when it is done:

python -m tests.bench.leg NAME LISTED [PART ...]
"""

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
    news,
    pages,
    plans,
    statements,
    writes,
)
from tests.bench.said import say  # noqa: E402
from tests.bench.site import Site  # noqa: E402
from tests.bench.timing import Result  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
Measure = Callable[[int], list[Result]]


def main(leg: str, listed: int, *parts: str) -> None:
    bare_settings.apply()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    for part in parts or PARTS:
        say(leg, part, lambda: PARTS[part](listed))  # noqa: B023  # called at once


@contextmanager
def served() -> Iterator[Site]:
    """The portal, which asks a pretend PayPal."""
    with doors.pretend_paypal() as paypal:
        # For the process that is measured, which reads it as it starts.
        os.environ["PAYPAL_ENDPOINT"] = settings.PAYPAL_ENDPOINT = paypal.url
        with Site() as site:
            yield site


def filled(measure: Measure) -> Measure:
    """The same after so many were made, which is done once."""

    def after(listed: int) -> list[Result]:
        fill(listed)
        return measure(listed)

    return after


def fill(listed: int) -> None:
    began = time.monotonic()
    many.fill(listed)
    sys.stderr.write(f"{listed:,} listed after {time.monotonic() - began:.0f} seconds\n")


def through_the_site(measure: Callable[[Site, str], list[Result]]) -> Measure:
    """The same asked through gunicorn."""

    def asked(listed: int) -> list[Result]:
        with served() as site:
            return measure(site, f"{listed:,} listed")

    return asked


def at_every_size(listed: int) -> list[Result]:
    """The directory at each size up to the one that was asked for, and how its pages grew."""
    with served() as site:
        by_size = [
            at_size(site, size) for size in [*(one for one in SIZES if one < listed), listed]
        ]
    return [*(one for found in by_size for one in found), *pages.growth(by_size[0], by_size[-1])]


def at_size(site: Site, listed: int) -> list[Result]:
    fill(listed)
    return pages.directory(site, scale=f"{listed:,} listed")


# The first of them before anybody is listed; from then on the same members serve for all.
PARTS: dict[str, Measure] = {
    "counts": lambda _listed: counts.measure(),
    "settling": lambda _listed: books.settling(),
    "history": lambda _listed: writes.measure(),
    "directory": at_every_size,
    "mixtures": filled(through_the_site(lambda site, scale: pages.mixtures(site, scale=scale))),
    "pages": filled(through_the_site(lambda site, scale: pages.others(site, scale=scale))),
    "plans": filled(lambda listed: plans.measure(scale=f"{listed:,} listed")),
    "searches": filled(through_the_site(lambda site, scale: memory.measure(site, scale=scale))),
    "doors": filled(through_the_site(lambda site, _scale: doors.measure(site))),
    "lapsing": filled(lambda listed: books.lapsing(scale=f"{listed:,} listed")),
    "statement": filled(lambda _listed: statements.measure()),
    "news": filled(lambda _listed: news.measure()),
    "memory": filled(lambda listed: memory.two_workers(scale=f"{listed:,} listed")),
}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
