"""How often something may be done, on the cache of this leg and on the laptop's."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache, caches
from django.core.management import call_command

from foundation import limits

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
LAPTOP = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}


def tries(number: int, **kwargs) -> list[bool]:
    asked = {"action": "enquiry", "key": "pat@example.org", "times": 3, "seconds": 3600}
    return [limits.allow(**{**asked, **kwargs}) for _ in range(number)]


@pytest.fixture
def laptop_cache(settings):
    settings.CACHES = LAPTOP
    call_command("createcachetable", verbosity=0)
    caches["default"].clear()


def test_the_last_one_allowed_goes_and_the_next_does_not():
    assert tries(5) == [True, True, True, False, False]


def test_somebody_else_and_something_else_are_counted_apart():
    tries(3)

    assert tries(1, key="kim@example.org") == [True]
    assert tries(1, action="call-back") == [True]
    assert tries(1) == [False]


def test_a_limit_lasts_its_whole_span_on_the_laptop(laptop_cache):
    with time_machine.travel(NINE, tick=False) as clock:
        first = tries(4)
        clock.move_to(NINE + dt.timedelta(minutes=59, seconds=59))
        late = tries(1)
        clock.move_to(NINE + dt.timedelta(hours=1))
        after = tries(1)

    assert (first, late, after) == ([True, True, True, False], [False], [True])


def test_the_address_itself_is_not_stored(laptop_cache, django_assert_max_num_queries):
    with django_assert_max_num_queries(50) as asked:
        tries(1)

    assert not [query for query in asked.captured_queries if "pat@example.org" in query["sql"]]
    assert [query for query in asked.captured_queries if "limit:enquiry:" in query["sql"]]


def test_the_sender_is_the_address_that_connects(rf):
    request = rf.get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1")

    assert limits.sender(request) == "192.0.2.7"
    assert cache.get("nothing") is None
