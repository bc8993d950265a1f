"""Taking a bank statement, beside reading the same file and storing the same rows."""

import datetime as dt
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from payments import bank_import
from payments.bank_import import Sent
from payments.models import BankAccount, BankFile, BankLine, Invoice
from payments.statements import read
from tests.bench.books import undone
from tests.bench.site import used_here
from tests.bench.timing import Result, compare_both, result
from tests.payments.statement_files import Row, lloyds

LINES = 20_000
DEBTS = 150
"""Of 3,000 members one in twenty owes a fee."""
A_CHUNK = 1_000
MOST_OVER_STORING = 3
RUNS = 5
A_PART = 4
MOST_GROWTH = 1.1
MEBIBYTE = 1024 * 1024


def measure() -> list[Result]:
    """Some who owe pay with a whole reference; the rest is what else banks tell."""
    debts = [
        (invoice.account.payment_reference, invoice.rest_pence)
        for invoice in Invoice.objects.payable().select_related("account").order_by("pk")[:DEBTS]
    ]
    account = BankAccount.objects.create(name="Benchmark")
    with TemporaryDirectory() as folder:
        whole, part = Path(folder) / "whole.csv", Path(folder) / "part.csv"
        whole.write_bytes(lloyds(rows(debts)))
        part.write_bytes(lloyds(rows(debts[: len(debts) // A_PART], LINES // A_PART)))
        return [
            memory(whole, part, account),
            *compare_both(
                "a bank statement",
                undone(lambda: take(whole, account)),
                undone(lambda: only_store(whole, account)),
                used=used_here,
                target=MOST_OVER_STORING,
                scale=f"{LINES:,} lines, {len(debts):,} booked",
                runs=RUNS,
            ),
        ]


def memory(whole: Path, part: Path, account: BankAccount) -> Result:
    """The most that taking a file on disk holds, over a part of the file."""
    undone(lambda: take(part, account))()  # What is kept for later runs is not of this one.
    return result(
        f"memory of a bank statement over {A_PART} times fewer lines",
        *(held(file, account) for file in (whole, part)),
        target=MOST_GROWTH,
        scale=f"{LINES:,} lines",
        unit="MiB",
    )


def held(file: Path, account: BankAccount) -> float:
    tracemalloc.start()
    undone(lambda: take(file, account))()
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / MEBIBYTE


def rows(debts: list[tuple[str, int]], lines: int = LINES) -> list[Row]:
    """The debts, spread evenly among other credits and debits."""
    today = timezone.localdate()
    every = lines // max(len(debts), 1)
    found = []
    for number in range(lines):
        on = today - dt.timedelta(days=number % 60)
        if number % every == 0 and number // every < len(debts):
            reference, pence = debts[number // every]
            found.append(Row(on, pence, "P EXAMPLE", reference))
        else:
            sign = 1 if number % 2 else -1
            found.append(Row(on, sign * (1_000 + number), "A CLIENT LTD", f"INVOICE {number}"))
    return found


def take(file: Path, account: BankAccount) -> None:
    bank_import.take(Sent(file, "bench.csv", account), by=None, at=timezone.now())


def only_store(sent: Path, account: BankAccount) -> None:
    """The same rows without matching, identities that overlap, or booking."""
    file = BankFile.objects.create(
        bank_account=account, name="bench.csv", sha256="0", imported_at=timezone.now()
    )
    made = [
        BankLine(
            bank_account=account,
            bank_file=file,
            position=position,
            number=line.number,
            identity=f"{position}",
            on=line.on,
            pence=line.pence,
            text=line.text,
            balance_pence=line.balance_pence,
            state=BankLine.State.UNMATCHED,
        )
        for position, line in enumerate(read(sent).lines(), 1)
    ]
    for first in range(0, len(made), A_CHUNK):
        BankLine.objects.bulk_create(made[first : first + A_CHUNK])
