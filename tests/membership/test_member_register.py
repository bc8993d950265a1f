"""The register of members: who is on it, when they ceased, and who may take it."""

import csv
import datetime as dt
import io

import pytest
from django.contrib.auth.models import Permission

from foundation import history
from foundation.spreadsheets import MARK, guarded
from membership import member_register
from tests.factories import A_DAY, A_MOMENT, make_clerk, make_member, make_officer, make_person
from tests.signed_in import browser_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/membership/membership/register/"
ENDS_ON = dt.date(2026, 5, 31)


def rows(on=A_DAY):
    file = "".join(member_register.lines(on=on)).removeprefix(MARK)
    return list(csv.DictReader(io.StringIO(file)))


def make_lapsed():
    return make_member(starts_on=dt.date(2025, 6, 1), ends_on=ENDS_ON)


def test_it_holds_what_the_law_asks_for_and_no_more():
    make_member(
        make_person(given_name="Perdita", family_name="Example", address_line_1="1 Made Up")
    )

    assert rows() == [
        {
            "number": "CM-0001",
            "name": "Perdita Example",
            "address": "1 Made Up, Cardiff, CF14 4XW, United Kingdom",
            "class": "Case Manager",
            "joined": "2026-06-01",
            "ceased": "",
        }
    ]


def test_applicants_are_not_on_it():
    make_person()

    assert rows() == []


@pytest.mark.parametrize(("days", "ceased"), [(30, ""), (31, "2026-05-31")])
def test_a_membership_ceases_once_grace_is_over(days, ceased):
    make_lapsed()

    (row,) = rows(ENDS_ON + dt.timedelta(days=days))

    assert row["ceased"] == ceased


def test_who_resigned_ceased_on_that_day():
    membership = make_member().membership
    membership.resigned_on = A_DAY
    membership.save()

    (row,) = rows()

    assert row["ceased"] == "2026-11-22"


def test_a_suspended_member_is_still_one():
    membership = make_member().membership
    membership.suspended_at, membership.suspended_by = A_MOMENT, make_officer()
    membership.suspension_reason = "Under review."
    membership.save()

    (row,) = rows()

    assert row["ceased"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(start):
    assert guarded(f"{start}1") == f"'{start}1"


def test_a_name_that_looks_like_a_formula_stays_words():
    make_member(make_person(given_name="=cmd()", family_name="Example"))

    (row,) = rows()

    assert row["name"] == "'=cmd() Example"


def test_one_and_three_members_cost_the_same(django_assert_num_queries):
    make_member()
    with django_assert_num_queries(1):
        rows()
    make_member()
    make_member()

    with django_assert_num_queries(1):
        assert len(rows()) == 3


def test_who_may_takes_it_and_it_is_noted():
    make_member(make_person(given_name="Zofia"))
    clerk = make_clerk()
    clerk.user_permissions.add(Permission.objects.get(codename="export_register"))
    client = browser_of(clerk)

    opened, taken = client.get(PAGE), client.post(PAGE)

    assert "Companies Act 2006" in opened.content.decode()
    assert taken["Content-Type"] == "text/csv; charset=utf-8"
    assert taken["Content-Disposition"].startswith('attachment; filename="register-of-members-')
    assert "Zofia" in b"".join(taken.streaming_content).decode("utf-8-sig")
    (event,) = history.of(f"user {clerk.pk}")
    assert (event.verb, event.text) == ("register of members exported", "")


@pytest.mark.parametrize("verb", ["get", "post"])
def test_staff_without_permission_are_refused(verb):
    make_member()
    clerk = make_clerk()
    clerk.user_permissions.add(Permission.objects.get(codename="view_membership"))

    assert getattr(browser_of(clerk), verb)(PAGE).status_code == 403
    assert not history.of(f"user {clerk.pk}").exists()


def test_members_and_strangers_are_sent_away(client):
    member = make_member()

    assert client.post(PAGE).status_code == 302
    assert browser_of(member.user).post(PAGE).status_code in {302, 403}


def test_the_list_of_memberships_leads_to_it():
    client = browser_of(make_officer())

    assert f'href="{PAGE}"' in client.get("/admin/membership/membership/").content.decode()
