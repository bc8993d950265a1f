"""The life of a membership after its first year: one fee a year, and every day paid for once."""

import datetime as dt

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from foundation.models import Letter
from membership import lifecycle, terms
from membership.models import Application, FeeDue, Membership
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_fee,
    make_fee_rate,
    make_member,
    make_officer,
    make_person,
)

DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2060, 12, 31))
COUNTS = {"renewals_raised": 1, "renewals_ended": 0}
NOTHING = {"renewals_raised": 0, "renewals_ended": 0}


def member_until(ends_on, **kwargs):
    return make_member(starts_on=ends_on - 364 * DAY, ends_on=ends_on, **kwargs)


def raise_all(at=A_MOMENT):
    return lifecycle.raise_renewals(at=at)


def renewals(person):
    return list(person.fees.filter(purpose=FeeDue.Purpose.RENEWAL))


@given(first=DAYS, delays=st.lists(st.integers(-60, 92), min_size=1, max_size=12))
def test_whoever_renews_early_or_late_has_paid_for_every_day_once(first, delays):
    starts_on, covered = first, terms.whole_period(first, months=12)
    total = (covered - starts_on).days + 1
    for delay in delays:
        until = terms.renewable_until(covered, months=12, grace_days=30, late_months=3)
        paid_on = min(covered + delay * DAY, until)
        starts_on, following = terms.next_period(
            paid_on=paid_on, last_covered=covered, months=12, grace_days=30, late_months=3
        )
        assert starts_on == covered + DAY
        if starts_on < paid_on < following:  # an upgrade on the way keeps the end of the term
            _first, last = terms.upgraded_period(
                paid_on=paid_on, starts_on=starts_on, ends_on=following
            )
            assert last == following
        total += (following - starts_on).days + 1
        covered = following

    assert total == (covered - first).days + 1


@pytest.mark.parametrize(
    ("last", "until"),
    [
        (dt.date(2026, 10, 31), dt.date(2027, 1, 31)),
        (dt.date(2027, 11, 29), dt.date(2028, 2, 29)),
        (dt.date(2026, 11, 30), dt.date(2027, 3, 1)),
    ],
)
def test_the_last_late_day_keeps_the_old_dates_and_the_next_does_not(last, until):
    same = {"last_covered": last, "months": 12, "grace_days": 30, "late_months": 3}

    assert terms.next_period(paid_on=until, **same)[0] == last + DAY
    assert terms.next_period(paid_on=until + DAY, **same)[0] == until + DAY


def test_late_months_never_cut_grace_short_nor_sell_days_that_are_over():
    last = dt.date(2026, 10, 31)

    short = terms.renewable_until(last, months=12, grace_days=30, late_months=0)
    long = terms.renewable_until(last, months=12, grace_days=30, late_months=48)

    assert (short, long) == (dt.date(2026, 11, 30), dt.date(2027, 10, 31))


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "raised"), [(61, 0), (60, 1), (0, 1), (-30, 1), (-31, 0)])
def test_the_fee_is_raised_from_60_days_before_the_end_until_grace_is_over(days, raised):
    make_fee_rate()
    person = member_until(A_DAY + days * DAY)

    assert raise_all() == {**NOTHING, "renewals_raised": raised}
    assert len(renewals(person)) == raised


@pytest.mark.django_db
def test_a_second_night_raises_nothing():
    make_fee_rate()
    person = member_until(A_DAY + 10 * DAY)

    raise_all()

    assert raise_all() == NOTHING
    assert len(renewals(person)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("valid_from", "pence"), [(11, 9900), (12, 9000)])
def test_the_rate_is_that_of_the_first_day_of_the_new_period(valid_from, pence):
    make_fee_rate(pence=9000)
    make_fee_rate(pence=9900, valid_from=A_DAY + valid_from * DAY)
    person = member_until(A_DAY + 10 * DAY)

    raise_all()

    assert [fee.pence for fee in renewals(person)] == [pence]


@pytest.mark.django_db
def test_a_type_without_a_rate_is_told_to_the_office_once():
    people = [member_until(A_DAY + 10 * DAY), member_until(A_DAY + 11 * DAY)]

    raise_all()
    raise_all()

    assert [renewals(person) for person in people] == [[], []]
    assert [letter.kind for letter in Letter.objects.all()] == ["office_renewal_without_fee"]


@pytest.mark.django_db
def test_the_suspended_and_those_who_left_are_not_asked():
    make_fee_rate()
    suspended, left = member_until(A_DAY), member_until(A_DAY)
    by = make_officer()
    key = Membership.objects.get(person=suspended).pk
    lifecycle.suspend(membership_id=key, by=by, at=A_MOMENT, reason="Because.")
    lifecycle.resign(membership_id=Membership.objects.get(person=left).pk, by=by, at=A_MOMENT)

    assert raise_all() == NOTHING


@pytest.mark.django_db
def test_leaving_cancels_the_renewal_that_is_open():
    make_fee_rate()
    person = member_until(A_DAY)
    raise_all()

    lifecycle.resign(membership_id=person.membership.pk, by=make_officer(), at=A_MOMENT)

    assert [fee.cancelled_at for fee in renewals(person)] == [A_MOMENT]


@pytest.mark.django_db
def test_an_upgrade_that_is_open_holds_the_renewal_back_until_it_is_settled():
    make_fee_rate()
    person = member_until(A_DAY + 10 * DAY, type="associate")
    fee = make_fee(person, purpose=FeeDue.Purpose.UPGRADE)

    held_back = raise_all()
    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)
    following = raise_all()

    assert (held_back, following) == (NOTHING, COUNTS)
    assert [one.type for one in renewals(person)] == ["case_manager"]


@pytest.mark.django_db
def test_an_application_that_waits_does_not_hold_the_renewal_back():
    make_fee_rate(type="associate")
    person = member_until(A_DAY + 10 * DAY, type="associate")
    make_application(person, Application.State.SUBMITTED)

    assert raise_all() == COUNTS


@pytest.mark.django_db
@pytest.mark.parametrize("paid_after", [-20, 0, 30, 31, 92])
def test_a_renewal_that_is_paid_follows_the_old_period(paid_after):
    make_fee_rate()
    person = member_until(A_DAY)
    raise_all()
    fee = renewals(person)[0]

    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY + paid_after * DAY, at=A_MOMENT)

    fee.refresh_from_db()
    assert fee.period == (dt.date(2026, 11, 23), dt.date(2027, 11, 22))
    assert list(Letter.objects.values_list("kind", flat=True)) == ["renewed"]
    assert raise_all() == NOTHING


@pytest.mark.django_db
@pytest.mark.parametrize(("on", "ended"), [(dt.date(2027, 2, 22), 0), (dt.date(2027, 2, 23), 1)])
def test_after_the_late_months_an_unpaid_renewal_is_cancelled(on, ended):
    make_fee_rate()
    person = member_until(A_DAY)
    raise_all()

    done = raise_all(at=dt.datetime.combine(on, dt.time(12), dt.UTC))

    assert done == {**NOTHING, "renewals_ended": ended}
    assert [fee.cancelled_at is not None for fee in renewals(person)] == [bool(ended)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ended_on", "may"), [(dt.date(2026, 8, 22), True), (dt.date(2026, 8, 21), False)]
)
def test_the_lapsed_renew_by_the_button_for_three_months(client, ended_on, may):
    make_fee_rate()
    person = member_until(ended_on)
    client.force_login(person.user)
    moment = dt.datetime.combine(A_DAY, dt.time(12), dt.UTC)

    offered = lifecycle.renewal_of(person, A_DAY)
    if may:
        first = lifecycle.renew(person=person, at=moment)
        assert lifecycle.renew(person=person, at=moment) == first
    else:
        with pytest.raises(lifecycle.NoRenewal):
            lifecycle.renew(person=person, at=moment)

    assert (offered is not None) is may
    assert len(renewals(person)) == int(may)


@pytest.mark.django_db
def test_who_was_never_a_member_has_nothing_to_renew(client):
    person = make_person()
    client.force_login(person.user)

    answer = client.post("/membership/renew/", follow=True)

    assert "There is no renewal for you to pay at present" in answer.content.decode()
    assert not FeeDue.objects.exists()


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in(client):
    assert client.post("/membership/renew/").url.startswith("/accounts/login/")


@pytest.mark.django_db
@time_machine.travel(A_MOMENT, tick=False)
def test_the_button_raises_the_members_own_fee_alone(client):
    make_fee_rate()
    person, other = member_until(A_DAY - 40 * DAY), member_until(A_DAY - 40 * DAY)
    client.force_login(person.user)
    before = client.get("/profile/").content.decode()

    after = client.post("/membership/renew/", follow=True).content.decode()

    assert "Renew your membership" in before
    assert "14 October 2026 to 13 October 2027" in before
    assert "Overdue: £90.00" in after
    assert "Renew your membership" not in after
    assert (len(renewals(person)), renewals(other)) == (1, [])
