"""How the database finds people among thousands: by index, in a handful of queries."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cmsuk.made_up import bulk
from directory.counting import recount
from directory.draws import draw_lots

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

MEMBERS = 3_000
MOST = 6
ASKED = (
    "area=WLS",
    "area=county-kent",
    "expertise=stroke",
    "group=children",
    "postcode=CF14",
    "postcode=SW1A&miles=10",
    "postcode=ZE1",
    "area=ENG-NW&expertise=spinal_injury",
    "postcode=CF14&miles=25&expertise=stroke&group=adults",
    "area=WLS&expertise=stroke&also=vocational&group=adults&postcode=CF14&miles=5",
)


@pytest.fixture
def many():
    """A few thousand, read as a hundred thousand would be: never through from end to end."""
    list(bulk.populate(members=MEMBERS, records=1, seed=1, at=timezone.now()))
    draw_lots(on=timezone.localdate())
    recount(at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL enable_seqscan = off")


def plan_of(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {query}")
        return "\n".join(row[0] for row in cursor.fetchall())


def test_whatever_is_asked_listings_are_found_by_index_in_at_most_six_queries(client, many):
    client.get("/directory/")
    read_through = {}
    for asked in ASKED:
        cache.clear()
        with CaptureQueriesContext(connection) as caught:
            response = client.get(f"/directory/?{asked}")
        queries = [one["sql"] for one in caught if one["sql"].startswith("SELECT")]
        plans = [plan_of(query) for query in queries]
        read_through[asked] = [plan for plan in plans if "Seq Scan on directory_listing " in plan]

        assert response.status_code == 200
        assert len(queries) <= MOST, asked

    assert {asked: plans[0] for asked, plans in read_through.items() if plans} == {}
