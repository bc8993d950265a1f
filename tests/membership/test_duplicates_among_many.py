"""Looking for somebody known among thousands: by index, on either database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from membership import duplicates
from membership.models import Person
from tests.bench import many as made_up
from tests.bench.plans import reads_through
from tests.factories import make_person, make_registration

pytestmark = pytest.mark.django_db

MANY = 3_000
TABLES = ("membership_person", "membership_user", "membership_registration")


def test_somebody_known_is_found_without_reading_everybody():
    made_up.fill(MANY, first=400)
    known = make_person(given_name="Priya", family_name="Example", email="priya@example.org")
    # A letter that no number of those made up has: theirs follow from their keys.
    make_registration(known, number="01B2345N")
    person = make_person(given_name="Priya", family_name="Example", work_email=known.email)
    make_registration(person, number="01-b2345n")
    everybody = str(Person.objects.exclude(pk=0).query)

    with CaptureQueriesContext(connection) as caught:
        found = duplicates.like(person)

    queries = [one["sql"] for one in caught]
    assert reads_through(everybody, table="membership_person")
    assert [one.person for one in found] == [known]
    assert len(found[0].why) == 3
    assert [sql for sql in queries for table in TABLES if reads_through(sql, table=table)] == []
