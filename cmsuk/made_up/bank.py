"""Made-up bank statements: one that was imported, and one that waits to be looked at."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from foundation.pence import decimal_string
from membership.models import User
from payments import bank_import, statement_uploads
from payments.bank_import import Sent
from payments.models import BankAccount, Invoice

HEADER = "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)"


Row = tuple[str, str, str]


def import_statement(invoice: Invoice, *, by: User, at: dt.datetime) -> None:
    """Somebody swapped two digits of their reference; a client paid for something else.

    Another statement was sent, and nobody has looked at it yet.
    """
    reference = invoice.account.payment_reference
    payer = f"{invoice.payer.given_name[:1]} {invoice.payer.family_name}".upper()
    rows = (
        (payer, mistyped(reference), decimal_string(invoice.rest_pence)),
        ("A CLIENT LTD", "INVOICE 17", "50.00"),
        ("A PRINTER LTD", "LEAFLETS", "-61.50"),
    )
    account = BankAccount.objects.create(name="Current account (sample)")
    content = _statement(rows, on=timezone.localdate(at))
    bank_import.take(Sent(content, "sample-statement.csv", account), by=by, at=at)
    waiting = (("A SPONSOR LTD", "STUDY DAY", "250.00"), ("A HALL LTD", "ROOM HIRE", "-180.00"))
    statement_uploads.keep(
        content=_statement(waiting, on=timezone.localdate(at)),
        name="sample-statement-to-look-at.csv",
        bank_account=account,
        by=by,
        at=at,
    )


def _statement(rows: Sequence[Row], *, on: dt.date) -> bytes:
    day = on.strftime("%d/%m/%Y")
    lines = [f"{day},{who},{words},FASTER PAYMENT,{pounds}," for who, words, pounds in rows]
    return "\n".join([HEADER, *lines]).encode()


def mistyped(reference: str) -> str:
    """The last two neighbours that differ, swapped; of seven equal digits the last is left out."""
    for at in range(len(reference) - 2, 2, -1):
        if reference[at] != reference[at + 1]:
            return f"{reference[:at]}{reference[at + 1]}{reference[at]}{reference[at + 2 :]}"
    return reference[:-1]
