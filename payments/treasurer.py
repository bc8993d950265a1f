"""The treasurer's books: the journal of a time, line by line, and its trial balance.

Both are read from the ledger alone. The journal is streamed: it takes the same memory whether it
has ten lines or a million.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from foundation.pence import decimal_string
from foundation.spreadsheets import guarded
from payments.models import CreditNote, Entry, InvoiceLine
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
    """What each account held before, what moved, and what it holds after. Nine queries."""
    opening = opening_balances(first_on)
    moved = _sides(entries_between(first_on, last_on))
    lines = tuple(
        BalanceLine(name, opening.get(name, 0), *moved.get(name, (0, 0)))
        for name in ORDER
        if opening.get(name) or name in moved
    )
    return TrialBalance(first_on, last_on, lines)


def opening_balances(first_on: dt.date) -> dict[str, int]:
    """What each account held at the start of a day: income and losses of this year alone."""
    year_starts_on, _ends_on = year_of(first_on, end_month=settings.YEAR_END_MONTH)
    earlier = _sides(Entry.objects.filter(occurred_on__lt=year_starts_on))
    held: defaultdict[str, int] = defaultdict(int)
    for name, (debit, credit) in earlier.items():
        held[EARLIER_YEARS if name in OF_THE_YEAR else name] += debit - credit
    this_year = _sides(entries_between(year_starts_on, first_on - ONE_DAY))
    for name, (debit, credit) in this_year.items():
        held[name] += debit - credit
    return dict(held)


def journal(first_on: dt.date, last_on: dt.date) -> Iterator[tuple[str, ...]]:
    """The rows of the journal: every posting by day, each with the running balance."""
    held = defaultdict(int, opening_balances(first_on))
    for entry in _with_all(entries_between(first_on, last_on)).iterator(chunk_size=AT_ONCE):
        for side in postings(_sort_of(entry), entry.pence, vat_pence=_vat_of(entry)):
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


def entries_between(first_on: dt.date, last_on: dt.date) -> QuerySet[Entry]:
    """By the day on which money moved or was asked for, both days included."""
    return Entry.objects.filter(occurred_on__gte=first_on, occurred_on__lte=last_on)


def _with_all(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """With everything that a row of the journal shows."""
    lines = InvoiceLine.objects.filter(invoice=OuterRef("invoice")).order_by().values("invoice")
    vat = Subquery(lines.annotate(sum=Sum("vat_pence")).values("sum"))
    whole = entries.select_related(
        "account__person", "invoice", "receipt", "creditnote", "reverses"
    )
    return whole.annotate(charged_vat=Coalesce(vat, 0)).order_by("occurred_on", "pk")


def _row(entry: Entry, side: Posting, held_pence: int) -> tuple[str, ...]:
    """Sums are figures; what people or banks wrote is guarded."""
    paper = getattr(entry, "receipt", None) or getattr(entry, "creditnote", None)
    return (
        entry.occurred_on.isoformat(),
        str(entry.pk),
        entry.get_kind_display(),
        side.account,
        decimal_string(max(side.pence, 0)),
        decimal_string(max(-side.pence, 0)),
        decimal_string(held_pence),
        entry.invoice.number if entry.invoice else "",
        paper.number if paper else "",
        entry.account.payment_reference,
        guarded(entry.account.person.name),
        entry.get_method_display(),
        guarded(entry.note),
        guarded(entry.source_key),
    )


def _sort_of(entry: Entry) -> Sort:
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


def _sides(entries: QuerySet[Entry]) -> dict[str, tuple[int, int]]:
    """Debits and credits of each account, summed by the database. Three queries."""
    found: dict[str, tuple[int, int]] = {}
    vat = _vat_by_sort(entries)
    for sort, pence in _sums(entries):
        for side in postings(sort, pence, vat_pence=vat.get(sort, 0)):
            debit, credit = found.get(side.account, (0, 0))
            found[side.account] = (debit + max(side.pence, 0), credit + max(-side.pence, 0))
    return found


def _sums(entries: QuerySet[Entry]) -> Iterator[tuple[Sort, int]]:
    """For each sort of line, what added to payers' accounts, and what took away."""
    sorts = entries.order_by().values("kind", "method", "invoice__kind", "reverses__kind")
    for row in sorts.annotate(
        added=Coalesce(Sum("pence", filter=Q(pence__gt=0)), 0),
        taken=Coalesce(Sum("pence", filter=Q(pence__lt=0)), 0),
    ):
        invoice_kind, reversed_kind = row["invoice__kind"] or "", row["reverses__kind"] or ""
        sort = Sort(row["kind"], row["method"], invoice_kind, reversed_kind)
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
