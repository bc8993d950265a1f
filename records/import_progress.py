"""How far an import is, told by the worker and read by the page: nothing that is lost is missed."""

from collections.abc import Callable

from django.core.cache import cache

from foundation.look import Bar

KEPT_FOR = 3600


def tell(batch_id: int) -> Callable[[int, int], None]:
    """What the worker calls after every lot."""

    def so_far(done: int, total: int) -> None:
        cache.set(_name(batch_id), (done, total), timeout=KEPT_FOR)

    return so_far


def bar(batch_id: int, rows: int) -> Bar:
    """How far it is, as a picture and in words."""
    done, total = cache.get(_name(batch_id)) or (0, rows)
    return Bar("Taking the file in", done, total, f"{done:,} of {total:,} rows")


def _name(batch_id: int) -> str:
    return f"import-of-records:{batch_id}"
