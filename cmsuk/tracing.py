"""One number for a request and everything that it sets off, through the queue as well.

It stands in every line of the log and in the answer, so that a person who says when something went
wrong can be helped without a word about who they are.
"""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from celery.signals import before_task_publish, task_postrun, task_prerun
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
# A proxy in front may have numbered the request; anything but a plain number is not believed.
PLAIN = re.compile(r"[A-Za-z0-9-]{8,64}", re.ASCII)

current: ContextVar[str] = ContextVar("request_id", default="")


class NumberedRequestMiddleware:
    """First of all: what comes after it is logged under the request's number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current.set(number_of(request.headers.get(HEADER, "")))
        try:
            response = self.get_response(request)
            response[HEADER] = current.get()
        finally:
            current.reset(token)
        return response


def number_of(given: str) -> str:
    return given if PLAIN.fullmatch(given) else uuid.uuid4().hex


@before_task_publish.connect
def send_along(headers: dict[str, Any] | None = None, **_rest: Any) -> None:
    """A task that a request or another task queues carries its number."""
    if headers is not None and current.get():
        headers["request_id"] = current.get()


@task_prerun.connect
def take_up(task_id: str = "", task: Any = None, **_rest: Any) -> None:
    """Where nobody asked for the task but beat, its own number stands."""
    current.set(str(getattr(task.request, "request_id", None) or task_id))


@task_postrun.connect
def put_down(**_rest: Any) -> None:
    current.set("")
