"""Invoices: one a fee, numbered without gaps, withdrawn when nothing is asked for any more."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from membership.models import FeeDue, Person
from payments import invoicing
from payments.models import Entry, Invoice
from payments.tasks import raise_missing_invoices
from tests.factories import A_DAY, A_MOMENT, make_approved, make_fee, make_officer, make_person
from tests.payments.money import balance, make_invoice, money_of, receive

pytestmark = pytest.mark.django_db


def test_a_fee_has_one_invoice_however_often_it_is_asked_for():
    fee = make_approved(pence=7200)

    first = invoicing.raise_for(fee, at=A_MOMENT)
    again = invoicing.raise_for(fee, at=A_MOMENT)

    assert (first.pk, first.number, first.rest_pence) == (again.pk, "CMS-2026-0001", 7200)
    assert (first.issued_on, first.state) == (A_DAY, Invoice.State.ISSUED)
    assert list(Entry.objects.values_list("kind", "pence")) == [("charge", -7200)]


@pytest.mark.parametrize(("days_late", "days_left"), [(0, 90), (90, 0), (91, 0)])
def test_an_invoice_is_due_when_the_approval_runs_out_but_never_in_the_past(days_late, days_left):
    issued_at = A_MOMENT + dt.timedelta(days=days_late)

    invoice = make_invoice(at=issued_at)

    assert (invoice.due_on - invoice.issued_on).days == days_left


def test_numbers_follow_each_other_and_start_anew_each_year():
    later = A_MOMENT.replace(year=2027)

    numbers = [make_invoice(at=at).number for at in (A_MOMENT, A_MOMENT, later)]

    assert numbers == ["CMS-2026-0001", "CMS-2026-0002", "CMS-2027-0001"]


def test_the_year_of_a_number_is_the_year_in_britain():
    midnight = dt.datetime(2026, 12, 31, 23, 59, 59, tzinfo=dt.UTC)

    assert make_invoice(at=midnight).number == "CMS-2026-0001"
    assert make_invoice(at=midnight + dt.timedelta(seconds=1)).number == "CMS-2027-0001"


def test_a_number_taken_by_something_that_failed_is_given_out_again():
    with transaction.atomic():
        make_invoice()
        transaction.set_rollback(True)

    assert make_invoice().number == "CMS-2026-0001"


def test_a_payer_keeps_one_account_and_one_reference():
    person = make_person()

    first = invoicing.account_of(person)

    assert invoicing.account_of(person) == first
    assert invoicing.account_of(make_person()).payment_reference != first.payment_reference


def test_a_free_membership_has_an_invoice_of_nothing_that_is_paid():
    invoice = make_invoice(pence=0)

    assert (invoice.state, invoice.total_pence, invoice.paid_on) == ("paid", 0, A_DAY)
    assert list(invoice.entries.all()) == []


def test_an_invoice_whose_fee_was_cancelled_is_withdrawn():
    invoice = make_invoice()
    cancel(invoice.fee)

    assert invoicing.withdraw(invoice.pk, at=A_MOMENT) is True
    assert invoicing.withdraw(invoice.pk, at=A_MOMENT) is False
    invoice.refresh_from_db()
    assert (invoice.state, balance(invoice)) == ("void", 0)


def test_an_invoice_whose_fee_was_waived_is_withdrawn():
    invoice = make_invoice()
    fee = invoice.fee
    fee.waived_at, fee.waived_by, fee.waiver_reason = A_MOMENT, make_officer(), "Hardship."
    fee.save()

    assert invoicing.withdraw_stale(at=A_MOMENT) == 1


def test_an_invoice_whose_fee_is_due_is_not_withdrawn():
    invoice = make_invoice()

    assert invoicing.withdraw(invoice.pk, at=A_MOMENT) is False
    assert invoicing.withdraw_stale(at=A_MOMENT) == 0


def test_part_of_a_withdrawn_fee_becomes_credit():
    invoice = make_invoice(pence=7200)
    receive(invoice, 1000)
    cancel(invoice.fee)

    invoicing.withdraw(invoice.pk, at=A_MOMENT)

    assert (balance(invoice), money_of(invoice)) == (1000, [1000])


def test_the_sweep_makes_what_is_missing_and_nothing_else():
    make_approved(pence=7200)
    make_approved(pence=0)
    make_invoice()
    cancel(make_fee())

    assert invoicing.raise_missing(at=A_MOMENT) == 2
    assert invoicing.raise_missing(at=A_MOMENT) == 0


def test_a_fee_asked_for_again_after_a_withdrawal_has_a_new_invoice():
    invoice = make_invoice()
    cancel(invoice.fee)
    invoicing.withdraw(invoice.pk, at=A_MOMENT)

    again = invoicing.raise_for(make_fee(invoice.fee.person, 9000), at=A_MOMENT)

    assert (again.number, again.total_pence) == ("CMS-2026-0002", 9000)


def cancel(fee):
    fee.cancelled_at = A_MOMENT
    fee.save()


def refused_and_sound():
    """Two paid fees whose memberships have not begun; the first one's letter cannot be written."""
    invoices = [make_invoice(7200), make_invoice(7200)]
    for one in invoices:
        Invoice.objects.filter(pk=one.pk).update(state="paid", paid_pence=7200, paid_on=A_DAY)
    Person.objects.filter(pk=invoices[0].payer.pk).update(email="")
    return invoices


def test_a_fee_that_the_database_refuses_keeps_nobody_elses_from_beginning():
    refused, sound = refused_and_sound()
    unpaid = make_approved(None, 5000)

    with pytest.raises(IntegrityError):
        raise_missing_invoices()

    assert list(FeeDue.objects.exclude(settled_on=None)) == [sound.fee]
    assert unpaid.invoices.count() == 1
    assert not refused.payer.fees.exclude(settled_on=None).exists()
