"""How gunicorn serves the portal: loaded once and then forked, so that workers share its memory.

The names are gunicorn's own: `gunicorn --config python:cmsuk.serving`.
"""

import gc

from django.core.cache import caches
from django.db import connections
from django.urls import get_resolver

preload_app = True


def when_ready(_server: object) -> None:
    """Load what the first page would load, before a worker is made, and let no collection of
    garbage write into the memory that all of them share. No worker gets a connection of another.
    """
    for pattern in get_resolver().url_patterns:
        getattr(pattern, "url_patterns", None)
    connections.close_all()
    caches.close_all()
    gc.collect()
    gc.freeze()
