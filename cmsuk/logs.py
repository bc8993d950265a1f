"""What is written to the log, and what never is: one JSON object a line, and nobody's details."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from cmsuk import tracing

ADDRESS = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
MOST_FRAMES = 12


class PlainLine(logging.Formatter):
    """For people who look on: the laptop's log."""

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = tracing.current.get() or "-"
        return super().format(record)


class JsonLine(logging.Formatter):
    """For machines. Of an error it tells the kind and the place: its words often hold a person."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": words_of(record),
            "request_id": tracing.current.get(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def words_of(record: logging.LogRecord) -> str:
    """Of a request its kind of address: the address itself may be a secret link of somebody's."""
    request = getattr(record, "request", None)
    if request is not None and hasattr(request, "method"):
        match = getattr(request, "resolver_match", None)
        route = match.route if match else "an address that there is not"
        status = getattr(record, "status_code", "")
        return f"{request.method} {route} {status}".strip()
    task = getattr(record, "data", None)
    if record.name.startswith("celery") and isinstance(task, dict) and "name" in task:
        # Celery writes the words of the error and its whole trace into the message.
        return f"Task {task['name']} {task.get('description', 'succeeded')}"
    words = record.getMessage()
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and str(error):
        words = words.replace(str(error), type(error).__name__)
    return ADDRESS.sub("<address>", words)


def places(trace: TracebackType | None) -> list[str]:
    """The innermost calls as file, line and function."""
    frames = traceback.extract_tb(trace)[-MOST_FRAMES:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def configuration(*, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING."""
    line = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": JsonLine} if as_json else {"()": PlainLine, "format": line},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            # Every repaired comma of somebody's certificate is a warning there.
            "pypdf": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
            # The library writes tokens and whole orders to its debug log.
            "paypalrestsdk": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
