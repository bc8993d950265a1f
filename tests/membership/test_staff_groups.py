"""The two groups that an office begins with, and that it keeps them itself afterwards."""

import pytest
from django.contrib.auth.models import Group, Permission

from membership import staff_groups
from membership.models import Application
from tests.factories import make_application, make_clerk
from tests.signed_in import browser_of

pytestmark = pytest.mark.django_db


def clerk():
    user = make_clerk()
    user.groups.add(staff_groups.make()[1])
    return user


@pytest.mark.parametrize(
    "name",
    [
        "membership.decide_application",
        "membership.override_check",
        "membership.see_evidence",
        "membership.waive_fee",
        "membership.export_register",
        "foundation.export_history",
        "website.merge_people",
        "directory.read_enquiry",
        "membership.change_user",
    ],
)
def test_an_officer_may_and_a_clerk_may_not(name):
    officer = make_clerk()
    officer.groups.add(staff_groups.make()[0])

    assert (officer.has_perm(name), clerk().has_perm(name)) == (True, False)


@pytest.mark.parametrize("name", staff_groups.CLERK_DOES)
def test_a_clerk_records_what_comes_in(name):
    assert clerk().has_perm(name)


def test_every_permission_that_is_named_for_clerks_exists():
    made = staff_groups.make()[1].permissions.exclude(codename__startswith="view_")

    assert made.count() == len(staff_groups.CLERK_DOES)


def test_a_clerk_sees_an_application_and_decides_nothing():
    application = make_application(state=Application.State.SUBMITTED)
    client = browser_of(clerk())
    way = f"/admin/membership/application/{application.pk}"

    review = client.get(f"{way}/review/")
    decided = [client.post(f"{way}/{step}/").status_code for step in ("approve", "decline", "ask")]

    assert review.status_code == 200
    assert "/approve/" not in review.content.decode()
    assert decided == [403, 403, 403]


def test_groups_that_the_office_has_changed_stay_as_they_are():
    _officer, group = staff_groups.make()
    group.permissions.set(Permission.objects.filter(codename="view_person"))

    staff_groups.make()

    assert list(group.permissions.values_list("codename", flat=True)) == ["view_person"]
    assert Group.objects.count() == 2
