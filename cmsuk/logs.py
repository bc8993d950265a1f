"""What is written to the log, and what never is."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
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
