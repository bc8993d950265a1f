"""How many queries a page takes with 1, 3, 20 and 200 rows: the same, and few."""

import datetime as dt

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from foundation.counters import next_numbers
from membership.models import Application, Membership, Person, User
from tests.bench.timing import Result
from tests.directory.make import make_listing
from tests.factories import make_application, make_fee, make_member, make_officer
from tests.records.records import make_record

ROWS = (1, 3, 20, 200)
MOST = {"directory": 6, "profile": 8, "applications in the office": 12, "client records": 12}


def measure() -> list[Result]:
    """For each number of rows: the page's queries over the most that it may take."""
    somebody, officer, made = make_current_member(), make_officer(), 0
    results = []
    for rows in ROWS:
        for _more in range(rows - made):
            add_row(somebody)
        made = rows
        for name, count in queries(somebody, officer).items():
            most = MOST[name]
            ratio = round(count / most, 2)
            results.append(
                Result(f"queries, {name}", count, most, ratio, 1, "queries", f"{rows} rows")
            )
    # The factories take numbers without asking; whoever comes after them must not take the same.
    next_numbers("member", Membership.objects.count())
    return results


def make_current_member() -> Person:
    today = timezone.localdate()
    return make_member(starts_on=today, ends_on=today + dt.timedelta(days=364))


def add_row(somebody: Person) -> None:
    """One more of everything that the pages list."""
    make_listing(make_current_member())
    make_application(state=Application.State.SUBMITTED)
    make_record(somebody)
    moment = timezone.now()
    make_fee(somebody, fixed_at=moment, cancelled_at=moment)


def queries(somebody: Person, officer: User) -> dict[str, int]:
    visitor, member, office = Client(), Client(), Client()
    member.force_login(somebody.user)
    office.force_login(officer)
    return {
        "directory": count(visitor, "/directory/"),
        "profile": count(member, "/profile/"),
        "applications in the office": count(office, "/admin/membership/application/?state=all"),
        "client records": count(member, "/records/"),
    }


def count(client: Client, path: str) -> int:
    fetch(client, path)
    with CaptureQueriesContext(connection) as caught:
        fetch(client, path)
    return len(caught)


def fetch(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
