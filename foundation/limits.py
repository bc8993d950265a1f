"""How often something may be done: a counter in the shared cache that forgets by itself."""

import hashlib

from django.core.cache import cache
from django.http import HttpRequest


def allow(*, action: str, key: str, times: int, seconds: int) -> bool:
    """Count one more try of this action by this key; False once there were too many.

    The key (an address, say) is stored as a hash only.
    """
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    name = f"limit:{action}:{digest}"
    cache.add(name, 0, timeout=seconds)
    try:
        return int(cache.incr(name)) <= times
    except ValueError:  # it expired between the two calls
        cache.set(name, 1, timeout=seconds)
        return True


def sender(request: HttpRequest) -> str:
    """Who sends a request, as far as we can tell without a login."""
    return str(request.META.get("REMOTE_ADDR", ""))
