"""An upgrade that costs nothing takes effect by the sweep alone; one with a sum waits for it."""

import datetime as dt

import pytest

from membership import lifecycle, standing, upgrades
from membership.models import FeeRate
from membership.types import MembershipType
from payments import invoicing, settlement
from payments.models import Invoice
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_fee_rate,
    make_member,
    make_officer,
)

pytestmark = pytest.mark.django_db


def approve_upgrade():
    """An Associate of June, approved as Case Manager in November."""
    make_fee_rate("associate", 6000)
    make_fee_rate("case_manager", 9000)
    application = make_application(make_member(type=MembershipType.ASSOCIATE), "submitted")
    return lifecycle.approve(
        application_id=application.pk, by=make_officer(), at=A_MOMENT, override_reason="Known."
    )


def type_of(person):
    return standing.of(person, A_DAY).type.value


def test_a_free_upgrade_takes_effect_with_the_next_sweep_and_once():
    fee = approve_upgrade()
    before = type_of(fee.person)

    for _run in range(2):
        invoicing.raise_missing(at=A_MOMENT)
        settlement.activate_paid(at=A_MOMENT)

    assert (before, type_of(fee.person)) == ("associate", "case_manager")
    invoice = Invoice.objects.get()
    assert (invoice.total_pence, invoice.state) == (0, Invoice.State.PAID)
    assert invoice.text == "Change to Case Manager membership until your next renewal"


def test_the_sum_is_written_out_before_the_click_and_kept_with_the_fee(settings):
    settings.UPGRADE_FEE_BY_MONTH = True
    person = make_member(type=MembershipType.OVERSEAS)
    make_fee_rate("overseas", 6000)
    make_fee_rate("case_manager", 9000)
    words = (
        "£90.00 – £60.00 = £30.00 for 12 months; 6 of 12 months are left: £30.00 × 6 ÷ 12 = £15.00"
    )

    offered = upgrades.offer(person, A_DAY)

    assert offered.prices[0] == (
        f"Case Manager: £15 if it is approved today ({words}), then £90 a year from your next "
        "renewal."
    )


def test_an_approved_upgrade_keeps_how_its_fee_was_worked_out(settings):
    free = approve_upgrade()
    settings.UPGRADE_FEE_BY_MONTH = True
    FeeRate.objects.all().delete()

    reckoned = approve_upgrade()

    assert free.reckoning == ""
    assert reckoned.reckoning.endswith("£30.00 × 6 ÷ 12 = £15.00")


def test_an_upgrade_with_a_sum_waits_for_its_money(settings):
    settings.UPGRADE_FEE_BY_MONTH = True
    fee = approve_upgrade()

    invoicing.raise_missing(at=A_MOMENT)
    settlement.activate_paid(at=A_MOMENT)
    waiting = type_of(fee.person)
    received = settlement.Received(
        invoice_id=Invoice.objects.get().pk,
        pence=1500,
        method="bank",
        source_key="a transfer",
        occurred_on=A_DAY,
        by=make_officer(),
    )
    settlement.settle(received, at=A_MOMENT)

    assert (waiting, type_of(fee.person)) == ("associate", "case_manager")
    assert standing.of(fee.person, A_DAY).until == dt.date(2027, 5, 31)
