"""A decision behind a fee: undone until Pay is pressed; money that still comes is never lost."""

import pytest

from membership import lifecycle
from payments import attempts, invoicing
from payments.models import Attempt, Entry, Invoice
from tests.factories import A_MOMENT
from tests.payments.money import is_active, make_invoice, press_pay, receive

pytestmark = pytest.mark.django_db


def undo(invoice):
    application = invoice.fee.application
    return lifecycle.undo(
        application_id=application.pk, by=application.decided_by, at=application.decided_at
    )


def test_pressing_pay_is_told_to_membership_before_anybody_is_sent_away(paypal):
    invoice = make_invoice()

    press_pay(invoice)

    invoice.fee.refresh_from_db()
    assert invoice.fee.pay_pressed_at == A_MOMENT


def test_once_pay_was_pressed_the_decision_is_not_undone(paypal):
    invoice = make_invoice()
    press_pay(invoice)

    with pytest.raises(lifecycle.TooLate):
        undo(invoice)


def test_the_invoice_of_an_undone_decision_is_void_and_stays_in_the_books():
    invoice = make_invoice(7200)

    undo(invoice)
    invoicing.withdraw_stale(at=A_MOMENT)

    invoice.refresh_from_db()
    assert invoice.state == Invoice.State.VOID
    assert sorted(Entry.objects.values_list("pence", flat=True)) == [-7200, 7200]


def test_pay_after_an_undo_sends_nobody_to_paypal(paypal):
    invoice = make_invoice()
    undo(invoice)

    with pytest.raises(attempts.NothingToPay):
        press_pay(invoice)

    assert not Attempt.objects.exists()
    invoice.fee.refresh_from_db()
    assert invoice.fee.pay_pressed_at is None


def test_money_that_comes_for_an_undone_decision_is_credit_and_activates_nobody():
    invoice = make_invoice(7200)
    undo(invoice)

    receive(invoice, 7200)

    assert not is_active(invoice)
    assert Entry.objects.payments().get().pence == 7200
