"""Registrations are watched: a letter at each step once, and a list of what to look up again."""

import datetime as dt

import pytest
import time_machine

from foundation.models import Letter
from membership import desk, watch
from membership.models import ExpertiseAssignment
from tests.factories import (
    A_DAY,
    A_MOMENT,
    area_of_expertise,
    make_member,
    make_officer,
    make_person,
    make_registration,
)

DAY = dt.timedelta(days=1)


def night(days_later=0):
    return watch.watch_registrations(at=A_MOMENT + days_later * DAY)


@pytest.mark.parametrize(
    ("left", "step"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)],
)
def test_which_letter_is_due(left, step):
    assert watch.step_of(expires_on=A_DAY + left * DAY, on=A_DAY) == step


@pytest.mark.django_db
def test_each_letter_is_written_once_and_the_office_hears_once_of_the_end():
    make_registration(make_member(), expires_on=A_DAY + 65 * DAY)

    nights = [night(day) for day in range(80)]

    assert [day for day, done in enumerate(nights) if done["members_told"]] == [5, 35, 58]
    assert [day for day, done in enumerate(nights) if done["office_told"]] == [66]
    assert sorted(Letter.objects.values_list("kind", flat=True)) == [
        "office_registration_ended",
        "registration_ends",
        "registration_ends",
        "registration_ends",
    ]


@pytest.mark.django_db
def test_who_is_no_member_and_what_was_never_checked_is_left_alone():
    make_registration(make_person(), expires_on=A_DAY)
    make_registration(make_member(), verified=False, expires_on=A_DAY)

    assert night() == {"members_told": 0, "office_told": 0}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("checked_on", "due"), [(dt.date(2025, 11, 22), 1), (dt.date(2025, 11, 23), 0)]
)
def test_a_register_is_looked_at_every_twelve_months(checked_on, due):
    make_registration(make_member(), checked_on=checked_on)

    assert desk.registrations_to_check(A_DAY).count() == due


@pytest.mark.django_db
@pytest.mark.parametrize(("expires_on", "due"), [(A_DAY, 0), (A_DAY - DAY, 1)])
def test_a_clinical_area_goes_the_day_after_its_registration_ended(expires_on, due):
    person = make_member()
    registration = make_registration(person, expires_on=expires_on)
    ExpertiseAssignment.objects.create(
        person=person,
        area=area_of_expertise(),
        registration=registration,
        assigned_by=make_officer(),
        assigned_at=A_MOMENT,
    )

    assert desk.registrations_to_check(A_DAY).count() == due
    assert ExpertiseAssignment.objects.current(A_DAY).count() == 1 - due


@pytest.mark.django_db
@time_machine.travel(A_MOMENT, tick=False)
@pytest.mark.parametrize("members", [1, 3])
def test_the_office_sees_whose_register_to_look_up_in_as_many_queries(
    client, members, settings, django_assert_num_queries
):
    for _one in range(members):
        make_registration(make_member(), expires_on=A_DAY - DAY)
    client.force_login(make_officer())
    client.get("/admin/membership/application/")

    # Without Redis the session is one more query.
    with django_assert_num_queries(8 if settings.REDIS_URL else 9):
        page = client.get("/admin/membership/application/").content.decode()

    assert page.count("current until 21 November 2026") == members
