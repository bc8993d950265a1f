"""Work that goes on elsewhere: it tells how far it is, and its page looks again by itself."""

import datetime as dt
from collections.abc import Callable

from django.core.cache import cache
from django.db.models import Q
from django.http import HttpResponse

SECONDS = 3
"""Until such a page asks anew."""
TOLD_FOR = 3600
ANOTHER_TRY = dt.timedelta(minutes=15)
"""A worker that has not come back by then was killed."""

Tell = Callable[[int, int], None]
"""What the work calls after every piece: how much is done, of how much."""


def unheard(_done: int, _total: int) -> None:
    """Hears how far the work is, where nobody asks."""


def teller(name: str) -> Tell:
    """Tells a page how far the work of this name is; whoever loses it misses nothing else."""

    def so_far(done: int, total: int) -> None:
        cache.set(_key(name), (done, total), timeout=TOLD_FOR)

    return so_far


def told(name: str) -> tuple[int, int] | None:
    """How much is done, of how much; None where nothing was told of late."""
    found: tuple[int, int] | None = cache.get(_key(name))
    return found


def nobody_is_at(at: dt.datetime) -> Q:
    """Rows whose work no worker has begun, or one that was killed."""
    return Q(begun_at=None) | Q(begun_at__lt=at - ANOTHER_TRY)


def looks_again(page: HttpResponse) -> HttpResponse:
    """Shows partials/under_way.html; once the work is done the page is answered without this."""
    page["Refresh"] = str(SECONDS)
    return page


def _key(name: str) -> str:
    return f"under-way:{name}"
