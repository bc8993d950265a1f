"""Money is waited for while it may come: after a transfer, in PayPal's hands, on the way there."""

import datetime as dt

import pytest

from payments import transfers
from payments.models import Attempt
from payments.on_its_way import is_on_its_way, is_transfer_awaited, may_yet_come
from tests.factories import A_DAY, A_MOMENT
from tests.payments.money import make_attempt, make_invoice

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
A_SECOND = dt.timedelta(seconds=1)
HALF_AN_HOUR = dt.timedelta(minutes=30)
State = Attempt.State


def at_paypal(state, *, started_at=A_MOMENT):
    """An invoice with an attempt to pay it through PayPal."""
    return make_attempt(
        make_invoice(),
        state=state,
        started_at=started_at,
        order_id="O1",
        capture_id="C1",
        capture_request_id="capture-1",
        approval_url="https://example.org/",
    ).invoice


def test_nothing_is_on_its_way_for_a_new_invoice():
    invoice = make_invoice()

    found = (
        is_transfer_awaited(invoice, on=A_DAY),
        is_on_its_way(invoice, on=A_DAY),
        may_yet_come(invoice, at=A_MOMENT),
    )

    assert found == (False, False, False)


# 22 November 2026 is a Sunday: the fifth working day after it is Friday the 27th.
@pytest.mark.parametrize(("days", "awaited"), [(0, True), (5, True), (6, True), (8, False)])
def test_a_transfer_is_awaited_for_five_working_days(days, awaited):
    invoice = transfers.say_sent(make_invoice().pk, at=A_MOMENT)

    found = (
        is_transfer_awaited(invoice, on=A_DAY + days * DAY),
        is_on_its_way(invoice, on=A_DAY + days * DAY),
        may_yet_come(invoice, at=A_MOMENT + days * DAY),
    )

    assert found == (awaited, awaited, awaited)


@pytest.mark.parametrize(
    ("state", "on_its_way"),
    [(State.WAITING, False), (State.CAPTURING, True), (State.PENDING, True)],
)
def test_what_paypal_is_taking_is_on_its_way_and_what_it_only_showed_is_not(state, on_its_way):
    invoice = at_paypal(state)

    found = is_on_its_way(invoice, on=A_DAY)

    assert found is on_its_way


@pytest.mark.parametrize(("since", "yet"), [(HALF_AN_HOUR, True), (HALF_AN_HOUR + A_SECOND, False)])
def test_who_went_to_paypal_half_an_hour_ago_may_yet_pay(since, yet):
    invoice = at_paypal(State.WAITING, started_at=A_MOMENT - since)

    found = may_yet_come(invoice, at=A_MOMENT)

    assert found is yet
