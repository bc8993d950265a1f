"""What a worker does with a long statement: looks at it, then takes it once it is confirmed.

A worker that is killed leaves an upload which the sweep hands out again; a file that was stored
is known then, and what of it is not booked yet is booked.
"""

import datetime as dt
from typing import Any

from celery import current_app
from django.db.models import Q, QuerySet

from foundation.look import Bar
from foundation.under_way import nobody_is_at, teller, told
from payments import bank_import, statement_looks, statement_uploads
from payments.models import StatementUpload
from payments.statement_uploads import WORK, sent
from payments.statements import StatementRefused


def work(upload_id: int, *, at: dt.datetime) -> None:
    """For the worker: look at the file, or take it once it is confirmed. Twice is once."""
    begun = _to_do().filter(nobody_is_at(at), pk=upload_id).update(begun_at=at)
    upload = StatementUpload.objects.filter(pk=upload_id).first()
    if not begun or upload is None:
        return
    try:
        done = _take(upload, at=at) if upload.confirmed_at else _look(upload, at=at)
    except StatementRefused as refused:
        done = {"stopped": str(refused)[:300]}
    StatementUpload.objects.filter(pk=upload_id).update(begun_at=None, **done)


def bar(upload: StatementUpload) -> Bar:
    """How far the worker is."""
    booked = told(_name(upload, "booked"))
    if booked is not None:
        done, total = booked
        return Bar("Booking", done, total, f"{done:,} of {total:,} payments")
    done, total = told(_name(upload, "read")) or (0, upload.lines)
    label = "Taking the lines in" if upload.confirmed_at else "Looking at the lines"
    return Bar(label, done, total, f"{done:,} of {total:,} lines")


def go_on(*, at: dt.datetime) -> int:
    """The sweep: hand out again what no worker is at; how many."""
    lost = _to_do().filter(nobody_is_at(at), lines__gt=statement_uploads.AT_ONCE).order_by("pk")
    uploads = list(lost.only("pk"))
    for upload in uploads:
        current_app.send_task(WORK, args=[upload.pk])
    return len(uploads)


def _to_do() -> QuerySet[StatementUpload]:
    open_steps = Q(looked_at=None) | Q(confirmed_at__isnull=False, file=None)
    return StatementUpload.objects.filter(open_steps, stopped="")


def _look(upload: StatementUpload, *, at: dt.datetime) -> dict[str, Any]:
    """What importing would do, kept for the page."""
    tell = _teller(upload)
    tally = bank_import.rehearse(sent(upload), by=upload.sent_by, at=at, tell=tell)
    return {"looked_at": at, "look": statement_looks.to_keep(tally)}


def _take(upload: StatementUpload, *, at: dt.datetime) -> dict[str, Any]:
    """Import it; the words of the file go with that."""
    tally = bank_import.store(sent(upload), by=upload.sent_by, at=at, tell=_teller(upload))
    bank_import.finish(tally, at=at, tell=teller(_name(upload, "booked")))
    return {"file": tally.file, "content": b""}


def _teller(upload: StatementUpload) -> bank_import.TellLines:
    tell = teller(_name(upload, "read"))
    return lambda read: tell(read, upload.lines)


def _name(upload: StatementUpload, what: str) -> str:
    step = "taken" if upload.confirmed_at else "looked"
    return f"statement:{upload.pk}:{step}:{what}"
