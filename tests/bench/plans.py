"""How the database answers the searches: with few queries, and none reads all listings."""

from collections.abc import Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.pages import MIXTURES, SEARCHES, Asked, address, second_pages
from tests.bench.timing import Result

MOST_QUERIES = 6
HOW = {"postgresql": "EXPLAIN", "sqlite": "EXPLAIN QUERY PLAN"}
# What is said of a table that is read from end to end.
READ_THROUGH = {"postgresql": "Seq Scan on ", "sqlite": "SCAN "}


def measure(*, scale: str) -> list[Result]:
    """Of every search that `pages` knows: the most queries of a page, and the listings read."""
    every = [*SEARCHES, *MIXTURES, *second_pages()]
    queries = {asked.name: queries_of(asked) for asked in every}
    most = max(map(len, queries.values()))
    through = sum(
        any(map(reads_through, found))
        for asked, found in zip(every, queries.values(), strict=True)
        if asked.path
    )
    return [
        Result(
            "queries, the most of any search",
            most,
            MOST_QUERIES,
            round(most / MOST_QUERIES, 2),
            1,
            "queries",
            scale,
        ),
        Result(
            "searches that read all listings", through, len(every), through, 0, "searches", scale
        ),
    ]


def queries_of(asked: Asked) -> list[str]:
    """The second time, when words and places are known."""
    visitor = Client()
    for _twice in range(2):
        with CaptureQueriesContext(connection) as caught:
            answer = visitor.get(address(asked))
    if answer.status_code != 200:
        raise RuntimeError(f"{asked.name} answered {answer.status_code}")
    return [one["sql"] for one in caught]


def reads_through(query: str, *, table: str = "directory_listing") -> bool:
    """Whether all its rows are read; walking through an index is not that."""
    if not query.lstrip("(").startswith("SELECT"):
        return False
    read = f"{READ_THROUGH[connection.vendor]}{table} "
    return any(read in f"{step} " and " INDEX " not in step for step in plan(query))


def plan(query: str) -> Iterable[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"{HOW[connection.vendor]} {query}")
        return [str(row[-1]) for row in cursor.fetchall()]
