"""Sums of part payments equal totals to the penny, asked of the database itself."""

import pytest
from django.db.models import F, Sum
from hypothesis import given
from hypothesis import strategies as st

from payments.models import Entry, Invoice
from tests.payments.money import make_invoice, receive
from tests.profiles import times

pytestmark = pytest.mark.django_db
PARTS = st.lists(st.integers(1, 1_000_000), min_size=1, max_size=4)


@times(0.2)
@given(st.lists(PARTS, min_size=1, max_size=6))
def test_every_invoice_paid_in_parts_is_paid_exactly(parts_of_invoices):
    invoices = [make_invoice(sum(parts)) for parts in parts_of_invoices]
    for invoice, parts in zip(invoices, parts_of_invoices, strict=True):
        for pence in parts:
            receive(invoice, pence)

    ours = Invoice.objects.filter(pk__in=[invoice.pk for invoice in invoices])
    of_payments = Entry.objects.payments().filter(invoice__in=ours)
    summed = ours.filter(entries__kind=Entry.Kind.PAYMENT).annotate(sum=Sum("entries__pence"))
    assert summed.filter(sum=F("total_pence")).count() == len(invoices)
    assert ours.filter(state=Invoice.State.PAID, paid_pence=F("total_pence")).count() == len(
        invoices
    )
    assert of_payments.aggregate(sum=Sum("pence"))["sum"] == sum(map(sum, parts_of_invoices))
    assert Entry.objects.filter(invoice__in=ours).aggregate(sum=Sum("pence"))["sum"] == 0
