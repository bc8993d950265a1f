"""What is over leaves the cache, be it a table that keeps it or Redis, which does so by itself."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from foundation import expired
from tests.factories import A_MOMENT

pytestmark = pytest.mark.django_db


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache WHERE cache_key LIKE '%waits%'")
        return cursor.fetchone()[0]


def test_only_what_is_over_goes(settings):
    is_a_table = settings.CACHES["default"]["BACKEND"] == expired.A_TABLE
    with time_machine.travel(A_MOMENT, tick=False):
        cache.set("short-waits", "typed", timeout=60)
        cache.set("long-waits", "typed", timeout=3600)
    with time_machine.travel(A_MOMENT + dt.timedelta(minutes=5), tick=False):
        went = expired.forget()
        left = stored() if is_a_table else 1

    assert (went, left) == ((1, 1) if is_a_table else (0, 1))
