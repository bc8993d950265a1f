"""Whether this process lives (/healthz), and whether it can serve (/readyz)."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@login_not_required
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready where the database answers, is fully migrated, and the cache keeps what it is given."""
    try:
        executor = MigrationExecutor(connection)
        migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        cache.set("ready", "yes", timeout=10)
        checks = {"database": True, "migrated": migrated, "cache": cache.get("ready") == "yes"}
    except (DatabaseError, OSError):
        checks = {"database": False}
    ready = all(checks.values())
    return JsonResponse({"ready": ready, **checks}, status=200 if ready else 503)
