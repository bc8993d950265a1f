"""Works through many records some hundreds at a time, each lot in a transaction of its own."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from records.models import ClientRecordQuerySet

SIZE = 1_000
Row = TypeVar("Row")

Reader = Callable[[ClientRecordQuerySet], list[Row]]
"""Reads records as rows of any kind."""


def work_through(
    records: ClientRecordQuerySet,
    *,
    read: Reader[Row],
    key: Callable[[Row], int],
    work: Callable[[list[Row]], object],
) -> int:
    """Lock, read, work on and commit one lot after another; how many records there were."""
    done, last, is_more = 0, 0, True
    while is_more:
        lot = _one_lot(records.filter(pk__gt=last), read, work)
        done += len(lot)
        is_more = len(lot) == SIZE
        last = key(lot[-1]) if lot else last
    return done


@transaction.atomic
def _one_lot(
    records: ClientRecordQuerySet, read: Reader[Row], work: Callable[[list[Row]], object]
) -> list[Row]:
    """The lot that was worked on; a short one is the last."""
    lot = read(records.order_by("pk").select_for_update(of=("self",))[:SIZE])
    if lot:
        work(lot)
    return lot
