"""Whether this process lives (/healthz), and whether it can serve (/readyz)."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from cmsuk import queued
from foundation import sweeps
from foundation.later import later
from payments import bank_feed

if TYPE_CHECKING:
    import redis
else:
    redis = later("redis")

# Beat starts something every minute: so long without any end is no chance.
BEAT_IS_LATE_AFTER = dt.timedelta(minutes=10)


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@login_not_required
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 where pages can be served, and what else should run but keeps nobody from being served.

    Ready: the database answers and is fully migrated, and the cache keeps what it is given. Without
    queue, beat or fresh statements everything waits in the database, so those never answer 503.
    """
    try:
        checks = {"database": True, "migrated": is_migrated(), "cache": keeps()}
        background = beside(timezone.now())
    except (DatabaseError, OSError):
        checks, background = {"database": False}, {}
    ready = all(checks.values())
    answer = {"ready": ready, **checks, **background}
    return JsonResponse(answer, status=200 if ready else 503)


def is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def keeps() -> bool:
    try:
        cache.set("ready", "yes", timeout=10)
        return bool(cache.get("ready") == "yes")
    except redis.RedisError:
        return False


def beside(now: dt.datetime) -> dict[str, Any]:
    """The queue, when any scheduled job last ended, and until when bank lines are known."""
    today = timezone.localdate(now)
    last, known = sweeps.last_finished(), bank_feed.newest_line(today)
    return {
        "queue": queued.length() is not None,
        "beat": last is not None and now - last < BEAT_IS_LATE_AFTER,
        "beat_last_ran_at": last and last.isoformat(timespec="seconds"),
        "statements": bank_feed.stale_since(today) is None,
        "statements_until": known and known.isoformat(),
    }
