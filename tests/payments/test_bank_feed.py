"""Nobody is held to be late while the society has not read its bank statements."""

import pytest
import time_machine

from membership import lifecycle, standing
from membership.models import MoneyKnown
from payments import bank_feed, reminders, tasks
from tests.factories import A_DAY, A_MOMENT, make_fee, make_member, make_officer
from tests.payments.banking import DAY, make_bank_account, make_line, take
from tests.payments.statement_files import Row

pytestmark = pytest.mark.django_db


def newest(days_ago, **account):
    line = make_line(on=A_DAY - days_ago * DAY)
    for name, value in account.items():
        setattr(line.bank_account, name, value)
    line.bank_account.save()


def member(ended_days_ago):
    ends_on = A_DAY - ended_days_ago * DAY
    return make_member(starts_on=ends_on - 364 * DAY, ends_on=ends_on)


@pytest.mark.parametrize(("days_ago", "stale"), [(10, False), (11, True)])
def test_the_feed_is_stale_once_its_newest_line_is_too_old(days_ago, stale):
    newest(days_ago)

    until = bank_feed.watch(at=A_MOMENT)

    assert until == (A_DAY - 11 * DAY if stale else None)
    assert standing.known_until() == until


@pytest.mark.parametrize(("days_ago", "state"), [(10, "grace"), (11, "active")])
def test_nobody_lapses_or_is_unlisted_for_want_of_a_transfer_while_it_is_stale(days_ago, state):
    person = member(ended_days_ago=5)
    newest(days_ago)

    bank_feed.watch(at=A_MOMENT)

    assert standing.of(person, A_DAY).state == state
    assert standing.active(A_DAY).filter(pk=person.pk).exists() is (state == "active")


@pytest.mark.parametrize(("days_ago", "letters"), [(10, 1), (11, 0)])
def test_nobody_is_told_of_a_lapse_while_it_is_stale(days_ago, letters):
    member(ended_days_ago=31)
    newest(days_ago)

    bank_feed.watch(at=A_MOMENT)

    assert lifecycle.lapse_due(at=A_MOMENT)["lapses_written"] == letters


@pytest.mark.parametrize(("days_ago", "letters"), [(10, 1), (70, 0)])
def test_nobody_is_reminded_by_a_day_that_is_not_known(days_ago, letters):
    person = member(ended_days_ago=-5)
    make_fee(person, purpose="renewal")
    newest(days_ago)

    bank_feed.watch(at=A_MOMENT)

    assert reminders.remind_renewals(at=A_MOMENT) == letters


def test_a_new_statement_lets_the_calendar_count_again():
    newest(20)
    bank_feed.watch(at=A_MOMENT)

    take(Row(A_DAY, 100, "A CLIENT LTD", "INVOICE 17"))

    assert standing.known_until() is None


def test_the_import_of_an_old_statement_waits_at_once():
    take(Row(A_DAY - 30 * DAY, 100, "A CLIENT LTD", "INVOICE 17"))

    assert standing.known_until() == A_DAY - 30 * DAY


def test_the_account_that_is_furthest_behind_counts():
    newest(20)
    make_line(on=A_DAY, bank_account=make_bank_account("Second"))

    assert bank_feed.newest_line(A_DAY) == A_DAY - 20 * DAY


def test_accounts_that_take_no_fees_do_not_count():
    newest(20, takes_fees=False)

    assert bank_feed.watch(at=A_MOMENT) is None


def test_without_any_line_what_the_treasurer_told_stays():
    lifecycle.money_known(until=A_DAY - DAY, at=A_MOMENT)
    make_bank_account()

    assert bank_feed.watch(at=A_MOMENT) == A_DAY - DAY


def test_a_line_of_a_day_to_come_is_no_newer_than_today():
    newest(-3)

    assert bank_feed.newest_line(A_DAY) == A_DAY


def test_a_wrong_year_in_a_line_does_not_switch_the_guard_off():
    newest(-365)
    year_later = A_MOMENT + 365 * DAY

    assert bank_feed.newest_line(A_DAY + 365 * DAY) == A_DAY
    assert bank_feed.watch(at=year_later) == A_DAY


def test_the_setting_switches_the_guard_off(settings):
    settings.BANK_FEED_STALE_DAYS = 0
    newest(400)

    assert bank_feed.watch(at=A_MOMENT) is None


@time_machine.travel(A_MOMENT, tick=False)
def test_the_sweep_looks_at_it_and_twice_is_once():
    newest(11)

    tasks.look_after_bank_lines()
    tasks.look_after_bank_lines()

    assert MoneyKnown.objects.get().until_on == A_DAY - 11 * DAY


@time_machine.travel(A_MOMENT, tick=False)
@pytest.mark.parametrize(("days_ago", "said"), [(10, False), (11, True)])
def test_a_banner_says_why_in_the_office(client, days_ago, said):
    client.force_login(make_officer())
    newest(days_ago)
    bank_feed.watch(at=A_MOMENT)

    home = client.get("/admin/").content.decode()
    queue = client.get("/admin/payments/bankline/").content.decode()

    assert ("bank account has no new statement" in home) is said
    assert ("Nobody lapses at present" in queue) is said
