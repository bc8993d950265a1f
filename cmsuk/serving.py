"""How gunicorn serves the portal: loaded once and then forked, so that workers share its memory.

The names are gunicorn's own: `gunicorn --config python:cmsuk.serving`.
"""

import ctypes
import gc
from importlib import import_module
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.template import engines
from django.urls import reverse

from foundation.later import held_back

preload_app = True

# After so many pages a worker ends and a fresh fork takes its place, not both at once: what its
# heap has gathered goes with it, while what is loaded is shared with the new one as before.
max_requests = 1_000
max_requests_jitter = 200

# What glibc keeps of freed memory (numbers of its malloc.h): by itself a heap for each thread, and
# blocks as large as the largest that was ever freed. A database page of a search is soon freed.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
# What a login by passkey needs, with the cryptography below it.
PASSKEYS = "allauth.mfa.webauthn.internal.auth"
KIBIBYTE = 1_024
# So many pages after which a worker gives back what lies free between what it holds.
PAGES = 100
KEPT = {M_ARENA_MAX: 1, M_MMAP_THRESHOLD: 64 * KIBIBYTE, M_TRIM_THRESHOLD: 64 * KIBIBYTE}


def when_ready(_server: object) -> None:
    """Load what the first page would load, before a worker is made, and let no collection of
    garbage write into the memory that all of them share. No worker gets a connection of another.
    """
    give_back_what_is_freed()
    if settings.REDIS_URL:
        import_module("redis")
    load_queue()
    engines.all()
    with held_back(PASSKEYS):
        reverse("admin:index")  # Any link walks through all addresses and their views.
    connections.close_all()
    caches.close_all()
    gc.collect()
    gc.freeze()


def post_request(worker: Any, _request: object) -> None:
    """Called by a worker after each page; `nr` counts them."""
    if worker.nr % PAGES == 0:
        give_back_what_is_free()


def load_queue() -> None:
    """What the first task that a page asks for would load. Nothing is connected."""
    current_app.connection_for_write().transport  # noqa: B018  # made when it is first read
    for needed in ("amqp", "backend", "events", "tasks"):
        getattr(current_app, needed)


def give_back_what_is_freed() -> None:
    """In this process and those that it makes; other libraries than glibc have no such call."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        for name, most in KEPT.items():
            library.mallopt(name, most)


def give_back_what_is_free() -> None:
    """What of it lies between pieces in use, which glibc does not give back by itself."""
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
