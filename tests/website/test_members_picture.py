"""Members by month and type: counted from their days, drawn and told, in one query."""

import datetime as dt

import pytest
from django.test import Client

from membership.models import Membership, Person
from membership.types import MembershipType
from tests.factories import A_DAY, make_fee, make_member, make_officer, make_user
from tests.walking import Page
from tests.website.test_office import allow
from website.members_picture import MONTHS, picture

pytestmark = pytest.mark.django_db

CASE_MANAGER, ASSOCIATE = MembershipType.CASE_MANAGER, MembershipType.ASSOCIATE


def counts(on=A_DAY):
    """The months that have members, each with its counts by type."""
    found = picture(on)
    return {f"{month:%Y-%m}": list(by_type) for month, by_type, total in found.rows if total}


def test_the_last_24_months_are_counted_on_their_first_day():
    make_member(starts_on=dt.date(2026, 9, 2), ends_on=dt.date(2026, 11, 1))
    make_member(starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2024, 12, 1))

    found = picture(A_DAY)

    assert [found.columns[0].month, found.columns[-1].month] == [
        dt.date(2024, 12, 1),
        dt.date(2026, 11, 1),
    ]
    assert len(found.columns) == MONTHS
    assert counts() == {"2024-12": [1], "2026-10": [1], "2026-11": [1]}


def test_an_upgrade_counts_once_in_each_month():
    person = make_member(
        type=ASSOCIATE, starts_on=dt.date(2026, 8, 20), ends_on=dt.date(2026, 9, 30)
    )
    later = {"starts_on": dt.date(2026, 10, 1), "ends_on": dt.date(2027, 8, 19)}
    make_fee(person, type=CASE_MANAGER, settled_on=A_DAY, **later)

    assert picture(A_DAY).types == (CASE_MANAGER, ASSOCIATE)
    assert counts() == {"2026-09": [0, 1], "2026-10": [1, 0], "2026-11": [1, 0]}


@pytest.mark.parametrize("how", ["resigned", "died"])
def test_who_left_or_died_is_counted_until_then(how):
    person = make_member(starts_on=dt.date(2026, 8, 20), ends_on=dt.date(2027, 8, 19))
    day = dt.date(2026, 10, 1)
    if how == "resigned":
        Membership.objects.update(resigned_on=day)
    else:
        recorded = {"death_recorded_at": person.user.joined_at, "death_recorded_by": make_officer()}
        Person.objects.filter(pk=person.pk).update(died_on=day, **recorded)

    assert counts() == {"2026-09": [1]}


def test_columns_stand_on_the_floor_and_none_is_higher_than_the_picture():
    for number in range(5):
        make_member(type=CASE_MANAGER if number % 2 else ASSOCIATE)

    found = picture(A_DAY)

    for column in found.columns:
        tops = [block.y for block in column.blocks]
        assert sum(block.height for block in column.blocks) + min(tops) == pytest.approx(
            found.floor
        )
        assert min(tops) > 0
    assert found.highest == 5


@pytest.mark.parametrize("members", [1, 3])
def test_it_is_one_query_however_many_there_are(members, django_assert_num_queries):
    for _ in range(members):
        make_member()

    with django_assert_num_queries(1):
        assert picture(A_DAY).highest == members


def test_the_office_sees_the_picture_and_the_same_in_figures():
    make_member(starts_on=A_DAY - dt.timedelta(days=900), ends_on=A_DAY + dt.timedelta(days=9000))
    client = Client()
    client.force_login(make_officer())

    text = client.get("/admin/").content.decode()

    page = Page(text)
    assert text.count('class="type-case_manager"') == MONTHS + 1
    assert len([one for one in page.all("th") if one.get("scope") == "row"]) >= MONTHS
    assert "style" not in {name for svg in page.all("svg", "rect") for name in svg}


def test_staff_who_may_not_see_memberships_see_no_picture():
    make_member(starts_on=A_DAY - dt.timedelta(days=900), ends_on=A_DAY + dt.timedelta(days=9000))
    client = Client()
    clerk = make_user(is_staff=True)
    client.force_login(clerk)

    assert "Members by month" not in client.get("/admin/").content.decode()
    client.force_login(allow(clerk, "view_membership"))
    assert "Members by month" in client.get("/admin/").content.decode()
