"""The one funnel: money booked once, the membership activated once, the rest told."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.models import Letter
from membership import standing
from membership.models import Application, FeeDue, Membership
from payments import settlement
from payments.models import Entry, Invoice
from tests.factories import A_DAY, A_MOMENT, make_officer
from tests.payments.money import balance, make_invoice, money_of, receive, state_of
from tests.profiles import times

pytestmark = pytest.mark.django_db


def letters():
    kinds = ["receipt", "part_payment", "payment_not_needed", "welcome"]
    return list(Letter.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", flat=True))


def is_active(invoice, on=A_DAY):
    return standing.of(invoice.payer, on).is_active


def test_the_exact_sum_pays_the_invoice_and_activates_the_membership():
    invoice = make_invoice(7200)

    settled = receive(invoice, 7200)

    assert state_of(invoice) == ("paid", 7200)
    assert (settled.is_new, settled.credit_pence, balance(invoice)) == (True, 0, 0)
    assert is_active(invoice)
    assert Application.objects.get().state == Application.State.ACTIVATED
    assert letters() == ["welcome", "receipt"]


def test_nobody_is_active_before_the_money():
    assert not is_active(make_invoice(7200))


def test_the_same_payment_twice_counts_once():
    invoice = make_invoice(7200)
    receive(invoice, 7200, source_key="bank:1")

    again = receive(invoice, 7200, source_key="bank:1")

    assert again.is_new is False
    assert (money_of(invoice), Membership.objects.count()) == ([7200], 1)
    assert letters() == ["welcome", "receipt"]


def test_money_that_comes_twice_is_booked_twice_and_the_second_is_credit():
    invoice = make_invoice(7200)
    receive(invoice, 7200)
    ends_on = invoice.fee.person.fees.get().ends_on

    second = receive(invoice, 7200)

    assert (money_of(invoice), second.credit_pence, balance(invoice)) == ([7200, 7200], 7200, 7200)
    assert invoice.fee.person.fees.get().ends_on == ends_on
    assert letters() == ["welcome", "receipt", "payment_not_needed"]
    assert "£72.00 is credit" in Letter.objects.get(kind="payment_not_needed").text


@pytest.mark.parametrize(
    ("pence", "state", "credit", "active"),
    [(7199, "part_paid", 0, False), (7200, "paid", 0, True), (7201, "paid", 1, True)],
)
def test_a_penny_on_each_side_of_the_fee(pence, state, credit, active):
    invoice = make_invoice(7200)

    settled = receive(invoice, pence)

    assert state_of(invoice) == (state, pence)
    assert (settled.credit_pence, is_active(invoice)) == (credit, active)


def test_part_payments_add_up_and_the_letter_names_the_rest():
    invoice = make_invoice(7200)

    receive(invoice, 5000)
    rest = Letter.objects.get(kind="part_payment").text
    receive(invoice, 2200)

    assert "Still to pay: £22.00" in rest
    assert state_of(invoice) == ("paid", 7200)
    assert letters() == ["part_payment", "welcome", "receipt"]


def test_a_receipt_names_the_sum_the_way_and_the_credit():
    invoice = make_invoice(7200)

    receive(invoice, 10_000)

    text = Letter.objects.get(kind="receipt").text
    assert "£100.00 by bank transfer" in text
    assert "£28.00 is credit" in text


@times(0.5)
@given(st.lists(st.tuples(st.integers(1, 12_000), st.integers(0, 3)), min_size=1, max_size=6))
def test_whatever_comes_in_whatever_order_is_booked_once_and_adds_up(money):
    """Sums with the number of their source: the same source twice is the same money."""
    invoice = make_invoice(7200)
    by_source = {}
    for pence, source in money:
        receive(invoice, pence, source_key=f"bank:{invoice.pk}:{source}")
        by_source.setdefault(source, pence)

    total = sum(by_source.values())
    assert (state_of(invoice)[1], balance(invoice)) == (total, total - 7200)
    assert is_active(invoice) == (total >= 7200)
    assert Membership.objects.filter(person=invoice.payer).count() == (total >= 7200)


def test_money_for_a_cancelled_fee_is_booked_as_credit_and_activates_nobody():
    invoice = make_invoice(7200)
    invoice.fee.cancelled_at = A_MOMENT
    invoice.fee.save()

    settled = receive(invoice, 7200)

    assert (state_of(invoice), balance(invoice)) == (("void", 7200), 7200)
    assert (settled.credit_pence, is_active(invoice)) == (7200, False)
    assert letters() == ["payment_not_needed"]


def test_the_day_the_money_came_begins_the_membership():
    invoice = make_invoice(7200)
    FeeDue.objects.update(fixed_at=A_MOMENT - dt.timedelta(days=4))
    day = A_DAY - dt.timedelta(days=3)

    receive(invoice, 7200, occurred_on=day)

    assert invoice.fee.person.fees.get().starts_on == day
    assert Invoice.objects.get().paid_on == day


def test_who_booked_money_is_kept():
    invoice, officer = make_invoice(7200), make_officer()

    settled = receive(invoice, 7200, by=officer, note="A N OTHER CMS")

    assert (settled.entry.posted_by, settled.entry.note) == (officer, "A N OTHER CMS")


def test_a_free_membership_is_activated_by_the_sweep_once():
    invoice = make_invoice(0)

    first, second = settlement.activate_paid(at=A_MOMENT), settlement.activate_paid(at=A_MOMENT)

    assert (first, second, is_active(invoice)) == (1, 0, True)
    assert Entry.objects.count() == 0
