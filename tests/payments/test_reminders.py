"""Letters before a membership ends: each step once, and none while a payment is on its way."""

import datetime as dt

import pytest

from foundation.models import Letter
from membership import lifecycle
from membership.models import FeeDue
from payments import invoicing, reminders, transfers
from payments.models import Attempt
from tests.factories import A_DAY, A_MOMENT, make_fee, make_member, make_officer
from tests.payments.money import make_attempt

DAY = dt.timedelta(days=1)


def owing(days, **kwargs):
    """Somebody whose term ends in so many days, and who has their renewal to pay."""
    ends_on = A_DAY + days * DAY
    person = make_member(starts_on=ends_on - 364 * DAY, ends_on=ends_on)
    return make_fee(person, purpose=FeeDue.Purpose.RENEWAL, **kwargs)


def remind(days_later=0):
    return reminders.remind_renewals(at=A_MOMENT + days_later * DAY)


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (61, None),
        (60, 60),
        (31, 60),
        (30, 30),
        (8, 30),
        (7, 7),
        (1, 7),
        (0, 0),
        (-30, 0),
        (-31, None),
    ],
)
def test_which_letter_is_due(left, step):
    assert reminders.step_of(ends_on=A_DAY + left * DAY, on=A_DAY) == step


@pytest.mark.django_db
def test_each_letter_is_written_once_over_all_nights():
    owing(70)

    written = [day for day in range(110) if remind(day)]

    assert written == [10, 40, 63, 70]
    assert Letter.objects.count() == 4


@pytest.mark.django_db
def test_it_says_what_it_costs_and_how_to_pay():
    fee = owing(30, pence=9050)

    remind()

    text = Letter.objects.get().text
    assert "ends on 22 December 2026. Another year costs £90.50." in text
    assert fee.person.account.payment_reference in text
    assert invoicing.raise_for(fee, at=A_MOMENT).due_on == dt.date(2026, 12, 22)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "written"),
    [
        (Attempt.State.CAPTURING, 0),
        (Attempt.State.PENDING, 0),
        (Attempt.State.WAITING, 1),
    ],
)
def test_nothing_is_written_while_a_payment_is_on_its_way(state, written):
    fee = owing(30)
    make_attempt(
        invoicing.raise_for(fee, at=A_MOMENT),
        state=state,
        order_id="O1",
        capture_id="C1",
        capture_request_id="capture-1",
        approval_url="https://example.org/",
    )

    assert remind() == written


@pytest.mark.django_db
def test_who_has_paid_or_has_nothing_to_pay_hears_nothing():
    lifecycle.activate(fee_due_id=owing(30).pk, on=A_DAY, at=A_MOMENT)
    owing(30, pence=0)
    make_fee()

    assert remind() == 0
    assert not Letter.objects.filter(kind="renewal_due").exists()


@pytest.mark.django_db
def test_the_suspended_hear_nothing():
    key = owing(30).person.membership.pk
    lifecycle.suspend(membership_id=key, by=make_officer(), at=A_MOMENT, reason="Because.")

    assert remind() == 0


@pytest.mark.django_db
def test_while_statements_are_behind_nobody_is_reminded_again():
    owing(60)
    remind()
    lifecycle.money_known(until=A_DAY, at=A_MOMENT)

    assert remind(30) == 0


# 22 November 2026 is a Sunday: the transfer of the 20th is waited for until the 27th.
@pytest.mark.django_db
@pytest.mark.parametrize(("days_later", "written"), [(0, 0), (5, 0), (6, 0), (8, 1)])
def test_nobody_is_reminded_while_their_transfer_may_still_arrive(days_later, written):
    fee = owing(30)
    invoice = invoicing.raise_for(fee, at=A_MOMENT)
    transfers.say_sent(invoice.pk, at=A_MOMENT - 2 * DAY)

    assert remind(days_later) == written
