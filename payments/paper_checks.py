"""What must always be true of papers: numbers without gaps, lines that add up, none missing."""

from collections.abc import Iterator

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Replace

from foundation.models import Counter
from payments import receipting
from payments.models import CreditNote, Entry, Invoice, Receipt
from payments.numbering import BEFORE, CREDIT_NOTES, INVOICES, RECEIPTS, Row, written

ROWS: dict[Row, type[Model]] = {
    INVOICES: Invoice,
    BEFORE: Invoice,
    RECEIPTS: Receipt,
    CREDIT_NOTES: CreditNote,
}


def gaps() -> Iterator[str]:
    """Every number that was given out belongs to a paper, and every paper has such a number."""
    for row, model in ROWS.items():
        prefix, counter = row
        for one in Counter.objects.filter(name__startswith=counter).order_by("name"):
            yield from _gaps_of(model, prefix, int(one.name.removeprefix(counter)), one.last)


def _gaps_of(model: type[Model], prefix: str, year: int, last: int) -> Iterator[str]:
    papers = model._default_manager.filter(number__startswith=f"{prefix}-{year}-")
    used = {int(number.rpartition("-")[2]) for number in papers.values_list("number", flat=True)}
    for missing in sorted(set(range(1, last + 1)) ^ used):
        yield written(prefix, year, missing)


def lines_that_do_not_add_up() -> QuerySet[Invoice]:
    asked = Sum(F("lines__quantity") * F("lines__unit_pence"))
    return Invoice.objects.annotate(asked=Coalesce(asked, 0)).exclude(total_pence=F("asked"))


def receipts_of_another_sum() -> QuerySet[Receipt]:
    return Receipt.objects.exclude(pence=F("entry__pence"))


def credit_that_was_lost_on_the_way() -> QuerySet[Entry]:
    """What leaves one place, `…:from`, arrives whole at another, `…:to`, and nothing else does."""
    moved = Entry.objects.filter(kind=Entry.Kind.TRANSFER)
    return moved.exclude(_arrived(":from", ":to") | _arrived(":to", ":from"))


def _arrived(one: str, other: str) -> Q:
    twin_key = Replace(OuterRef("source_key"), Value(one), Value(other))
    twin = Entry.objects.filter(
        kind=Entry.Kind.TRANSFER, source_key=twin_key, pence=-OuterRef("pence")
    )
    return Q(Exists(twin), source_key__endswith=one)


QUESTIONS = {
    "the lines of an invoice add up to its total": lines_that_do_not_add_up,
    "every payment has a receipt, every withdrawn charge a credit note": receipting.without_paper,
    "a receipt is for the sum that came": receipts_of_another_sum,
    "credit that is moved adds up to nothing": credit_that_was_lost_on_the_way,
}
