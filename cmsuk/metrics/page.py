"""The page that a Prometheus server reads, in its text format 0.0.4; for nobody else.

Without METRICS_TOKEN it is shown on this machine alone, and only where no proxy stands in front.
"""

import ipaddress
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cmsuk import queued
from cmsuk.metrics import counting
from foundation.models import Letter, SweepRun
from payments import bank_feed

TYPE = "text/plain; version=0.0.4; charset=utf-8"


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_read(request):
        raise Http404
    return HttpResponse("\n".join(lines()) + "\n", content_type=TYPE)


def may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}")
    came_by_proxy = settings.TRUSTED_PROXY_COUNT or "X-Forwarded-For" in request.headers
    address = ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104
    return not came_by_proxy and address.is_loopback


def lines() -> Iterator[str]:
    counts = counting.of_all_processes()
    yield from _requests(counts)
    yield from _durations(counts)
    length = queued.length()
    yield from _gauge("cmsuk_queue_is_there", "Whether the queue answers.", length is not None)
    if length is not None:
        yield from _gauge("cmsuk_queue_tasks", "Tasks that wait for a worker.", length)
    waiting = Letter.objects.waiting().count()
    yield from _gauge("cmsuk_letters_waiting", "Letters that are not sent yet.", waiting)
    yield from _sweeps()
    known = bank_feed.newest_line(timezone.localdate())
    if known is not None:
        age = (timezone.localdate() - known).days
        yield from _gauge("cmsuk_statement_age_days", "Days since the newest bank line.", age)


def _requests(counts: counting.Counts) -> Iterator[str]:
    name = "cmsuk_requests_total"
    yield from _head(name, "counter", "Requests by view, method and status.")
    for (view, method, status), count in sorted(counts.requests.items()):
        yield f'{name}{{view="{view}",method="{method}",status="{status}"}} {count}'


def _durations(counts: counting.Counts) -> Iterator[str]:
    name = "cmsuk_request_seconds"
    yield from _head(name, "histogram", "How long answers took, by view.")
    for view, seconds in sorted(counts.seconds.items()):
        for bound in (*map(str, counting.BOUNDS), "+Inf"):
            count = counts.durations[view, bound]
            yield f'{name}_bucket{{view="{view}",le="{bound}"}} {count}'
        yield f'{name}_sum{{view="{view}"}} {seconds}'
        yield f'{name}_count{{view="{view}"}} {counts.durations[view, "+Inf"]}'


def _sweeps() -> Iterator[str]:
    for kind, field in (("finished", "finished_at"), ("failed", "failed_at")):
        name = f"cmsuk_job_last_{kind}_timestamp_seconds"
        yield from _head(name, "gauge", f"When a scheduled job last {kind}.")
        for job, at in SweepRun.objects.order_by("name").values_list("name", field):
            if at is not None:
                yield f'{name}{{job="{job}"}} {at.timestamp()}'


def _gauge(name: str, words: str, value: float) -> Iterator[str]:
    yield from _head(name, "gauge", words)
    yield f"{name} {int(value)}"


def _head(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"
