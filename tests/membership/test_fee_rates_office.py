"""The office sets a fee: what is filled in, what is missing, and what waited for it."""

import datetime as dt

import pytest

from membership.models import Application, FeeRate
from membership.types import MembershipType
from tests.factories import A_DAY, make_application, make_officer
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_a_moment")]
ADD = "/admin/membership/feerate/add/"
STUDENT = MembershipType.STUDENT


@pytest.fixture
def office():
    return browser_of(make_officer())


def rate(**changes):
    typed = {"type": STUDENT, "pence": "£30", "valid_from": f"{A_DAY:%d/%m/%Y}", "note": ""}
    return {**typed, **changes}


def test_a_fee_counts_from_today_unless_somebody_says_otherwise(office):
    form = office.get(f"{ADD}?type=student").context["adminform"].form

    assert (form["type"].value(), form["valid_from"].value()) == (STUDENT, A_DAY)


def test_what_is_missing_is_asked_for_in_words(office):
    form = office.post(ADD, rate(type="", pence="", valid_from="")).context["adminform"].form

    assert form.errors == {
        "type": ["Choose the type of membership that the fee is for."],
        "pence": ["Enter an amount, for example 90.00."],
        "valid_from": ["Enter the day from which the fee counts, for example 01/01/2027."],
    }


def test_what_waited_for_the_fee_is_one_press_away(office):
    make_application(type=STUDENT, state=Application.State.SUBMITTED)
    make_application(type=MembershipType.SUPPORTER, state=Application.State.SUBMITTED)

    page = office.post(ADD, rate(), follow=True).text

    listed = "/admin/membership/application/?type=student"
    assert f'<a href="{listed}">1 application waits for a decision on Student' in page
    assert office.get(listed).context["cl"].result_count == 1
    assert FeeRate.objects.get(type=STUDENT).pence == 3000


@pytest.mark.parametrize("later", [0, 1])
def test_of_a_fee_to_come_and_where_nothing_waits_nothing_is_said(office, later):
    if later:
        make_application(type=STUDENT, state=Application.State.SUBMITTED)
    from_day = A_DAY + dt.timedelta(days=later)

    page = office.post(ADD, rate(valid_from=f"{from_day:%d/%m/%Y}"), follow=True).text

    assert FeeRate.objects.filter(type=STUDENT).exists()
    assert "for a decision on" not in page
