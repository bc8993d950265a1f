"""Keeps a bank's file between being sent and being confirmed, for whoever sent it alone."""

import datetime as dt

from django.db import transaction

from membership.models import User
from payments import bank_import
from payments.bank_import import Sent, Tally
from payments.models import BankAccount, StatementColumns, StatementUpload
from payments.statements import StatementRefused, UnknownLayout, first_rows, signature
from payments.statements.decoding import decode

KEPT_FOR = dt.timedelta(days=1)


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
    try:
        _read_through(Sent(content, name, bank_account))
    except UnknownLayout:
        if not _has_columns(content):
            raise NoHeadings from None
    return StatementUpload.objects.create(
        bank_account=bank_account, name=name[:120], content=content, sent_at=at, sent_by=by
    )


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
    _read_through(sent(upload))


def confirm(upload: StatementUpload, *, by: User, at: dt.datetime) -> Tally:
    """Import it; the upload goes with that. Raises StatementRefused."""
    tally = bank_import.take(sent(upload), by=by, at=at)
    upload.delete()
    return tally


def drop_old(*, at: dt.datetime) -> int:
    """Forget files that nobody confirmed within a day; how many there were."""
    deleted, _ = StatementUpload.objects.filter(sent_at__lt=at - KEPT_FOR).delete()
    return deleted


def _read_through(one: Sent) -> None:
    for _line in one.statement().lines():
        pass


def _has_columns(content: bytes) -> bool:
    """Whether there is a header at all, for the office to explain."""
    try:
        return any(first_rows(decode(content))[0])
    except StatementRefused:
        return False
