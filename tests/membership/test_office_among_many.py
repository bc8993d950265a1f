"""The office's lists among thousands: read in the order of an index, never sorted as a whole."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.bench import many as made_up
from tests.bench.plans import plan
from tests.factories import make_officer

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

MANY = 4_000
LISTS = ("application/?state=all", "person/", "feedue/")


def first_page(client, asked: str) -> str:
    """The query for the rows that are shown."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get(f"/admin/membership/{asked}").status_code == 200
    table = f'FROM "membership_{asked.partition("/")[0]}" '
    found = [one["sql"] for one in caught if table in one["sql"] and "LIMIT 100" in one["sql"]]
    assert len(found) == 1
    return found[0]


def test_the_first_page_of_a_list_is_read_by_index_and_not_sorted(client):
    made_up.fill(MANY, first=400)
    client.force_login(make_officer())

    steps = {asked: " ".join(plan(first_page(client, asked))) for asked in LISTS}

    assert [asked for asked, said in steps.items() if "Sort" in said or "Aggregate" in said] == []
