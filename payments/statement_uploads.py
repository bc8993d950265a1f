"""Keeps a bank's file between being sent and being confirmed, for whoever sent it alone.

A long one is looked at and taken by a worker, in two steps (`statement_work.py`).
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from foundation.queueing import after_commit
from membership.models import User
from payments import bank_import
from payments.bank_import import Sent, Tally
from payments.models import BankAccount, StatementColumns, StatementUpload
from payments.statements import StatementRefused, UnknownLayout, first_rows, signature
from payments.statements.decoding import decode

KEPT_FOR = dt.timedelta(days=1)
AT_ONCE = 1_000
"""So many lines are looked at and taken while the browser waits; more go to a worker."""
WORK = "payments.tasks.work_on_statement"


class NoHeadings(StatementRefused):
    """Nothing that could be explained."""

    def __init__(self) -> None:
        super().__init__(
            "No statement was found in this file, and no row of headings that could be explained. "
            "Download it from the bank as CSV with headings, or as OFX."
        )


def keep(
    *, content: bytes, name: str, bank_account: BankAccount, by: User, at: dt.datetime
) -> StatementUpload:
    """Keep a file that can be read, or whose columns can be explained. Raises StatementRefused."""
    lines = 0
    try:
        lines = _count_lines(Sent(content, name, bank_account))
    except UnknownLayout:
        if not _has_columns(content):
            raise NoHeadings from None
    upload = StatementUpload.objects.create(
        bank_account=bank_account,
        name=name[:120],
        content=content,
        lines=lines,
        sent_at=at,
        sent_by=by,
    )
    _hand_over(upload)
    return upload


def sent(upload: StatementUpload) -> Sent:
    return Sent(bytes(upload.content), upload.name, upload.bank_account)


@transaction.atomic
def explain(
    upload: StatementUpload, roles: dict[str, object], *, by: User, at: dt.datetime
) -> None:
    """Remember for the account which column is which. Raises StatementRefused if it reads badly."""
    StatementColumns.objects.update_or_create(
        bank_account=upload.bank_account,
        signature=signature(decode(bytes(upload.content))),
        defaults={"roles": roles, "told_at": at, "told_by": by},
    )
    upload.lines = _count_lines(sent(upload))
    upload.save(update_fields=["lines"])
    _hand_over(upload)


def of(by: User) -> QuerySet[StatementUpload]:
    """What somebody sent and can still come back to, the newest first; without the files."""
    theirs = StatementUpload.objects.filter(sent_by=by).select_related("bank_account")
    return theirs.defer("content", "look").order_by("-sent_at", "-pk")


def stands(upload: StatementUpload) -> str:
    """How an upload stands, in words."""
    if upload.file_id is not None:
        return "imported"
    if upload.stopped:
        return "could not be read"
    if upload.confirmed_at is not None:
        return "being imported"
    is_seen = upload.looked_at is not None or not is_long(upload)
    return "waits for you to look at it" if is_seen else "being looked at"


def is_long(upload: StatementUpload) -> bool:
    return upload.lines > AT_ONCE


def confirm_long(upload: StatementUpload, *, at: dt.datetime) -> None:
    """Have a worker import it, once it was looked at; twice is once."""
    waiting = StatementUpload.objects.filter(pk=upload.pk, confirmed_at=None)
    if waiting.exclude(looked_at=None).update(confirmed_at=at):
        _hand_over(upload)


def drop(upload: StatementUpload) -> bool:
    """Forget a file; False where a worker has it, or has taken it."""
    waiting = StatementUpload.objects.filter(pk=upload.pk, file=None)
    return bool(waiting.filter(Q(confirmed_at=None) | ~Q(stopped="")).delete()[0])


def _hand_over(upload: StatementUpload) -> None:
    if is_long(upload):
        after_commit(WORK, upload.pk)


def confirm(upload: StatementUpload, *, by: User, at: dt.datetime) -> Tally:
    """Import it; the upload goes with that. Raises StatementRefused."""
    tally = bank_import.take(sent(upload), by=by, at=at)
    upload.delete()
    return tally


def drop_old(*, at: dt.datetime) -> int:
    """Forget files a day after they were sent; how many there were.

    One that is confirmed and that no worker has taken yet is kept until one has, however long
    the workers are away.
    """
    awaited = Q(confirmed_at__isnull=False, file=None, stopped="")
    old = StatementUpload.objects.filter(sent_at__lt=at - KEPT_FOR)
    return old.exclude(awaited).delete()[0]


def _count_lines(one: Sent) -> int:
    """Read it through. Raises StatementRefused."""
    return sum(1 for _line in one.statement().lines())


def _has_columns(content: bytes) -> bool:
    """Whether there is a header at all, for the office to explain."""
    try:
        return any(first_rows(decode(content))[0])
    except StatementRefused:
        return False
