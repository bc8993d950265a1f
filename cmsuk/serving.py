"""How gunicorn serves the portal: loaded once and then forked, so that workers share its memory.

The names are gunicorn's own: `gunicorn --config python:cmsuk.serving`.
"""

import ctypes
import gc
from importlib import import_module

from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.template import engines
from django.urls import reverse

preload_app = True

# What glibc keeps of freed memory (numbers of its malloc.h): by itself a heap for each thread, and
# blocks as large as the largest that was ever freed. A database page of a search is soon freed.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
KIBIBYTE = 1_024
KEPT = {M_ARENA_MAX: 1, M_MMAP_THRESHOLD: 64 * KIBIBYTE, M_TRIM_THRESHOLD: 64 * KIBIBYTE}


def when_ready(_server: object) -> None:
    """Load what the first page would load, before a worker is made, and let no collection of
    garbage write into the memory that all of them share. No worker gets a connection of another.
    """
    give_back_what_is_freed()
    if settings.REDIS_URL:
        import_module("redis")
    engines.all()
    reverse("admin:index")  # Any link walks through all addresses and their views.
    connections.close_all()
    caches.close_all()
    gc.collect()
    gc.freeze()


def give_back_what_is_freed() -> None:
    """In this process and those that it makes; other libraries than glibc have no such call."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        for name, most in KEPT.items():
            library.mallopt(name, most)
