"""What a member used stands in the renewal letter and on the profile, and nothing they did not."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from benefits.models import IssueRead
from directory.models import Enquiry, Seen
from foundation.dates import add_months
from foundation.models import Letter
from membership import lifecycle
from payments import reminders
from tests.benefits.helping import make_committee, make_expression
from tests.benefits.issues import make_issue
from tests.directory.make import make_listing
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_fee_rate,
    make_member,
    make_officer,
    make_registration,
)
from tests.records.records import make_record
from website import tasks, used

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def make_enquiry(listing, sent_at=A_MOMENT):
    return Enquiry.objects.create(
        listing=listing, name="Pam", email="pam@example.org", message="Hello", sent_at=sent_at
    )


def ending_member():
    make_fee_rate()
    return make_member(starts_on=A_DAY - 345 * DAY, ends_on=A_DAY + 20 * DAY)


def busy_member():
    person = ending_member()
    listing = make_listing(person)
    make_enquiry(listing)
    make_enquiry(listing, A_MOMENT - 365 * DAY)
    make_enquiry(listing, A_MOMENT - 367 * DAY)
    make_record(person)
    make_registration(person, checked_on=dt.date(2026, 3, 2))
    return person


def profile_of(person):
    client = Client()
    client.force_login(person.user)
    with time_machine.travel(A_MOMENT, tick=False):
        return client.get("/profile/").content.decode()


def test_what_there_was_is_said_and_only_of_twelve_months():
    make_enquiry(make_listing(make_member()))

    assert used.lines(busy_member(), A_DAY) == (
        "Purchasers find you in our directory.",
        "2 enquiries reached you through the directory.",
        "We watch the retention of 1 client record for you.",
        "We looked you up on your register on 2 March 2026.",
    )


@pytest.mark.parametrize(
    ("months", "times", "said"),
    [
        ([0], 1, "Your directory entry was opened once."),
        ([0, 11], 7, "Your directory entry was opened 14 times."),
        ([0, 12], 7, "Your directory entry was opened 7 times."),
    ],
)
def test_how_often_the_entry_was_opened_counts_this_month_and_eleven_before(months, times, said):
    person, another = ending_member(), make_listing(make_member())
    listing = make_listing(person)
    for back in months:
        month = add_months(A_DAY.replace(day=1), -back)
        Seen.objects.create(listing=listing, month=month, times=times)
        Seen.objects.create(listing=another, month=month, times=1000)

    assert [line for line in used.lines(person, A_DAY) if "opened" in line] == [said]


def test_who_used_nothing_is_not_told_so():
    person = ending_member()
    lifecycle.renew(person=person, at=A_MOMENT)

    assert used.lines(person, A_DAY) == ()
    assert "last twelve months" not in profile_of(person)


def test_the_renewal_letter_says_it_with_the_price():
    person = busy_member()
    lifecycle.renew(person=person, at=A_MOMENT)

    with time_machine.travel(A_MOMENT, tick=False):
        tasks.remind_renewals()
        tasks.remind_renewals()

    text = Letter.objects.get(kind="renewal_due").text
    assert "Another year costs £90.00" in text
    assert (
        "In the last twelve months:\n"
        "- Purchasers find you in our directory.\n"
        "- 2 enquiries reached you through the directory.\n"
    ) in text


def test_without_anybody_to_say_it_the_letter_does_without():
    lifecycle.renew(person=busy_member(), at=A_MOMENT)

    reminders.remind_renewals(at=A_MOMENT)

    assert "twelve months" not in Letter.objects.get(kind="renewal_due").text


@pytest.mark.parametrize("raised", [True, False])
def test_the_profile_says_it_beside_the_renewal(raised):
    person = busy_member()
    if raised:
        lifecycle.renew(person=person, at=A_MOMENT)

    page = profile_of(person)

    assert "What your membership did for you" in page
    assert "2 enquiries reached you" in page


def test_the_profile_is_silent_long_before_the_renewal():
    person = make_member()
    make_listing(person)

    assert "What your membership did for you" not in profile_of(person)


def test_a_suspended_member_may_pay_and_is_told_what_that_changes():
    person = busy_member()
    lifecycle.renew(person=person, at=A_MOMENT)
    lifecycle.suspend(
        membership_id=person.membership.pk, by=make_officer(), at=A_MOMENT, reason="A complaint."
    )

    page = profile_of(person)

    assert "You need not pay the fee below now" in page
    assert "the suspension does not end by it" in page
    with time_machine.travel(A_MOMENT, tick=False):
        tasks.remind_renewals()
    assert not Letter.objects.filter(kind="renewal_due").exists()


def test_issues_that_came_out_for_them_and_those_they_opened_are_counted():
    person, other = ending_member(), make_member()
    issues = [make_issue(A_DAY - days * DAY) for days in (30, 100, 344, 364, 366, 500)]
    make_issue(A_DAY + DAY)
    for who, issue in ((person, issues[0]), (other, issues[1]), (person, issues[5])):
        IssueRead.objects.create(person=who, issue=issue, first_on=A_DAY)

    assert used.lines(person, A_DAY) == (
        "4 issues of our magazine came out for you; you opened 1 of them.",
    )


@pytest.mark.parametrize(
    ("opened", "words"), [(True, "for you; you opened it."), (False, "for you.")]
)
def test_a_single_issue_is_told_in_the_singular(opened, words):
    person, issue = ending_member(), make_issue(A_DAY)
    if opened:
        IssueRead.objects.create(person=person, issue=issue, first_on=A_DAY)

    assert used.lines(person, A_DAY) == (f"1 issue of our magazine came out {words}",)


def test_invitations_to_a_committee_are_named_and_offers_are_not():
    person = ending_member()
    facts = {"state": "invited", "closed_at": A_MOMENT}
    make_expression(person=person, committee=make_committee(name="Events"), **facts)
    make_expression(person=person, committee=make_committee(name="Standards"))
    make_expression(committee=make_committee(name="Ethics"), **facts)
    make_expression(
        person=person,
        committee=make_committee(name="Old"),
        **{**facts, "closed_at": A_MOMENT - 367 * DAY},
    )

    assert used.lines(person, A_DAY) == ("You were invited to help in Events.",)


def test_the_statement_asks_as_often_whatever_there_was(django_assert_max_num_queries):
    person = busy_member()
    for days in (1, 2, 3):
        issue = make_issue(A_DAY - days * DAY)
        IssueRead.objects.create(person=person, issue=issue, first_on=A_DAY)
        make_expression(person=person, state="invited", closed_at=A_MOMENT)

    with django_assert_max_num_queries(12):
        used.lines(person, A_DAY)
