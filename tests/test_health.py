"""What the portal says of itself: whether it can serve, and what else runs or does not."""

import datetime as dt

import pytest
import redis.exceptions
from celery import current_app
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError as QueueIsAway

from cmsuk import errors, queued
from foundation import sweeps
from tests.payments.banking import make_bank_account, make_line

pytestmark = pytest.mark.django_db

WELL = {"ready": True, "database": True, "migrated": True, "cache": True, "queue": True}


def test_a_portal_that_has_just_been_installed_is_ready_though_no_job_ran_yet(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (
        200,
        {
            **WELL,
            "beat": False,
            "beat_last_ran_at": None,
            "statements": True,
            "statements_until": None,
        },
    )


@pytest.mark.parametrize(("minutes", "is_well"), [(9, True), (11, False)])
def test_it_says_when_beat_last_ran(client, minutes, is_well):
    at = timezone.now() - dt.timedelta(minutes=minutes)
    sweeps.finished("foundation.tasks.send_waiting_letters", at=at)

    said = client.get("/readyz").json()

    assert (said["ready"], said["beat"]) == (True, is_well)
    assert said["beat_last_ran_at"] == at.isoformat(timespec="seconds")


@pytest.mark.parametrize(("days", "is_fresh"), [(10, True), (11, False)])
def test_it_says_how_fresh_bank_lines_are(client, settings, days, is_fresh):
    settings.BANK_FEED_STALE_DAYS = 10
    on = timezone.localdate() - dt.timedelta(days=days)
    line = make_line(on=on)
    line.bank_file.imported_at = timezone.now()
    line.bank_file.save()
    type(make_bank_account()).objects.update(takes_fees=True)

    said = client.get("/readyz").json()

    assert (said["ready"], said["statements"]) == (True, is_fresh)
    assert said["statements_until"] == on.isoformat()


def test_a_database_that_is_not_migrated_is_not_ready(client):
    graph = MigrationExecutor(connection).loader.graph
    MigrationRecorder(connection).record_unapplied(*graph.leaf_nodes("membership")[0])

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["migrated"]) == (503, False)


def test_no_redis_no_service_and_no_error(client, settings):
    away = "redis://127.0.0.1:1/0"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": away}
    }

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["cache"]) == (503, False)


def test_the_length_of_the_queue_is_known():
    current_app.control.purge()

    current_app.send_task("waits.for.nobody")

    assert queued.length() == 1
    assert (current_app.control.purge(), queued.length()) == (1, 0)


def page_after(rf, error):
    """The page that is shown while an error is being handled."""
    try:
        throw(error)
    except type(error):
        return errors.server_error(rf.get("/"))


def throw(error):
    raise error


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("terminating connection"),
        redis.exceptions.ConnectionError("refused"),
        QueueIsAway("refused"),
    ],
)
def test_while_a_part_is_away_people_get_a_page_that_says_so(rf, error):
    answer = page_after(rf, error)

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "<h1>The portal is not available for a moment</h1>" in answer.content.decode()


def test_any_other_fault_is_ours(rf):
    answer = page_after(rf, KeyError("x"))

    assert answer.status_code == 500


def test_nobody_signs_in_while_tries_cannot_be_counted(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    visitor = Client(raise_request_exception=False)

    answer = visitor.post("/accounts/login/", {"login": "a@example.org", "password": "x"})

    assert answer.status_code == 503
