"""The pages that people see when something is not there, not theirs, or broken."""

import sys
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from kombu.exceptions import OperationalError as QueueIsAway

from foundation import typed
from foundation.later import later

if TYPE_CHECKING:
    import redis
else:
    redis = later("redis")  # which an installation on SQLite never asks for

SECONDS_UNTIL_BACK = "30"


@login_not_required
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


@login_not_required
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Most often a form that was open for longer than the session: say so, not “CSRF”.

    Nothing of it is carried out. Where the form can be shown again with what was typed, it is.
    """
    if typed.keep(request):
        return redirect(request.get_full_path())
    return render(request, "403_csrf.html", status=403)


@login_not_required
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: whatever broke may have been one of them.

    Called while the error is being handled. Where a part of the installation is away, it is no
    fault of the page: then 503 tells browsers and PayPal to come again.
    """
    if is_away(sys.exc_info()[1]):
        answer = HttpResponse(render_to_string("503.html"), status=503)
        answer["Retry-After"] = SECONDS_UNTIL_BACK
        return answer
    return HttpResponse(render_to_string("500.html"), status=500)


def is_away(error: BaseException | None) -> bool:
    """Whether database, queue or cache raised it because they are away or restart."""
    if isinstance(error, OperationalError | InterfaceError | QueueIsAway):
        return True
    return isinstance(error, redis.ConnectionError | redis.TimeoutError)
