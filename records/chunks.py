"""Works through many records some hundreds at a time, each lot in a transaction of its own."""

from collections.abc import Callable

from django.db import transaction

from records.models import ClientRecord, ClientRecordQuerySet

SIZE = 500


def work_through(records: ClientRecordQuerySet, work: Callable[[list[ClientRecord]], None]) -> int:
    """Lock, work on and commit one lot after another; how many records there were."""
    done = last = 0
    while lot := _one_lot(records.filter(pk__gt=last), work):
        done += len(lot)
        last = lot[-1]
    return done


@transaction.atomic
def _one_lot(
    records: ClientRecordQuerySet, work: Callable[[list[ClientRecord]], None]
) -> list[int]:
    """The keys of the lot that was worked on; empty at the end."""
    lot = list(records.order_by("pk").select_for_update(of=("self",))[:SIZE])
    if lot:
        work(lot)
    return [record.pk for record in lot]
