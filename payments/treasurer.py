"""The treasurer's books: the journal of a time, line by line, and its trial balance.

Both are read from the ledger, and from our account at PayPal. The journal is streamed: it takes
the same memory whether it has ten lines or a million.
"""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from foundation.pence import decimal_string
from foundation.spreadsheets import guarded
from payments.models import CreditNote, Entry, InvoiceLine, PaypalEntry
from payments.nominal import (
    EARLIER_YEARS,
    OF_THE_YEAR,
    ORDER,
    Posting,
    Sort,
    postings,
    year_of,
)

AT_ONCE = 500
ONE_DAY = dt.timedelta(days=1)
JOURNAL_HEAD = (
    *("date", "entry", "kind", "account", "debit", "credit", "balance of the account"),
    *("invoice", "paper", "payment reference", "payer", "method", "note", "source"),
)
Written = Entry | PaypalEntry
NO_PAYER = ("",) * 5
ADDED = Coalesce(Sum("pence", filter=Q(pence__gt=0)), 0)
TAKEN = Coalesce(Sum("pence", filter=Q(pence__lt=0)), 0)
BALANCE_HEAD = ("account", "opening", "debits", "credits", "closing")


@dataclass(frozen=True)
class BalanceLine:
    """One account over a time, in pence: a balance above zero is a debit."""

    account: str
    opening_pence: int
    debit_pence: int
    credit_pence: int

    @property
    def closing_pence(self) -> int:
        return self.opening_pence + self.debit_pence - self.credit_pence


@dataclass(frozen=True)
class TrialBalance:
    """Every account between two days, both included; the sums of a balance come to nothing."""

    first_on: dt.date
    last_on: dt.date
    lines: tuple[BalanceLine, ...]

    @property
    def debit_pence(self) -> int:
        return sum(line.debit_pence for line in self.lines)

    @property
    def credit_pence(self) -> int:
        return sum(line.credit_pence for line in self.lines)

    @property
    def balances(self) -> bool:
        """Whether both sides agree, at the start and at the end."""
        opening = sum(line.opening_pence for line in self.lines)
        return opening == 0 and self.debit_pence == self.credit_pence


def trial_balance(first_on: dt.date, last_on: dt.date) -> TrialBalance:
    """What each account held before, what moved, and what it holds after. Twelve queries."""
    opening = opening_balances(first_on)
    moved = _sides(_within(first_on, last_on))
    lines = tuple(
        BalanceLine(name, opening.get(name, 0), *moved.get(name, (0, 0)))
        for name in ORDER
        if opening.get(name) or name in moved
    )
    return TrialBalance(first_on, last_on, lines)


def opening_balances(first_on: dt.date) -> dict[str, int]:
    """What each account held at the start of a day: income and losses of this year alone."""
    year_starts_on, _ends_on = year_of(first_on, end_month=settings.YEAR_END_MONTH)
    earlier = _sides(Q(occurred_on__lt=year_starts_on))
    held: defaultdict[str, int] = defaultdict(int)
    for name, (debit, credit) in earlier.items():
        held[EARLIER_YEARS if name in OF_THE_YEAR else name] += debit - credit
    this_year = _sides(_within(year_starts_on, first_on - ONE_DAY))
    for name, (debit, credit) in this_year.items():
        held[name] += debit - credit
    return dict(held)


def journal(first_on: dt.date, last_on: dt.date) -> Iterator[tuple[str, ...]]:
    """The rows of the journal: every posting by day, each with the running balance."""
    held = defaultdict(int, opening_balances(first_on))
    days = _within(first_on, last_on)
    payers: Iterator[Written] = _with_all(Entry.objects.filter(days)).iterator(chunk_size=AT_ONCE)
    at_paypal = PaypalEntry.objects.filter(days).order_by("occurred_on", "pk")
    ours: Iterator[Written] = at_paypal.iterator(chunk_size=AT_ONCE)
    for entry in heapq.merge(payers, ours, key=_day_of):
        vat = _vat_of(entry) if isinstance(entry, Entry) else 0
        for side in postings(_sort_of(entry), entry.pence, vat_pence=vat):
            held[side.account] += side.pence
            yield _row(entry, side, held[side.account])


def balance_rows(balance: TrialBalance) -> Iterator[tuple[str, ...]]:
    """The trial balance as rows of a file, with its sums."""
    for line in balance.lines:
        opening, closing = decimal_string(line.opening_pence), decimal_string(line.closing_pence)
        debit, credit = decimal_string(line.debit_pence), decimal_string(line.credit_pence)
        yield (line.account, opening, debit, credit, closing)
    yield (
        *("Total", "", decimal_string(balance.debit_pence)),
        *(decimal_string(balance.credit_pence), ""),
    )


def _within(first_on: dt.date, last_on: dt.date) -> Q:
    """By the day on which money moved or was asked for, both days included."""
    return Q(occurred_on__gte=first_on, occurred_on__lte=last_on)


def _with_all(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """With everything that a row of the journal shows."""
    lines = InvoiceLine.objects.filter(invoice=OuterRef("invoice")).order_by().values("invoice")
    vat = Subquery(lines.annotate(sum=Sum("vat_pence")).values("sum"))
    whole = entries.select_related(
        "account__person", "invoice", "receipt", "creditnote", "reverses"
    )
    return whole.annotate(charged_vat=Coalesce(vat, 0)).order_by("occurred_on", "pk")


def _day_of(entry: Written) -> dt.date:
    return entry.occurred_on


def _row(entry: Written, side: Posting, held_pence: int) -> tuple[str, ...]:
    """Sums are figures; what people or banks wrote is guarded."""
    return (
        entry.occurred_on.isoformat(),
        str(entry.pk) if isinstance(entry, Entry) else f"PayPal {entry.pk}",
        entry.get_kind_display(),
        side.account,
        decimal_string(max(side.pence, 0)),
        decimal_string(max(-side.pence, 0)),
        decimal_string(held_pence),
        *(_payer_of(entry) if isinstance(entry, Entry) else NO_PAYER),
        guarded(entry.note),
        guarded(entry.source_key),
    )


def _payer_of(entry: Entry) -> tuple[str, ...]:
    paper = getattr(entry, "receipt", None) or getattr(entry, "creditnote", None)
    return (
        entry.invoice.number if entry.invoice else "",
        paper.number if paper else "",
        entry.account.payment_reference,
        guarded(entry.account.person.name),
        entry.get_method_display(),
    )


def _sort_of(entry: Written) -> Sort:
    if isinstance(entry, PaypalEntry):
        return Sort(entry.kind)
    return Sort(
        entry.kind,
        entry.method,
        entry.invoice.kind if entry.invoice else "",
        entry.reverses.kind if entry.reverses else "",
    )


def _vat_of(entry: Entry) -> int:
    if entry.kind == Entry.Kind.CHARGE:
        return int(getattr(entry, "charged_vat", 0))
    note = getattr(entry, "creditnote", None)
    return note.vat_pence if note else 0


def _sides(days: Q) -> dict[str, tuple[int, int]]:
    """Debits and credits of each account, summed by the database. Four queries."""
    found: dict[str, tuple[int, int]] = {}
    entries = Entry.objects.filter(days)
    vat = _vat_by_sort(entries)
    for sort, pence in chain(_sums(entries), _sums_at_paypal(PaypalEntry.objects.filter(days))):
        for side in postings(sort, pence, vat_pence=vat.get(sort, 0)):
            debit, credit = found.get(side.account, (0, 0))
            found[side.account] = (debit + max(side.pence, 0), credit + max(-side.pence, 0))
    return found


def _sums(entries: QuerySet[Entry]) -> Iterator[tuple[Sort, int]]:
    """For each sort of line, what added to payers' accounts, and what took away."""
    sorts = entries.order_by().values("kind", "method", "invoice__kind", "reverses__kind")
    for row in sorts.annotate(added=ADDED, taken=TAKEN):
        invoice_kind, reversed_kind = row["invoice__kind"] or "", row["reverses__kind"] or ""
        sort = Sort(row["kind"], row["method"], invoice_kind, reversed_kind)
        yield from ((sort, pence) for pence in (row["added"], row["taken"]) if pence)


def _sums_at_paypal(entries: QuerySet[PaypalEntry]) -> Iterator[tuple[Sort, int]]:
    for row in entries.order_by().values("kind").annotate(added=ADDED, taken=TAKEN):
        sort = Sort(row["kind"])
        yield from ((sort, pence) for pence in (row["added"], row["taken"]) if pence)


def _vat_by_sort(entries: QuerySet[Entry]) -> dict[Sort, int]:
    """The VAT within charges and credit notes, by what their invoice was for."""
    charges = entries.filter(kind=Entry.Kind.CHARGE).order_by().values("invoice")
    charged = InvoiceLine.objects.filter(invoice__in=charges).order_by().values("invoice__kind")
    credited = CreditNote.objects.filter(entry__in=entries).order_by().values("invoice__kind")
    return {
        Sort(kind.value, "", row["invoice__kind"]): row["sum"]
        for kind, rows in ((Entry.Kind.CHARGE, charged), (Entry.Kind.CREDIT_NOTE, credited))
        for row in rows.annotate(sum=Sum("vat_pence"))
    }
