"""What web workers hold: it must not grow with what was asked, and two must be small."""

import os
from collections.abc import Sequence
from itertools import cycle, islice

from django.utils import timezone

from directory.models import Listing
from membership.models import User
from tests.bench.pages import MIXTURES, SEARCHES, address, second_pages
from tests.bench.site import Site
from tests.bench.timing import Result, result
from tests.factories import make_officer

SEARCHED = 600
MIXED = int(os.environ.get("REQUESTS", "10000"))
MOST_GROWTH = 1.05
MOST_OVER_BARE, MOST_MIB = 3, 180
Visit = tuple[str, User | None]


def measure(site: Site, *, scale: str) -> list[Result]:
    """After so many searches of every kind, and after as many again."""
    visits = [(path, None) for path in searches()]
    first, second = (held_after(site, visits, SEARCHED) for _half in range(2))
    scale = f"{SEARCHED:,} searches more, {scale}"
    return [
        result("memory of a worker", second, first, target=MOST_GROWTH, scale=scale, unit="MiB")
    ]


def two_workers(*, scale: str) -> list[Result]:
    """Of pages of every kind, beside two workers of Django alone; and over the last half."""
    visits = pages_of_every_kind()
    with Site(workers=2) as ours:
        first, second = (held_after(ours, visits, MIXED // 2) for _half in range(2))
    with Site(workers=2, serves="tests.bench.bare_django") as bare:
        least = held_after(bare, visits, MIXED // 10)
    scale = f"{MIXED:,} mixed requests, {scale}"
    name = "memory of two workers"
    return [
        result(
            f"{name} over Django alone",
            second,
            least,
            target=MOST_OVER_BARE,
            scale=scale,
            unit="MiB",
        ),
        result(f"{name} in all", second, MOST_MIB, target=1, scale=scale, unit="MiB"),
        result(
            f"{name}, at the end over half way",
            second,
            first,
            target=MOST_GROWTH,
            scale=scale,
            unit="MiB",
        ),
    ]


def held_after(site: Site, visits: Sequence[Visit], times: int) -> float:
    for path, user in islice(cycle(visits), times):
        site.fetch(path, user=user)
    return site.memory_mib()


def searches() -> list[str]:
    return [address(asked) for asked in (*SEARCHES, *MIXTURES, *second_pages())]


def pages_of_every_kind() -> list[Visit]:
    """What the public, members and the office look at."""
    shown = Listing.objects.visible(timezone.localdate()).select_related("person__user")
    members, officer = list(shown.order_by("pk")[:20]), make_officer()
    cards: list[Visit] = [(f"/directory/{one.slug}/", None) for one in members]
    profiles: list[Visit] = [("/profile/", one.person.user) for one in members[:5]]
    return [
        *((path, None) for path in searches()),
        *cards,
        *profiles,
        *((path, None) for path in ("/", "/faq/", "/membership/", "/records/policy/", "/privacy/")),
        ("/records/", members[0].person.user),
        ("/admin/membership/application/?state=all", officer),
        ("/admin/membership/person/", officer),
    ]
