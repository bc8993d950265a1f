"""The nightly question whether the money holds together, asked of tables broken on purpose."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from payments import tasks
from payments.ledger_checks import violations
from payments.models import Attempt, Entry, Invoice
from tests.factories import A_DAY, A_MOMENT, make_approved
from tests.payments.money import (
    HOUR,
    come_back,
    make_attempt,
    make_invoice,
    money_of,
    press_pay,
    receive,
)

pytestmark = pytest.mark.django_db


def broken():
    return sorted({violation.rule for violation in violations()})


def force(table, change, pk):
    """Change a row behind the models' back, as an accident would."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE payments_{table} SET {change} WHERE id = %s", [pk])  # noqa: S608


def test_an_ordinary_day_holds_together(paypal):
    paid, part, cancelled, free = (make_invoice(pence) for pence in (7200, 7200, 7200, 0))
    receive(paid, 9000)
    receive(paid, 100)
    receive(part, 100)
    cancelled.fee.cancelled_at = A_MOMENT
    cancelled.fee.save()
    receive(cancelled, 50)
    by_paypal = make_invoice()
    attempt = press_pay(by_paypal)
    paypal.press(attempt.order_id, "pay")
    come_back(attempt)
    tasks.raise_missing_invoices()

    assert broken() == []
    assert free.state == Invoice.State.PAID


def test_a_paid_sum_that_is_not_in_the_ledger_is_found():
    invoice = make_invoice(7200)
    force("invoice", "paid_pence = 100, state = 'part_paid'", invoice.pk)

    assert broken() == ["an invoice's paid sum is the sum of its payments"]


def test_a_changed_charge_is_found():
    make_invoice(7200)
    force("entry", "pence = -1", Entry.objects.get().pk)

    assert broken() == ["an invoice is charged exactly once"]


def test_a_captured_attempt_without_its_entry_is_found():
    make_attempt(
        make_invoice(),
        state=Attempt.State.CAPTURED,
        order_id="O1",
        approval_url="https://example.org/",
        capture_id="C1",
        closed_at=A_MOMENT,
        next_check_at=None,
    )

    assert broken() == ["a captured attempt is booked exactly once"]


def test_money_of_paypal_without_a_captured_attempt_is_found():
    receive(make_invoice(7200), 100, method=Entry.Method.PAYPAL)

    assert broken() == ["PayPal's money comes from a captured attempt"]


def test_a_fee_settled_without_money_is_found():
    fee = make_invoice(7200).fee
    fee.settled_on = A_DAY
    fee.save()

    assert broken() == ["a fee is settled by a paid invoice"]


def test_a_paid_invoice_whose_fee_is_still_due_is_found_and_put_right_by_the_sweep():
    make_invoice(0)

    found = broken()
    tasks.raise_missing_invoices()

    assert (found, broken()) == (["a paid invoice has settled its fee"], [])


def test_a_gap_in_the_numbers_is_found():
    make_invoice(), make_invoice()
    force("invoice", "number = 'CMS-2026-0009'", Invoice.objects.get(number="CMS-2026-0002").pk)

    found = [violation.about for violation in violations()]

    assert found == ["CMS-2026-0002", "CMS-2026-0009"]


def run(command):
    out = io.StringIO()
    call_command(command, stdout=out)
    return json.loads(out.getvalue())


def test_the_command_says_that_all_is_well():
    receive(make_invoice(), 7200)

    assert run("check_ledger") == {"violations": []}


def test_the_command_fails_and_names_what_is_wrong():
    make_invoice(0)
    out = io.StringIO()

    with pytest.raises(CommandError, match="in 1 places"):
        call_command("check_ledger", stdout=out)

    assert json.loads(out.getvalue()) == {
        "violations": [{"rule": "a paid invoice has settled its fee", "about": "CMS-2026-0001"}]
    }


def test_paypal_can_be_asked_by_command(paypal):
    invoice = make_invoice()
    attempt = press_pay(invoice, at=A_MOMENT - HOUR)
    paypal.press(attempt.order_id, "pay")
    Attempt.objects.update(next_check_at=A_MOMENT)

    assert run("sync_paypal") == {"messages": 0, "attempts": 1}
    assert money_of(invoice) == [7200]


def test_the_sweeps_can_run_twice(paypal):
    make_approved(pence=7200)
    free = make_approved(pence=0)

    for sweep in (tasks.raise_missing_invoices, tasks.sync_open_attempts):
        sweep(), sweep()
    tasks.process_waiting_webhooks()

    free.refresh_from_db()
    assert (Invoice.objects.count(), free.settled_on is not None) == (2, True)
