"""Pages over many members through gunicorn, each beside a bare page through the same."""

from dataclasses import dataclass

from django.utils import timezone

from directory import counting
from directory.filters import Filters
from directory.models import Listing
from directory.nearby import nearby
from directory.search import Search
from directory.vocabulary import vocabulary
from membership.models import User
from tests.bench.site import Site
from tests.bench.timing import RUNS, Result, compare_both
from tests.factories import make_officer

MOST_OVER_HAND, MOST_GROWTH = 1.5, 1.5
MOST_OF_A_PAGE, MOST_OF_A_PROFILE = 1 / 0.25, 1 / 0.12


@dataclass(frozen=True)
class Asked:
    """A search, and how many times a bare page it may cost."""

    name: str
    path: str
    target: float | None = None


SEARCHES = (
    Asked("directory, area and expertise", "area=WLS&expertise=brain_injury", 4),
    Asked("directory, everybody", "", 4),
    Asked("directory, county", "area=county-kent", 4),
    Asked("directory, central London", "postcode=SW1A", 5),
)
MIXTURES = (
    Asked("region", "area=ENG-NW"),
    Asked("the UK", "area=UK"),
    Asked("expertise", "expertise=stroke"),
    Asked("two areas of expertise", "expertise=stroke&also=vocational"),
    Asked("group of clients", "group=children"),
    Asked("county and expertise", "area=county-kent&expertise=stroke"),
    Asked(
        "region, two of expertise, group",
        "area=ENG-NW&expertise=stroke&also=vocational&group=adults",
    ),
    Asked("postcode and 5 miles", "postcode=CF14&miles=5"),
    Asked("postcode and 50 miles", "postcode=CF14&miles=50"),
    Asked("postcode and 100 miles", "postcode=LD1&miles=100"),
    Asked("the far north", "postcode=ZE1"),
    Asked("place and expertise", "postcode=CF14&expertise=stroke"),
    Asked("place, expertise, group", "postcode=CF14&expertise=stroke&group=children"),
    Asked("place, county, expertise", "postcode=ME14&area=county-kent&expertise=stroke"),
    Asked("nobody: place and two of expertise", "postcode=ZE1&miles=5&expertise=stroke&also=burns"),
    Asked(
        "nobody: every filter",
        "area=NIR&expertise=stroke&also=burns&group=older&postcode=CF14&miles=5",
    ),
)


def directory(site: Site, *, scale: str) -> list[Result]:
    """The searches that have a target, over a bare page and over SQL written by hand."""
    measured = []
    counting.recount(at=timezone.now())
    for asked in SEARCHES:
        measured += over_bare(site, asked.name, address(asked), scale=scale, target=asked.target)
    for asked in SEARCHES:
        measured += over_hand(site, asked, scale=scale)
    return measured


def over_hand(site: Site, asked: Asked, *, scale: str) -> list[Result]:
    """Beside the same rows from SQL written by hand, through the same template."""
    return compare_both(
        f"{asked.name}, over SQL by hand",
        lambda: site.fetch(address(asked)),
        lambda: site.fetch(f"/by-hand{address(asked)}"),
        used=site.used,
        target=MOST_OVER_HAND,
        scale=scale,
    )


def mixtures(site: Site, *, scale: str) -> list[Result]:
    """Every other way to ask, and the second page, each over a bare page."""
    measured = []
    # As beat does it every few minutes: without counts that are fresh a search looks further.
    counting.recount(at=timezone.now())
    for asked in (*MIXTURES, *second_pages()):
        measured += over_bare(site, f"directory, {asked.name}", address(asked), scale=scale, runs=7)
    return measured


def second_pages() -> list[Asked]:
    found = []
    for name, area, place in (
        ("everybody", "", ""),
        ("region", "ENG-NW", ""),
        ("place", "", "CF14"),
    ):
        from_place = nearby().places[place] if place else None
        query = Filters(area, (), from_place)
        first = Search(query, vocabulary(), timezone.localdate()).page()
        asked = f"{query.as_query()}&after={first.following}".lstrip("&")
        found.append(Asked(f"second page, {name}", asked))
    return found


def others(site: Site, *, scale: str) -> list[Result]:
    """A member's card and profile, the office's list, and pages that are the same for everybody."""
    today = timezone.localdate()
    shown = Listing.objects.visible(today).order_by("pk").last()
    measured = over_bare(site, "a member's card", f"/directory/{shown.slug}/", scale=scale)
    for name, path in (("home", "/"), ("questions", "/faq/")):
        measured += same_size(site, name, path, target=MOST_OF_A_PAGE, scale=scale)
    member, officer = shown.person.user, make_officer()
    measured += same_size(
        site, "profile", "/profile/", user=member, target=MOST_OF_A_PROFILE, scale=scale
    )
    applications = "/admin/membership/application/?state=all"
    return measured + over_bare(
        site, "applications in the office", applications, user=officer, scale=scale
    )


def over_bare(
    site: Site,
    name: str,
    path: str,
    *,
    scale: str,
    user: User | None = None,
    target: float | None = None,
    runs: int = RUNS,
) -> list[Result]:
    """Beside a page of one indexed query and twenty rows in a tiny template."""
    bare = "/bare/own/" if user else "/bare/"
    return compare_both(
        name,
        lambda: site.fetch(path, user=user),
        lambda: site.fetch(bare, user=user),
        used=site.used,
        target=target,
        scale=scale,
        runs=runs,
    )


def same_size(
    site: Site, name: str, path: str, *, target: float, scale: str, user: User | None = None
) -> list[Result]:
    """Beside a page without a query whose template is as large."""
    size = len(site.fetch(path, user=user))
    return compare_both(
        f"{name}, over a bare page as large",
        lambda: site.fetch(path, user=user),
        lambda: site.fetch(f"/bare/{size}/"),
        used=site.used,
        target=target,
        scale=scale,
    )


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
        if "by hand" not in before.name
    ]


def address(asked: Asked) -> str:
    return f"/directory/{'?' if asked.path else ''}{asked.path}"
