"""The commands and sweeps that ask whether the money holds together, and PayPal how it stands."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from foundation.models import Letter
from payments import tasks
from payments.ledger_checks import violations
from payments.models import Attempt, Invoice
from tests.factories import A_MOMENT, make_approved
from tests.payments.money import (
    HOUR,
    come_back,
    make_invoice,
    money_of,
    press_pay,
    receive,
)

pytestmark = pytest.mark.django_db


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

    assert list(violations()) == []
    assert free.state == Invoice.State.PAID


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


def test_the_nightly_check_writes_to_the_office_once_a_day_and_names_the_row():
    make_invoice(0)

    for _ in range(2):
        tasks.check_ledger()

    letter = Letter.objects.get(kind="office_ledger_alert")
    assert "- a paid invoice has settled its fee: CMS-2026-0001\n" in letter.text


def test_the_nightly_check_is_silent_where_all_is_well():
    receive(make_invoice(), 7200)

    tasks.check_ledger()

    assert not Letter.objects.filter(kind="office_ledger_alert").exists()


def test_paypal_can_be_asked_by_command(paypal):
    invoice = make_invoice()
    attempt = press_pay(invoice, at=A_MOMENT - HOUR)
    paypal.press(attempt.order_id, "pay")
    Attempt.objects.update(next_check_at=A_MOMENT)

    assert run("sync_paypal") == {"messages": 0, "attempts": 1, "refunds": 0, "disputes": 0}
    assert money_of(invoice) == [7200]


def test_the_sweeps_can_run_twice(paypal):
    make_approved(pence=7200)
    free = make_approved(pence=0)

    for sweep in (tasks.raise_missing_invoices, tasks.sync_open_attempts):
        sweep(), sweep()
    tasks.process_waiting_webhooks()

    free.refresh_from_db()
    assert (Invoice.objects.count(), free.settled_on is not None) == (2, True)
