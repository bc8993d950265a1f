"""What the tables of papers refuse."""

import pytest
from django.db import IntegrityError, transaction

from payments.models import CreditNote, Invoice, InvoiceLine, Receipt
from tests.factories import A_DAY
from tests.payments.money import make_invoice, receive

pytestmark = pytest.mark.django_db


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()
    return True


@pytest.mark.parametrize(
    "change",
    [
        {"position": 1},
        {"quantity": 0},
        {"vat_pence": 1},
        {"vat_rate": 2000, "vat_pence": 201},
        {"unit_pence": -1},
    ],
)
def test_a_line_has_its_own_place_some_quantity_and_vat_within_it(change):
    facts = {"position": 2, "text": "Lunch", "unit_pence": 100, "quantity": 2}
    invoice = make_invoice()

    assert refused(lambda: InvoiceLine.objects.create(invoice=invoice, **{**facts, **change}))


@pytest.mark.parametrize(("treatment", "number"), [("standard", ""), ("exempt", "GB 1")])
def test_a_vat_number_stands_where_vat_is_charged_and_nowhere_else(treatment, number):
    invoice = make_invoice()
    rows = Invoice.objects.filter(pk=invoice.pk)

    assert refused(lambda: rows.update(vat_treatment=treatment, vat_number=number))


def facts_of(invoice):
    return {
        "account": invoice.account,
        "invoice": invoice,
        "text": invoice.text,
        "issued_on": A_DAY,
        "pence": 100,
        "entry": invoice.entries.get(kind="charge"),
    }


@pytest.mark.parametrize(
    "change", [{"number": "R-1"}, {"number": "CMS-2026-0009"}, {"pence": 0}, {"rest_pence": -1}]
)
def test_a_receipt_has_a_number_of_its_form_and_some_money(change):
    facts = {"number": "CMSR-2026-0009", "paid_on": A_DAY, "method": "Bank", "rest_pence": 0}
    facts |= facts_of(make_invoice())

    assert refused(lambda: Receipt.objects.create(**{**facts, **change}))


def test_a_payment_has_one_receipt_and_a_number_belongs_to_one():
    receive(make_invoice(), 100)
    receipt = Receipt.objects.get()
    fields = [field.attname for field in Receipt._meta.concrete_fields if field.name != "id"]
    facts = {name: getattr(receipt, name) for name in fields}
    other = make_invoice().entries.get()

    assert refused(lambda: Receipt.objects.create(**{**facts, "number": "CMSR-2026-0002"}))
    assert refused(lambda: Receipt.objects.create(**{**facts, "entry_id": other.pk}))


@pytest.mark.parametrize(
    "change", [{"number": "C-1"}, {"pence": 0}, {"reason": ""}, {"vat_pence": 101}]
)
def test_a_credit_note_has_a_number_some_money_and_a_reason(change):
    facts = {"number": "CMSC-2026-0009", "reason": "By agreement."} | facts_of(make_invoice())

    assert refused(lambda: CreditNote.objects.create(**{**facts, **change}))
