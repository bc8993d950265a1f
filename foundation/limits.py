"""How often something may be done: a counter in the shared cache that forgets by itself."""

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def allow(*, action: str, key: str, times: int, seconds: int) -> bool:
    """Count one more try of this action by this key; False once there were too many.

    Tries are counted by whole spans of so many seconds, hour by hour say. The key (an address,
    perhaps) is stored as a hash only.
    """
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    name = f"limit:{action}:{digest}:{int(time.time()) // seconds}"
    cache.add(name, 0, timeout=seconds)
    try:
        tries = int(cache.incr(name))
    except ValueError:  # it expired between the two calls
        cache.set(name, 1, timeout=seconds)
        return True
    # Counting up in the database's cache sets a time-out of its own, which may be shorter.
    cache.touch(name, seconds)
    return tries <= times


def sender(request: HttpRequest) -> str:
    """The address that a request comes from.

    Behind proxies of ours it is the one that the outermost of them saw: what stands further left
    in the header was written by the sender and proves nothing.
    """
    count: int = settings.TRUSTED_PROXY_COUNT
    seen = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    if count and len(seen) >= count:
        return seen[-count].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
