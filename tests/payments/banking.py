"""Plain functions that make statements, take them, and look at what became of their lines."""

import datetime as dt
import itertools

from payments import bank_import, invoicing
from payments.bank_import import Sent
from payments.models import BankAccount, BankFile, BankLine
from tests.factories import A_DAY, A_MOMENT, make_approved, make_person
from tests.payments.statement_files import Row, lloyds

_numbers = itertools.count(1)
DAY = dt.timedelta(days=1)


def make_bank_account(name="Current account", **facts):
    return BankAccount.objects.get_or_create(name=name, defaults=facts)[0]


def make_debtor(pence=7200, **person):
    """Somebody with a fee to pay, and its invoice."""
    fee = make_approved(make_person(**person) if person else None, pence)
    return invoicing.raise_for(fee, at=A_MOMENT)


def reference_of(invoice):
    return invoice.account.payment_reference


def credit(invoice, pence=None, *, words=None, payer="P EXAMPLE", on=A_DAY):
    """A row that pays an invoice, or nearly."""
    written = reference_of(invoice) if words is None else words
    return Row(on, invoice.rest_pence if pence is None else pence, payer, written)


def sent(*rows, write=lloyds, bank_account=None, name="november.csv"):
    return Sent(write(rows), name, bank_account or make_bank_account())


def take(*rows, at=A_MOMENT, **how):
    return bank_import.take(sent(*rows, **how), by=None, at=at)


def states():
    """The states of all lines, in the order of their files."""
    lines = BankLine.objects.order_by("bank_file_id", "position")
    return list(lines.values_list("state", flat=True))


def the_line():
    return BankLine.objects.get()


def make_line(pence=7200, **facts):
    """A line as it might stand, without a file that was read."""
    number = next(_numbers)
    account = make_bank_account()
    file = BankFile.objects.create(
        bank_account=account, name="made.csv", sha256=f"{number:064d}", imported_at=A_MOMENT
    )
    usual = {
        "bank_account": account,
        "bank_file": file,
        "position": 1,
        "number": 2,
        "identity": f"{number:032d}",
        "on": A_DAY,
        "pence": pence,
        "text": "P EXAMPLE",
        "state": BankLine.State.UNMATCHED,
    }
    return BankLine.objects.create(**{**usual, **facts})
