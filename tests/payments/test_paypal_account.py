"""Our account at PayPal: charges and pay-outs are booked once, and the books close to nothing."""

import csv
import datetime as dt
import io

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from foundation.pence import pounds
from payments import bank_lines, paypal_account, refund_steps, tasks, treasurer
from payments.demo_paypal.faults import Line as Trouble
from payments.gateways.orders import Money, Refund, read_capture, read_refund
from payments.ledger_checks import violations
from payments.models import Attempt, LedgerIsAppendOnly, PaypalEntry
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_officer
from tests.payments.banking import make_line, take, the_line
from tests.payments.money import make_invoice, make_paid_attempt, make_refund, pay_by_paypal
from tests.payments.statement_files import Row

# The pretend PayPal goes by the real clock.
EVER = (dt.date(2026, 1, 1), dt.date(2099, 12, 31))
FEE = 239  # of 72 pounds: 2.9 per cent and 30 pence
DAY = dt.timedelta(days=1)


def closing():
    lines = treasurer.trial_balance(*EVER).lines
    return {line.account: line.closing_pence for line in lines if line.closing_pence}


def booked():
    entries = PaypalEntry.objects.order_by("pk")
    return list(entries.values_list("kind", "pence", "source_key"))


def payout(pence=7200 - FEE, on=A_DAY, at=A_MOMENT):
    return take(Row(on, pence, "PAYPAL", "TRANSFER"), at=at)


def holds():
    assert list(violations()) == []
    assert treasurer.trial_balance(*EVER).balances
    return True


# What PayPal charges -------------------------------------------------------------------------


@pytest.mark.django_db
def test_income_is_gross_and_paypals_charge_is_an_expense(paypal):
    attempt = pay_by_paypal(paypal, make_invoice(7200))

    assert booked() == [("paypal_fee", -FEE, f"paypal:fee:{attempt.capture_id}")]
    assert closing() == {
        "PayPal": 7200 - FEE,
        "PayPal's charges": FEE,
        "Income: joining fees": -7200,
    }
    assert holds()


@pytest.mark.django_db
def test_a_pay_out_in_the_bank_s_statement_clears_the_account_to_nothing(paypal):
    pay_by_paypal(paypal, make_invoice(7200))

    payout()

    assert closing() == {
        "Bank": 7200 - FEE,
        "PayPal's charges": FEE,
        "Income: joining fees": -7200,
    }
    assert (the_line().state, the_line().posted_pence) == ("payout", 0)
    assert holds()


@pytest.mark.django_db
def test_whoever_looks_again_books_the_charge_once(paypal):
    attempt = pay_by_paypal(paypal)

    for later in (1, 2):
        tasks.attempts.sync_attempt(attempt.pk, at=A_MOMENT + later * DAY)
    tasks.look_after_bank_lines()

    assert [pence for _kind, pence, _key in booked()] == [-FEE]


@pytest.mark.django_db
def test_a_charge_that_paypal_tells_of_later_is_booked_then(paypal):
    attempt = pay_by_paypal(paypal)
    told = Attempt.objects.filter(pk=attempt.pk)
    told.update(fee_pence=None)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM payments_paypalentry")

    tasks.attempts.sync_attempt(attempt.pk, at=A_MOMENT + DAY)

    assert told.get().fee_pence == FEE
    assert (len(booked()), holds()) == (1, True)


@pytest.mark.django_db
def test_the_sweep_books_what_was_known_before_charges_were_booked(paypal):
    attempt = make_paid_attempt(make_invoice(), fee_pence=FEE)
    make_paid_attempt(make_invoice(), fee_pence=0)
    make_paid_attempt(make_invoice())
    line = make_line(500, state="payout", reason="PayPal's pay-out")

    for _twice in range(2):
        tasks.look_after_bank_lines()

    assert booked() == [
        ("paypal_fee", -FEE, f"paypal:fee:{attempt.capture_id}"),
        ("payout", -500, f"payout:{line.pk}"),
    ]
    assert PaypalEntry.objects.first().occurred_on == timezone.localdate(A_MOMENT)


@pytest.mark.parametrize(("value", "pence"), [("0.00", 0), ("2.39", 239)])
def test_what_paypal_gives_back_of_its_charge_is_read(value, pence):
    money = {"currency_code": "GBP", "value": value}
    answer = {"id": "R1", "status": "COMPLETED", "amount": {**money, "value": "72.00"}}

    assert read_refund(answer).fee_back_pence == 0
    given = {"seller_payable_breakdown": {"paypal_fee": money}}
    assert read_refund({**answer, **given}).fee_back_pence == pence


def test_a_capture_that_waits_tells_of_no_charge():
    money = {"currency_code": "GBP", "value": "72.00"}

    assert read_capture({"id": "C1", "status": "PENDING", "amount": money}).fee_pence is None


@pytest.mark.django_db
def test_a_charge_that_comes_back_with_a_refund_goes_again_when_the_refund_fails(paypal):
    attempt = pay_by_paypal(paypal)
    said = {"id": "R1", "amount": Money(7200), "capture_id": attempt.capture_id}
    done = Refund(**said, status="COMPLETED", fee_back_pence=209)

    refund_steps.take(attempt, [done], at=A_MOMENT)
    refund_steps.take(attempt, [done], at=A_MOMENT)
    given = [pence for _kind, pence, _key in booked()]
    refund_steps.take(attempt, [Refund(**said, status="FAILED")], at=A_MOMENT + DAY)

    assert given == [-FEE, 209]
    assert [pence for _kind, pence, _key in booked()] == [-FEE, 209, -209]
    assert holds()


@pytest.mark.django_db
def test_no_charge_is_booked_for_money_that_waits_or_was_declined(paypal):
    pay_by_paypal(paypal, choice="pending")
    paypal.faults.add(Trouble.GOOD)

    assert booked() == []


# Pay-outs ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_line_that_was_no_pay_out_is_taken_back_and_may_become_one_again():
    officer = make_officer()
    payout(500)

    bank_lines.look_again(the_line().pk, by=officer, at=A_MOMENT)
    taken_back = [pence for _kind, pence, _key in booked()]
    bank_lines.mark_payout(the_line().pk, reason="It was one", by=officer, at=A_MOMENT)

    pk = the_line().pk
    assert taken_back == [-500, 500]
    assert [key for _kind, _pence, key in booked()][::2] == [f"payout:{pk}", f"payout:{pk}:2"]
    assert sum(pence for _kind, pence, _key in booked()) == -500
    assert holds()


@pytest.mark.django_db
def test_what_paypal_takes_from_the_bank_is_added_to_what_it_holds():
    officer = make_officer()
    line = make_line(-1400, state="ignored", reason="Money went out.")

    bank_lines.look_again(line.pk, by=officer, at=A_MOMENT)
    bank_lines.mark_payout(line.pk, reason="PayPal", by=officer, at=A_MOMENT)

    assert [pence for _kind, pence, _key in booked()] == [1400]
    assert closing() == {"Bank": -1400, "PayPal": 1400}
    assert holds()


@pytest.mark.django_db
def test_two_pay_outs_of_the_same_sum_and_day_are_two():
    rows = [Row(A_DAY, 500, "PAYPAL", "TRANSFER") for _ in range(2)]

    take(*rows)
    take(*rows)

    assert [pence for _kind, pence, _key in booked()] == [-500, -500]
    assert holds()


@pytest.mark.django_db
def test_a_pay_out_with_a_member_s_reference_is_a_payment():
    invoice = make_invoice(7200)

    take(Row(A_DAY, 7200, "PAYPAL", f"TRANSFER {invoice.account.payment_reference}"))

    assert (the_line().state, booked()) == ("posted", [])


# The treasurer -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_journal_has_charges_and_pay_outs_by_day_among_the_rest(paypal, client):
    pay_by_paypal(paypal, make_invoice(7200))
    long_after = A_MOMENT.replace(year=2098)
    payout(on=long_after.date(), at=long_after)

    rows = [dict(zip(treasurer.JOURNAL_HEAD, row, strict=True)) for row in treasurer.journal(*EVER)]

    told = [(row["kind"], row["account"], row["debit"], row["credit"]) for row in rows]
    assert told[-4:] == [
        ("PayPal's charge", "PayPal", "0.00", "2.39"),
        ("PayPal's charge", "PayPal's charges", "2.39", "0.00"),
        ("Pay-out to the bank", "PayPal", "0.00", "69.61"),
        ("Pay-out to the bank", "Bank", "69.61", "0.00"),
    ]
    assert rows[-2]["balance of the account"] == "0.00"
    written = io.StringIO()
    csv.writer(written).writerows(row.values() for row in rows)
    assert {len(row) for row in csv.reader(io.StringIO(written.getvalue()))} == {14}


@pytest.mark.django_db
def test_charges_of_earlier_years_are_closed_into_their_surplus():
    before = A_MOMENT.replace(year=2025)
    officer = make_officer()
    for at, pence in ((before, 500), (A_MOMENT, 300)):
        paypal_account.book_by_hand(
            pence, on=at.date(), note="Fee", key=f"{pence}", by=officer, at=at
        )

    lines = {line.account: line for line in treasurer.trial_balance(*EVER).lines}

    assert lines["Surplus of earlier years"].opening_pence == 500
    assert lines["PayPal's charges"].closing_pence == 300
    assert lines["PayPal"].closing_pence == -800
    assert holds()


CHARGE = {"amount": "14.00", "charged_on": "2026-11-20", "note": "Chargeback fee"}


def a_page(client, **typed):
    key = "6f1b1f62-0000-4000-8000-000000000001"
    return client.post(reverse("admin:payments_book_charge"), {**CHARGE, "key": key, **typed})


@pytest.mark.django_db
def test_the_office_books_a_charge_that_no_payment_tells_of_once(client):
    client.force_login(make_officer())

    for _double_click in range(2):
        assert a_page(client).status_code == 302

    entry = PaypalEntry.objects.get()
    assert (entry.pence, entry.note, entry.occurred_on) == (
        -1400,
        "Chargeback fee",
        dt.date(2026, 11, 20),
    )
    shown = client.get(reverse("admin:payments_paypalentry_changelist")).content.decode()
    assert "Chargeback fee" in shown
    assert pounds(-1400) in shown
    assert holds()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount": "0"}, "Enter"),
        ({"amount": "much"}, "Enter"),
        ({"charged_on": "2999-01-01"}, "has not come yet"),
        ({"charged_on": "1999-01-01"}, "more than two years ago"),
        ({"charged_on": ""}, "Enter the day on PayPal"),
        ({"note": " "}, "Copy what PayPal"),
    ],
)
def test_a_charge_is_refused_with_a_word_how_to_mend_it(client, typed, said):
    client.force_login(make_officer())

    answer = a_page(client, **typed)

    assert said in answer.content.decode()
    assert booked() == []


@pytest.mark.django_db
def test_a_clerk_may_look_and_not_book_a_charge(client):
    clerk = make_clerk()
    clerk.user_permissions.add(Permission.objects.get(codename="view_paypalentry"))
    client.force_login(clerk)

    assert client.get(reverse("admin:payments_paypalentry_changelist")).status_code == 200
    assert a_page(client).status_code == 403
    assert booked() == []


# What the tables refuse ----------------------------------------------------------------------


def add(**changes):
    facts = {
        "kind": "paypal_fee",
        "pence": -100,
        "posted_by": make_officer(),
        "note": "A reason",
        "occurred_on": A_DAY,
        "posted_at": A_MOMENT,
        "source_key": "one",
    }
    return PaypalEntry.objects.create(**{**facts, **changes})


def a_refund():
    return make_refund(make_paid_attempt(make_invoice()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        lambda: {"pence": 0},
        lambda: {"source_key": ""},
        lambda: {"posted_by": None},
        lambda: {"note": ""},
        lambda: {"kind": "payout"},
        lambda: {"bank_line": make_line()},
        lambda: {"kind": "payout", "bank_line": make_line(), "attempt": a_refund().attempt},
        lambda: {"refund": a_refund()},
    ],
)
def test_the_database_refuses(changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        add(**changes())


@pytest.mark.django_db
def test_a_line_of_the_account_counts_once_and_never_changes():
    entry = add()

    with pytest.raises(IntegrityError), transaction.atomic():
        add(note="Another")
    for change in (entry.save, entry.delete, PaypalEntry.objects.all().delete):
        with pytest.raises(LedgerIsAppendOnly):
            change()
