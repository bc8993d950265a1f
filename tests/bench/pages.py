"""Pages over many members, each beside a bare page through the same client."""

from django.db import connection
from django.test import Client
from django.utils import timezone

from cmsuk.made_up import bulk
from directory import counting
from directory.models import Listing
from membership.models import Person, User
from tests.bench.counts import fetch
from tests.bench.timing import Result, compare
from tests.factories import make_officer

SEARCHES = {
    "directory, everybody": "/directory/",
    "directory, area and expertise": "/directory/?area=WLS&expertise=brain_injury",
    "directory, county": "/directory/?area=county-kent",
    "directory, near a postcode": "/directory/?postcode=CF14&miles=50",
    "directory, central London": "/directory/?postcode=SW1A",
}
MOST_OVER_BARE = 4
MOST_IN_LONDON = 5
MOST_OVER_HAND = 1.5
MOST_GROWTH = 1.5


def measure(members: int, *, records: int) -> list[Result]:
    """With so many members in all."""
    fill(members, records=records)
    scale = f"{Person.objects.count():,} people"
    member, office = signed_in(listed_member()), signed_in(make_officer())
    visitor = Client()
    measured = [
        over_bare(
            name,
            visitor,
            path,
            scale=scale,
            target=MOST_IN_LONDON if "London" in name else MOST_OVER_BARE,
        )
        for name, path in SEARCHES.items()
    ]
    measured += [
        compare(
            f"{name}, over SQL by hand",
            lambda path=path: fetch(visitor, path),
            lambda path=path: fetch(visitor, f"/by-hand{path}"),
            target=MOST_OVER_HAND,
            scale=scale,
        )
        for name, path in SEARCHES.items()
    ]
    slug = Listing.objects.visible(timezone.localdate()).order_by("pk").values_list("slug").last()
    measured.append(over_bare("a member's card", visitor, f"/directory/{slug[0]}/", scale=scale))
    measured.append(over_bare("profile", member, "/profile/", scale=scale, bare="/bare/own/"))
    applications = "/admin/membership/application/?state=all"
    office_list = "applications in the office"
    measured.append(over_bare(office_list, office, applications, scale=scale, bare="/bare/own/"))
    return measured


def growth(few: list[Result], many: list[Result]) -> list[Result]:
    """How much slower a page became, each time as a multiple of its bare page."""
    return [
        Result(
            f"growth, {before.name}",
            after.ratio,
            before.ratio,
            round(after.ratio / before.ratio, 2),
            MOST_GROWTH,
            "times the bare page",
            f"{after.scale} over {before.scale}",
        )
        for before, after in zip(few, many, strict=True)
    ]


def fill(members: int, *, records: int) -> None:
    """Made-up people up to this number; PostgreSQL counts its rows as its own service would."""
    missing = members - Person.objects.count()
    list(bulk.populate(members=max(missing, 1), records=records, seed=1, at=timezone.now()))
    counting.recount(at=timezone.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def listed_member() -> User:
    listings = Listing.objects.visible(timezone.localdate()).order_by("pk")
    return listings.last().person.user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def over_bare(
    name: str,
    client: Client,
    path: str,
    *,
    scale: str,
    target: float | None = None,
    bare: str = "/bare/",
) -> Result:
    return compare(
        name,
        lambda: fetch(client, path),
        lambda: fetch(client, bare),
        target=target,
        scale=scale,
    )
