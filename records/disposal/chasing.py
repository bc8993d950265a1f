"""What the nightly sweep does for disposals: it reminds, and ends what nobody signs. No more."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.one_by_one import each, in_turn
from records.disposal import letters_of, proposing, witnesses
from records.models import Certificate, Disposal, Witness

REMIND_AFTER = dt.timedelta(days=7)
RUNS_OUT_AFTER = dt.timedelta(days=60)
"""A proposal is about facts of its day: after two months somebody looks at them anew."""
FILE_AFTER = dt.timedelta(days=14)


def chase(*, at: dt.datetime) -> int:
    """Write whatever is due; how many letters or endings. Twice is the same as once."""
    steps = (_end_old, _witnesses, _colleagues, _files)
    return sum(in_turn(*(partial(step, at) for step in steps)))


def _end_old(at: dt.datetime) -> int:
    old = Disposal.objects.waiting().filter(proposed_at__lte=at - RUNS_OUT_AFTER)
    return sum(each(_keys(old), lambda pk: _run_out(pk, at)))


@transaction.atomic
def _run_out(disposal_id: int, at: dt.datetime) -> bool:
    try:
        disposal = proposing.locked(disposal_id)
    except proposing.HasEnded:
        return False
    witnesses.end(disposal, Witness.Ending.EXPIRED, at=at)
    proposing.drop(disposal, Disposal.Ending.RAN_OUT, by=None, at=at)
    letters_of.tell_news(disposal, "ran_out", at=at)
    return True


def _witnesses(at: dt.datetime) -> int:
    asked = Witness.objects.filter(ended_at=None)
    expired = asked.filter(expires_on__lt=timezone.localdate(at))
    due = asked.filter(reminded_at=None, asked_at__lte=at - witnesses.REMIND_AFTER)
    return sum(
        in_turn(
            lambda: sum(each(_keys(expired), lambda pk: _expire(pk, at))),
            lambda: sum(each(_keys(due), lambda pk: witnesses.remind(pk, at=at))),
        )
    )


@transaction.atomic
def _expire(witness_id: int, at: dt.datetime) -> bool:
    disposal_id = Witness.objects.values_list("disposal_id", flat=True).get(pk=witness_id)
    try:
        disposal = proposing.locked(disposal_id)
    except proposing.HasEnded:
        return False
    still = Witness.objects.filter(pk=witness_id, ended_at=None)
    if not still.update(ended_at=at, ending=Witness.Ending.EXPIRED):
        return False
    letters_of.tell_news(disposal, "expired", at=at)
    return True


def _colleagues(at: dt.datetime) -> int:
    """Once more to whoever else works in the register. Officers see it on their first screen."""
    due = Disposal.objects.waiting().filter(
        way=Disposal.Way.COLLEAGUE, reminded_at=None, asked_at__lte=at - REMIND_AFTER
    )
    return sum(each(_keys(due), lambda pk: _remind(pk, at)))


@transaction.atomic
def _remind(disposal_id: int, at: dt.datetime) -> bool:
    try:
        disposal = proposing.locked(disposal_id)
    except proposing.HasEnded:
        return False
    if disposal.reminded_at is not None:
        return False
    disposal.reminded_at = at
    disposal.save()
    letters_of.ask_colleagues(disposal, at=at, again=True)
    return True


def _files(at: dt.datetime) -> int:
    """Owners who have not said yet what became of the file itself."""
    open_still = Certificate.objects.filter(
        file_confirmed_at=None, destroyed_at__lte=at - FILE_AFTER
    )
    found = open_still.select_related("register__owner").order_by("pk")
    return sum(each(list(found), lambda one: letters_of.remind_of_file(one, at=at)))


def _keys(rows: QuerySet) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))
