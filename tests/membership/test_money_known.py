"""Nobody lapses while the society's bank statements are behind."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError

from foundation.models import Letter
from membership import lifecycle, standing
from membership.models import FeeDue, MoneyKnown
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_approved,
    make_clerk,
    make_fee,
    make_member,
    make_officer,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def known(days_ago):
    lifecycle.money_known(until=A_DAY - days_ago * DAY, at=A_MOMENT)


def member(ended_days_ago):
    ends_on = A_DAY - ended_days_ago * DAY
    return make_member(starts_on=ends_on - 364 * DAY, ends_on=ends_on)


def state_of(person):
    is_active = standing.active(A_DAY).filter(pk=person.pk).exists()
    return standing.of(person, A_DAY).state, is_active


@pytest.mark.parametrize(
    ("ended", "state"),
    [(9, "active"), (10, "active"), (11, "grace"), (40, "grace"), (41, "lapsed")],
)
def test_a_term_ends_by_the_last_day_that_is_known(ended, state):
    person = member(ended)

    known(10)

    assert state_of(person) == (state, state == "active")


def test_without_such_a_day_the_calendar_counts():
    assert state_of(member(1)) == ("grace", False)


def test_it_can_be_switched_off_again():
    person = member(1)
    known(10)

    lifecycle.money_known(until=None, at=A_MOMENT)

    assert state_of(person) == ("grace", False)


def test_a_type_that_an_upgrade_ended_does_not_come_back():
    person = make_member(type="associate", ends_on=A_DAY + 30 * DAY)
    fee = make_fee(person, purpose=FeeDue.Purpose.UPGRADE)
    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY - DAY, at=A_MOMENT)

    known(10)

    assert list(standing.active(A_DAY, type="associate")) == []
    assert list(standing.active(A_DAY, type="case_manager")) == [person]


@pytest.mark.parametrize(("ended", "written"), [(40, 0), (41, 1)])
def test_the_letter_of_the_lapse_waits_for_the_statements(ended, written):
    member(ended)
    known(10)

    assert lifecycle.lapse_due(at=A_MOMENT)["lapses_written"] == written
    assert Letter.objects.filter(kind="lapsed").count() == written


def test_an_approval_does_not_run_out_either():
    fee = make_approved()
    later = A_MOMENT + 95 * DAY
    lifecycle.money_known(until=A_DAY + 85 * DAY, at=later)

    assert lifecycle.lapse_due(at=later)["approvals_expired"] == 0
    fee.refresh_from_db()
    assert fee.is_outstanding


@pytest.mark.parametrize("ahead", [0, 1])
def test_today_may_be_known_and_tomorrow_may_not(ahead):
    if ahead:
        with pytest.raises(lifecycle.BankDayAhead):
            known(-ahead)
    else:
        known(0)

    assert MoneyKnown.objects.count() == 1 - ahead


def test_there_is_one_such_day():
    known(1)

    with pytest.raises(IntegrityError):
        MoneyKnown.objects.create(pk=2, until_on=A_DAY)


PAGE = "/admin/membership/feedue/money-known/"
LIST = "/admin/membership/application/"


@time_machine.travel(A_MOMENT, tick=False)
@pytest.mark.parametrize(("typed", "shows"), [("20/11/2026", True), ("22/11/2026", False)])
def test_the_treasurer_tells_the_day_and_the_list_says_why(client, typed, shows):
    client.force_login(make_officer())

    client.post(PAGE, {"until": typed})

    assert ("Nobody lapses at present" in client.get(LIST).content.decode()) is shows


@time_machine.travel(A_MOMENT, tick=False)
def test_a_day_to_come_is_refused_and_what_was_typed_is_kept(client):
    client.force_login(make_officer())

    page = client.post(PAGE, {"until": "23/11/2026"}).content.decode()

    assert "Enter today or an earlier day" in page
    assert 'value="23/11/2026"' in page
    assert not MoneyKnown.objects.exists()


@time_machine.travel(A_MOMENT, tick=False)
def test_an_empty_day_lets_the_calendar_count_again(client):
    client.force_login(make_officer())
    known(10)

    client.post(PAGE, {"until": ""})

    assert not MoneyKnown.objects.exists()


def test_nobody_else_may_tell_it(client):
    client.force_login(make_clerk())
    refused = client.post(PAGE, {"until": "20/11/2026"}).status_code
    client.force_login(member(10).user)
    led_away = client.post(PAGE, {"until": "20/11/2026"}).status_code

    assert (refused, led_away) == (403, 302)
    assert not MoneyKnown.objects.exists()
