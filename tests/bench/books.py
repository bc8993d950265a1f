"""Settling a payment, and lapsing many members, beside the rows that they write in bare SQL."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from membership import lifecycle
from membership.models import FeeDue
from payments import settlement
from payments.models import Entry
from tests.bench.site import used_here
from tests.bench.timing import Call, Result, compare_both
from tests.payments.money import make_invoice

MOST_OF_SETTLING = MOST_OF_LAPSING = 6
LAPSING = 2_000
FEW_RUNS = 5
WRITES = ("INSERT", "UPDATE", "DELETE")
Written = tuple[str, Any]
_numbers = itertools.count(1)


def settling() -> list[Result]:
    """A payment that activates a membership."""
    invoice, now = make_invoice(at=timezone.now()), timezone.now()

    def settle() -> None:
        received = settlement.Received(
            invoice_id=invoice.pk,
            pence=invoice.total_pence,
            method=Entry.Method.BANK,
            source_key=f"bank:bench:{next(_numbers)}",
            occurred_on=timezone.localdate(now),
        )
        settlement.settle(received, at=now)

    return beside_its_rows("settle()", settle, target=MOST_OF_SETTLING, scale="one payment")


def lapsing(*, scale: str) -> list[Result]:
    """So many whose term and grace ended, with a letter to each."""
    on = timezone.localdate()
    ended = on - dt.timedelta(days=settings.GRACE_DAYS + 1)
    paid = FeeDue.objects.filter(ends_on__gte=on).order_by("pk")
    ending = list(paid.values_list("pk", flat=True)[:LAPSING])
    with transaction.atomic():
        began = ended - dt.timedelta(days=364)
        FeeDue.objects.filter(pk__in=ending).update(starts_on=began, ends_on=ended)
        found = beside_its_rows(
            "lapsing",
            lambda: lifecycle.lapse_due(at=timezone.now()),
            target=MOST_OF_LAPSING,
            scale=f"{LAPSING:,} of {scale}",
            runs=FEW_RUNS,
        )
        transaction.set_rollback(True)
    return found


def beside_its_rows(
    name: str, call: Call, *, target: float, scale: str, runs: int = 15
) -> list[Result]:
    """Each run finds what the first one found; the reference writes the same rows and no more."""
    written: list[Written] = []
    with connection.execute_wrapper(noting(written)):
        undone(call)()
    return compare_both(
        name,
        undone(call),
        undone(lambda: write(written)),
        used=used_here,
        target=target,
        scale=scale,
        runs=runs,
    )


def noting(written: list[Written]) -> Callable[..., Any]:
    """Remembers every statement that writes, with what goes into it."""

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES):
            written.append((sql, params))
        return execute(sql, params, many, context)

    return note


def write(written: list[Written]) -> None:
    """In a transaction of its own, as what it stands beside."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in written:
            cursor.execute(sql, params)


def undone(call: Call) -> Callable[[], None]:
    def run() -> None:
        with transaction.atomic():
            call()
            transaction.set_rollback(True)

    return run
