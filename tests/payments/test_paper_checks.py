"""Papers that were broken on purpose are found, each by the rule that it breaks."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from payments import credit, invoicing
from payments.ledger_checks import violations
from payments.models import CreditNote, Entry, InvoiceLine, Receipt
from payments.paper_checks import QUESTIONS
from tests.factories import A_MOMENT, make_fee
from tests.payments.money import make_invoice, receive

pytestmark = pytest.mark.django_db


def broken():
    return {(one.rule, one.about) for one in violations()}


def withdrawn():
    invoice = make_invoice(7200)
    invoice.fee.cancelled_at = A_MOMENT
    invoice.fee.save()
    invoicing.withdraw(invoice.pk, at=A_MOMENT)


def test_a_line_that_was_changed_is_found():
    make_invoice(7200)
    InvoiceLine.objects.update(unit_pence=7100)

    assert broken() == {("the lines of an invoice add up to its total", "CMS-2026-0001")}


def test_a_payment_without_a_receipt_is_found_by_its_entry_and_its_number():
    entry = receive(make_invoice(7200), 7200).entry
    Receipt.objects.all().delete()

    assert broken() == {
        (
            "every payment has a receipt, every withdrawn charge a credit note",
            f"payment {entry.pk}",
        ),
        ("numbers of papers have no gap", "CMSR-2026-0001"),
    }


def test_a_withdrawn_charge_without_a_credit_note_is_found():
    withdrawn()
    entry = CreditNote.objects.get().entry
    CreditNote.objects.all().delete()

    assert broken() == {
        (
            "every payment has a receipt, every withdrawn charge a credit note",
            f"credit_note {entry.pk}",
        ),
        ("numbers of papers have no gap", "CMSC-2026-0001"),
    }


def test_a_receipt_of_another_sum_is_found():
    receive(make_invoice(7200), 7200)
    Receipt.objects.update(pence=7300)

    assert broken() == {("a receipt is for the sum that came", "CMSR-2026-0001")}


def test_credit_that_was_lost_on_the_way_is_found():
    first = make_invoice(7200)
    receive(first, 8000)
    second = invoicing.raise_for(make_fee(first.payer, 7200, purpose="renewal"), at=A_MOMENT)
    credit.use(second.pk, by=None, at=A_MOMENT)
    moved = Entry.objects.get(kind="transfer", pence__gt=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_entry SET pence = 700 WHERE id = %s", [moved.pk])

    assert ("credit that is moved adds up to nothing", str(moved)) in broken()


def test_a_number_that_nobody_gave_out_is_found():
    receive(make_invoice(7200), 7200)
    Receipt.objects.update(number="CMSR-2026-0007")

    assert broken() == {
        ("numbers of papers have no gap", "CMSR-2026-0001"),
        ("numbers of papers have no gap", "CMSR-2026-0007"),
    }


def test_every_rule_is_told_in_the_documentation():
    told = (Path(settings.BASE_DIR) / "docs" / "papers.md").read_text()

    assert [rule for rule in QUESTIONS if rule not in told] == []
