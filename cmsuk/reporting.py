"""Sends errors to Sentry where SENTRY_DSN is set: their kind and place, and nothing of anybody."""

from importlib import import_module
from typing import Any

from cmsuk import tracing

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "transaction", "exception", "sdk")


def switch_on(dsn: str) -> None:
    """Where no address is set, the library is not even loaded: it costs memory and time."""
    import_module("sentry_sdk").init(
        dsn=dsn,
        before_send=without_people,
        before_breadcrumb=lambda _crumb, _hint: None,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=0.0,
    )


def without_people(event: dict[str, Any], _hint: dict[str, Any]) -> dict[str, Any]:
    """What is sent: the kind of the error, where it happened, and the request's number."""
    sent = {name: event[name] for name in KEPT if name in event}
    for error in sent.get("exception", {}).get("values", []):
        error["value"] = ""
        for frame in error.get("stacktrace", {}).get("frames", []):
            frame.pop("vars", None)
    sent["tags"] = {"request_id": tracing.current.get()}
    return sent
