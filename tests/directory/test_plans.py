"""How the database finds people among thousands: by index, in a handful of queries."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import Listing
from membership.models import Membership
from tests.bench import many as made_up
from tests.bench.plans import reads_through

# The clock stands: the words of the filters are read anew when a minute begins.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.usefixtures("at_a_moment"),
]

LISTED, FEW = 8_000, 450
MOST = 6
ASKED = (
    "area=WLS",
    "area=UK",
    "area=county-kent",
    "expertise=stroke",
    "expertise=stroke&also=burns",
    "group=children",
    "postcode=CF14",
    "postcode=SW1A&miles=10",
    "postcode=LD1&miles=100",
    "postcode=ZE1",
    "area=ENG-NW&expertise=spinal_injury",
    "area=county-kent&expertise=stroke&after=0-8-1",
    "postcode=ME14&area=county-kent&expertise=stroke",
    "postcode=CF14&miles=25&expertise=stroke&group=adults",
    "postcode=CF14&after=5-8-1",
    "area=WLS&expertise=stroke&also=vocational&group=adults&postcode=CF14&miles=5",
    "area=NIR&expertise=stroke&also=burns&group=older&postcode=JE2&miles=5",
)


def selected(client, asked: str) -> list[str]:
    cache.clear()
    with CaptureQueriesContext(connection) as caught:
        assert client.get(f"/directory/?{asked}").status_code == 200
    return [one["sql"] for one in caught if one["sql"].lstrip("(").startswith("SELECT")]


def test_whatever_is_asked_listings_are_found_by_index_in_at_most_six_queries(client):
    """Among so many that the database, which has counted them, would rather not read them all."""
    made_up.fill(LISTED, first=400)
    client.get("/directory/")

    queries = {asked: selected(client, asked) for asked in ASKED}

    assert {asked: len(found) for asked, found in queries.items() if len(found) > MOST} == {}
    assert [asked for asked, found in queries.items() if any(map(reads_through, found))] == []


def test_that_all_listings_are_read_is_noticed():
    read_all = str(Listing.objects.filter(about="nothing of the kind").query)

    assert reads_through(read_all.replace("nothing of the kind", "'nothing of the kind'"))


def test_when_most_have_lost_their_standing_the_rest_is_found_all_the_same(client):
    made_up.fill(FEW, first=400)
    on = timezone.localdate()
    shown = list(Listing.objects.visible(on).order_by("lot", "pk"))
    kept = shown[::20]
    others = Membership.objects.exclude(person__listing__in=kept)
    others.update(resigned_on=on)

    page = client.get("/directory/").context["results"]

    assert [card.slug for card in page.cards] == [one.slug for one in kept[:20]]
    assert len(selected(client, "")) <= MOST
