"""A made-up bank statement: one payment to confirm, one to look at, and what is no payment."""

import datetime as dt

from django.utils import timezone

from foundation.pence import decimal_string
from membership.models import User
from payments import bank_import
from payments.bank_import import Sent
from payments.models import BankAccount, Invoice

HEADER = "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)"


def import_statement(invoice: Invoice, *, by: User, at: dt.datetime) -> None:
    """Somebody swapped two digits of their reference; a client paid for something else."""
    reference = invoice.account.payment_reference
    payer = f"{invoice.payer.given_name[:1]} {invoice.payer.family_name}".upper()
    rows = (
        (payer, mistyped(reference), decimal_string(invoice.rest_pence)),
        ("A CLIENT LTD", "INVOICE 17", "50.00"),
        ("A PRINTER LTD", "LEAFLETS", "-61.50"),
    )
    on = timezone.localdate(at).strftime("%d/%m/%Y")
    lines = [f"{on},{who},{words},FASTER PAYMENT,{pounds}," for who, words, pounds in rows]
    content = "\n".join([HEADER, *lines]).encode()
    account = BankAccount.objects.create(name="Current account (sample)")
    bank_import.take(Sent(content, "sample-statement.csv", account), by=by, at=at)


def mistyped(reference: str) -> str:
    """The last two neighbours that differ, swapped; of seven equal digits the last is left out."""
    for at in range(len(reference) - 2, 2, -1):
        if reference[at] != reference[at + 1]:
            return f"{reference[:at]}{reference[at + 1]}{reference[at]}{reference[at + 2 :]}"
    return reference[:-1]
