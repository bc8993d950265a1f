"""Each sentence that must hold of the money, broken by raw SQL past every constraint, and found."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from payments import bank_lines, paypal_account, tasks
from payments.ledger_checks import violations
from payments.ledger_rules import RULES
from payments.models import Attempt, Entry, Invoice, PaypalEntry, Refund
from payments.paper_checks import QUESTIONS as OF_PAPERS
from payments.paypal_checks import QUESTIONS as AT_PAYPAL
from tests.factories import A_DAY, A_MOMENT, make_fee, make_officer
from tests.payments.arriving import bring
from tests.payments.arriving import row as arriving_row
from tests.payments.banking import make_line
from tests.payments.money import (
    make_attempt,
    make_invoice,
    make_paid_attempt,
    make_refund,
    pay_by_paypal,
    receive,
)

pytestmark = pytest.mark.django_db
QUESTIONS = {**OF_PAPERS, **AT_PAYPAL}
PROVED: set[str] = set()
BREAKERS: dict[str, object] = {}


def broken():
    return sorted({violation.rule for violation in violations()})


def force(row, change, *constraints):
    """Change a row as an accident would, with the constraints in its way taken out."""
    with connection.cursor() as cursor:
        lift(cursor, row._meta.db_table, constraints)
        cursor.execute(f"UPDATE {row._meta.db_table} SET {change} WHERE id = {row.pk}")  # noqa: S608


def lift(cursor, table, constraints):
    """The rows must be checked even where the database did not hold them."""
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        return
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in constraints:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


@pytest.fixture(autouse=True)
def constraints_come_back():
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def breaks(*rules):
    """Register how one rule is broken; the others named here break with it."""

    def note(breaker):
        BREAKERS[rules[0]] = (breaker, sorted(rules))
        return breaker

    return note


STATE, SUMS = "an invoice's state follows from its sums", "invoice_state_follows_the_money"
PAID_SUM = "an invoice's paid sum is the sum of its payments"
CHARGED = "an invoice is charged exactly once"
BOOKED = "a captured attempt is booked exactly once"
REFUNDED = "a completed refund is booked exactly once"
ATTEMPT_STATE = "an attempt's state follows from its refunds"
FITS = "refunds are never more than their capture"
KEY = "an entry's key names its source"
CHARGE = "what PayPal charged for a capture is booked exactly once"
PAYOUT = "a pay-out is booked as its bank line says"


def paid(paypal):
    attempt = pay_by_paypal(paypal)
    return attempt, Entry.objects.payments().get()


def refunded(paypal, value="72.00"):
    attempt, entry = paid(paypal)
    paypal.refunds.by_hand(attempt.capture_id, value=value)
    Attempt.objects.update(next_check_at=A_MOMENT)
    tasks.sync_open_attempts()
    attempt.refresh_from_db()
    return attempt, entry


@breaks(PAID_SUM)
def _a_paid_sum_that_is_not_in_the_ledger(paypal):
    force(make_invoice(7200), "paid_pence = 100, state = 'part_paid'")


@breaks("money from before the portal pays for that time alone")
def _money_from_before_for_a_fee_of_today(paypal):
    bring(arriving_row())
    force(Invoice.objects.get(), "kind = 'renewal'")


@breaks(CHARGED)
def _a_changed_charge(paypal):
    make_invoice(7200)
    force(Entry.objects.get(), "pence = -1")


@breaks(STATE)
def _an_invoice_that_calls_itself_unpaid(paypal):
    invoice = make_invoice(7200)
    receive(invoice, 100)
    force(invoice, "state = 'issued'", SUMS)


@breaks("an invoice is credited only what was refunded", CHARGED)
def _a_credit_without_a_refund(paypal):
    force(make_invoice(7200), "credited_pence = 100")


@breaks("an entry lies in the account of its invoice")
def _an_entry_in_another_account(paypal):
    receive(make_invoice(7200), 100)
    other = make_invoice()
    force(Entry.objects.payments().get(), f"account_id = {other.account_id}")


@breaks("a reversal takes back exactly what it reverses", PAID_SUM)
def _half_a_reversal(paypal):
    invoice = make_invoice(7200)
    entry = receive(invoice, 100).entry
    copy = {"account": entry.account, "invoice": invoice, "method": "bank", "reverses": entry}
    Entry.objects.create(
        **copy,
        kind="reversal",
        pence=-50,
        occurred_on=A_DAY,
        posted_at=A_MOMENT,
        source_key="reverse:1",
    )


@breaks(KEY)
def _an_entry_that_names_another_capture(paypal):
    force(paid(paypal)[1], "source_key = 'paypal:capture:ELSE'")


@breaks(BOOKED, PAID_SUM, "a receipt is for the sum that came")
def _a_payment_of_another_sum_than_was_captured(paypal):
    force(paid(paypal)[1], "pence = 7300")


@breaks("PayPal's money comes from a captured attempt", CHARGE)
def _pending_money_that_was_booked(paypal):
    attempt, _entry = paid(paypal)
    change = "state = 'pending', captured_pence = 0, closed_at = NULL"
    force(attempt, change, "only_captured_attempts_brought_money")


@breaks("an invoice has at most one open attempt")
def _two_open_attempts(paypal):
    invoice = make_invoice()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_open_attempt_an_invoice")
    make_attempt(invoice), make_attempt(invoice)


@breaks("an open attempt is asked about again")
def _an_attempt_that_nobody_asks_about(paypal):
    attempt = make_attempt(make_invoice())
    force(attempt, "next_check_at = NULL", "open_attempts_are_checked_again")


@breaks(FITS)
def _a_refund_that_was_not_reserved(paypal):
    attempt, _entry = paid(paypal)
    by = make_officer()
    decided = {"decided_at": A_MOMENT, "decided_by": by, "effect": "keep"}
    make_refund(attempt, state="requested", next_check_at=A_MOMENT, finished_at=None, **decided)


@breaks(ATTEMPT_STATE)
def _a_refunded_attempt_that_calls_itself_captured(paypal):
    force(refunded(paypal)[0], "state = 'captured'")


@breaks(REFUNDED)
def _a_refund_that_failed_and_stays_booked(paypal):
    attempt, _entry = refunded(paypal, "20.00")
    force(attempt, "state = 'captured', refunded_pence = 0")
    force(Refund.objects.get(), "state = 'failed'")


@breaks("a bank line is booked as its entries say")
def _a_bank_line_that_calls_itself_booked(paypal):
    constraints = ("booked_lines_are_booked_whole", "a_line_is_booked_up_to_its_sum")
    force(make_line(), "posted_pence = 100", *constraints)


@breaks("the lines of an invoice add up to its total")
def _a_line_of_another_sum(paypal):
    force(make_invoice(7200).lines.get(), "unit_pence = 7300")


@breaks(
    "every payment has a receipt, every withdrawn charge a credit note",
    "numbers of papers have no gap",
)
def _a_payment_without_its_receipt(paypal):
    receive(make_invoice(7200), 100)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM payments_receipt")


@breaks("a receipt is for the sum that came")
def _a_receipt_of_another_sum(paypal):
    force(receive(make_invoice(7200), 100).entry.receipt, "pence = 200")


@breaks("credit that is moved adds up to nothing")
def _credit_that_came_from_nowhere(paypal):
    Entry.objects.create(
        account=make_invoice(7200).account,
        kind="transfer",
        pence=100,
        occurred_on=A_DAY,
        posted_at=A_MOMENT,
        source_key="transfer:1",
    )


@breaks("a fee is settled by a paid invoice")
def _a_fee_settled_without_money(paypal):
    force(make_invoice(7200).fee, "settled_on = '2026-11-22'")


@breaks("days of membership are paid for or waived")
def _days_that_nobody_paid_for(paypal):
    change = "starts_on = '2026-11-22', ends_on = '2027-11-21'"
    force(make_fee(), change, "no_period_without_money_or_waiver")


@breaks("a paid invoice has settled its fee")
def _a_paid_invoice_whose_fee_is_still_due(paypal):
    make_invoice(0)


@breaks(CHARGE)
def _another_charge_than_was_booked(paypal):
    attempt = pay_by_paypal(paypal)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_attempt SET fee_pence = 1 WHERE id = %s", [attempt.pk])


@breaks(PAYOUT)
def _a_pay_out_that_is_not_booked(paypal):
    make_line(500, state="payout", reason="PayPal's pay-out")


@breaks("a line of our PayPal account is taken back whole", PAYOUT)
def _a_pay_out_taken_back_by_half(paypal):
    line = make_line(500, state="payout", reason="PayPal's pay-out")
    paypal_account.book_missing(at=A_MOMENT)
    bank_lines.look_again(line.pk, by=make_officer(), at=A_MOMENT)
    force(PaypalEntry.objects.get(pence=500), "pence = 499")


@pytest.mark.parametrize("rule", {**RULES, **QUESTIONS})
def test_what_breaks_a_rule_is_found(paypal, rule):
    breaker, expected = BREAKERS[rule]

    breaker(paypal)

    assert broken() == expected


def test_a_gap_in_the_numbers_is_found():
    make_invoice(), make_invoice()
    force(Invoice.objects.get(number="CMS-2026-0002"), "number = 'CMS-2026-0009'")

    found = [violation.about for violation in violations()]

    assert found == ["CMS-2026-0002", "CMS-2026-0009"]


def test_a_violation_names_its_row():
    attempt = make_paid_attempt(make_invoice())

    assert [(one.rule, one.about) for one in violations()] == [(BOOKED, attempt.ref)]


def test_a_refund_that_leaves_its_invoice_unpaid_is_no_violation(paypal):
    attempt, _entry = refunded(paypal)

    assert (attempt.state, broken()) == ("refunded", [])


def test_a_paid_invoice_whose_fee_is_still_due_is_put_right_by_the_sweep():
    make_invoice(0)

    tasks.raise_missing_invoices()

    assert broken() == []


def test_every_rule_is_told_in_the_documentation():
    told = (Path(settings.BASE_DIR) / "docs" / "payments.md").read_text()

    assert [rule for rule in {**RULES, **QUESTIONS} if rule not in told] == []
