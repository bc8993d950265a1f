"""Every way of losing standing takes the listing away, with no code run."""

import datetime as dt

import pytest

from directory.filters import Filters
from directory.models import Listing
from directory.search import Search
from directory.vocabulary import vocabulary
from membership.models import Registration
from membership.types import MembershipType
from tests.directory.make import TODAY, assign, make_listing
from tests.factories import A_MOMENT, make_fee, make_member, make_officer, make_person

pytestmark = pytest.mark.django_db

LAST_DAY = dt.date(2027, 5, 31)


def is_visible(on: dt.date = TODAY) -> bool:
    return Listing.objects.visible(on).exists()


def is_found_for(code: str, on: dt.date = TODAY) -> bool:
    return bool(Search(Filters(expertise=(code,)), vocabulary(), on).page().entries)


def test_an_active_case_manager_who_opted_in_is_shown():
    make_listing()

    assert is_visible()


def test_nobody_is_shown_who_has_not_opted_in():
    make_listing(opted_in_at=None)

    assert not is_visible()


def test_a_lapsed_member_is_gone_at_midnight():
    make_listing(make_member(ends_on=LAST_DAY))

    assert is_visible(LAST_DAY)
    assert not is_visible(LAST_DAY + dt.timedelta(days=1))


def test_a_member_is_not_shown_before_the_first_day():
    make_listing(make_member(starts_on=dt.date(2026, 6, 1)))

    assert not is_visible(dt.date(2026, 5, 31))
    assert is_visible(dt.date(2026, 6, 1))


def test_approval_without_money_shows_nobody():
    person = make_person()
    make_fee(person)
    make_listing(person)

    assert not is_visible()


def test_a_suspended_member_is_gone_and_back_when_it_ends():
    membership = make_listing().person.membership
    membership.suspended_at, membership.suspended_by = A_MOMENT, make_officer()
    membership.suspension_reason = "Under review."

    membership.save()
    while_suspended = is_visible()
    membership.suspended_at = membership.suspended_by = None
    membership.suspension_reason = ""
    membership.save()

    assert (while_suspended, is_visible()) == (False, True)


def test_a_member_who_resigned_is_gone():
    membership = make_listing().person.membership

    membership.resigned_on = TODAY
    membership.save()

    assert not is_visible()


@pytest.mark.parametrize("type", [one for one in MembershipType if one != "case_manager"])
def test_other_membership_types_are_not_shown(type):
    make_listing(make_member(type=type))

    assert not is_visible()


def test_after_a_change_of_type_the_listing_is_gone():
    person = make_member(ends_on=dt.date(2026, 10, 31))
    make_listing(person)
    start = dt.date(2026, 11, 1)
    make_fee(
        person,
        type=MembershipType.SUPPORTER,
        purpose="upgrade",
        settled_on=start,
        starts_on=start,
        ends_on=dt.date(2027, 10, 31),
    )

    assert is_visible(dt.date(2026, 10, 31))
    assert not is_visible(start)


def test_a_person_merged_into_another_is_not_shown():
    person = make_listing().person

    person.merged_into = make_person()
    person.save()

    assert not is_visible()


@pytest.mark.parametrize("status", [one for one in Registration.Status if one != "registered"])
def test_a_registration_that_ended_hides_what_rests_on_it_and_one_struck_off_its_member(status):
    listing = make_listing()
    registration = assign(listing.person, "brain_injury").registration
    assign(listing.person, "vocational")
    before = is_found_for("brain_injury")

    registration.status = status
    if status == "unchecked":
        registration.checked_on = registration.checked_by = None
    registration.save()

    assert (before, is_found_for("brain_injury")) == (True, False)
    is_struck_off = status in ("suspended", "removed")
    assert (is_found_for("vocational"), is_visible()) == (not is_struck_off,) * 2


@pytest.mark.parametrize("status", [one for one in Registration.Status if one != "registered"])
def test_without_vocational_a_registration_that_ended_hides_its_member(status):
    listing = make_listing()
    registration = assign(listing.person, "brain_injury").registration

    registration.status = status
    if status == "unchecked":
        registration.checked_on = registration.checked_by = None
    registration.save()

    assert is_visible() == (status == "unchecked")


def test_expertise_is_gone_the_day_after_its_registration_ends():
    registration = assign(make_listing().person).registration
    registration.expires_on = TODAY
    registration.save()

    assert is_found_for("brain_injury", TODAY)
    assert not is_found_for("brain_injury", TODAY + dt.timedelta(days=1))


def test_withdrawn_expertise_does_not_find():
    assign(make_listing().person, withdrawn_at=A_MOMENT)

    assert not is_found_for("brain_injury")


def test_expertise_of_a_hidden_member_does_not_find():
    assign(make_listing(opted_in_at=None).person)

    assert not is_found_for("brain_injury")
