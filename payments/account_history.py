"""Everything that a payer was asked for and has paid, oldest first, with the balance after each."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Model
from django.urls import reverse

from membership import one_person
from membership.models import Person
from payments.credit import free_credit_of
from payments.models import Account, Entry, Invoice


@dataclass(frozen=True)
class Line:
    """One line of the ledger as its payer reads it. Sums in pence; above zero is theirs."""

    on: dt.date
    words: str
    pence: int
    balance_pence: int
    paper: str = ""
    url: str = ""


@dataclass(frozen=True)
class History:
    """For templates/payments/history.html."""

    lines: tuple[Line, ...] = ()
    reference: str = ""
    owed_pence: int = 0
    credit_pence: int = 0


def history_of(person: Person, *, on: dt.date) -> History:
    """Three queries, however much there is. What lies ahead of the day is not shown."""
    accounts = list(Account.objects.filter(person__in=one_person.accounts_of(person)))
    if not accounts:
        return History()
    entries = Entry.objects.filter(account__in=accounts, occurred_on__lte=on).select_related(
        "invoice", "receipt", "creditnote"
    )
    balance, lines = 0, []
    for entry in entries.order_by("occurred_on", "pk"):
        balance += entry.pence
        lines.append(_line(entry, balance))
    owed = sum(invoice.rest_pence for invoice in Invoice.objects.of(person).payable())
    credit = sum(free_credit_of(account) for account in accounts)
    # Of several references, all of which go on working, the person's own is told.
    own = next((one for one in accounts if one.person_id == person.pk), accounts[0])
    return History(tuple(lines), own.payment_reference, owed, credit)


def _line(entry: Entry, balance_pence: int) -> Line:
    paper, url = _paper_of(entry)
    return Line(
        on=entry.occurred_on,
        words=_words(entry),
        pence=entry.pence,
        balance_pence=balance_pence,
        paper=str(paper or ""),
        url=url,
    )


def _words(entry: Entry) -> str:
    what = entry.invoice.text if entry.invoice else ""
    kind = "Invoice" if entry.kind == Entry.Kind.CHARGE else entry.get_kind_display()
    return f"{kind}{entry.came_by}: {what}".removesuffix(": ")


def _paper_of(entry: Entry) -> tuple[Model | None, str]:
    """The paper of a line, and where it is shown."""
    for name, view in (("receipt", "receipt"), ("creditnote", "credit_note")):
        if (paper := getattr(entry, name, None)) is not None:
            return paper, reverse(f"payments:{view}", args=[paper.number])
    if entry.kind == Entry.Kind.CHARGE and entry.invoice is not None:
        return entry.invoice, reverse("payments:invoice", args=[entry.invoice.number])
    return None, ""
