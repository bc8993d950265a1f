"""Many at once, on a real PostgreSQL: numbers of papers without a gap and without a double."""

import pytest
from django.db import transaction

from payments import credit, invoicing, receipting
from payments.ledger_checks import violations
from payments.models import Entry, Invoice, Receipt
from tests.factories import A_MOMENT, make_approved, make_fee
from tests.payments.money import make_invoice, money_of, receive
from tests.races import at_once, refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def numbers(model):
    return sorted(model.objects.values_list("number", flat=True))


def expected(prefix, count):
    return [f"{prefix}-2026-{number:04d}" for number in range(1, count + 1)]


def test_invoices_raised_at_once_have_neither_gap_nor_double_when_some_are_rolled_back():
    fees = [make_approved() for _ in range(16)]

    def raise_invoice(number, fee):
        with transaction.atomic():
            invoicing.raise_for(fee, at=A_MOMENT)
            transaction.set_rollback(number % 4 == 0)

    at_once(lambda n=n, fee=fee: raise_invoice(n, fee) for n, fee in enumerate(fees))

    assert numbers(Invoice) == expected("CMS", 12)
    assert list(violations()) == []


def test_receipts_given_at_once_have_neither_gap_nor_double_when_some_are_rolled_back():
    invoices = [make_invoice(7200) for _ in range(12)]

    def take_money(number, invoice):
        with transaction.atomic():
            receive(invoice, 7200)
            transaction.set_rollback(number % 3 == 0)

    at_once(lambda n=n, one=one: take_money(n, one) for n, one in enumerate(invoices))

    assert numbers(Receipt) == expected("CMSR", 8)
    assert Entry.objects.payments().count() == 8
    assert list(violations()) == []


def test_the_sweep_in_ten_places_at_once_writes_a_missing_receipt_once():
    receive(make_invoice(7200), 7200)
    Receipt.objects.all().delete()

    at_once(lambda: receipting.write_missing(at=A_MOMENT) for _ in range(10))

    assert numbers(Receipt) == ["CMSR-2026-0002"]


def test_credit_used_ten_times_at_once_is_used_once():
    first = make_invoice(7200)
    receive(first, 8000)
    second = invoicing.raise_for(make_fee(first.payer, 7200, purpose="renewal"), at=A_MOMENT)

    used = at_once(
        [lambda: credit.use(second.pk, by=None, at=A_MOMENT)] * 10,
        refusals=(credit.NoCreditToUse,),
    )

    assert refused(used).count(False) == 1
    assert money_of(second) == [800]
    assert list(violations()) == []
