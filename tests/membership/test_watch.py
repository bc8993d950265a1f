"""Registrations are watched: a letter at each step once, and a list of what to look up again."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from foundation.models import Letter
from membership import checks, desk, standing, watch
from membership.models import ExpertiseAssignment
from tests.directory.make import assign, make_listing
from tests.factories import (
    A_DAY,
    A_MOMENT,
    area_of_expertise,
    make_member,
    make_officer,
    make_person,
    make_registration,
)
from tests.refusing import refuse_history_of

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


def listed(**kwargs):
    """A member who is found by brain injury, through a registration."""
    person = make_member()
    make_listing(person)
    make_registration(person, **kwargs)
    assign(person)
    return person


def found(client, expertise="brain_injury"):
    page = client.get("/directory/", {"area": "WLS", "expertise": expertise}).content.decode()
    return page.count('href="/directory/listing-')


@pytest.mark.django_db
@time_machine.travel(A_MOMENT, tick=False)
@pytest.mark.parametrize(
    ("status", "shown", "for_vocational"),
    [
        ("registered", True, True),
        ("conditions", False, True),
        ("lapsed", False, True),
        ("suspended", False, False),
        ("removed", False, False),
    ],
)
def test_what_the_register_says_decides_at_once_who_is_found(client, status, shown, for_vocational):
    person = listed()
    assert found(client) > 0

    checks.record_register_check(
        registration_id=person.registrations.get().pk,
        status=status,
        shown_name=person.name,
        expires_on=None,
        by=make_officer(),
        on=A_DAY,
        at=A_MOMENT,
    )

    assert (found(client) > 0) is shown
    assert (found(client, "") > 0) is shown
    assign(person, "vocational")
    assert (found(client, "") > 0) is for_vocational
    assert (found(client, "vocational") > 0) is for_vocational
    assert standing.of(person, A_DAY).state == "active"
    written = Letter.objects.filter(kind="registration_found", to=person.email)
    assert written.count() == (0 if shown else 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "shown"), [(0, True), (1, False)])
def test_a_registration_that_ran_out_takes_its_areas_out_with_no_code_run(client, days, shown):
    with time_machine.travel(A_MOMENT, tick=False):
        listed(expires_on=A_DAY)

    with time_machine.travel(A_MOMENT + days * DAY, tick=False):
        assert (found(client) > 0) is shown
        assert (found(client, "") > 0) is shown


def tell(registration, until):
    return watch.tell(
        registration_id=registration.pk, until=until, by=registration.person.user, at=A_MOMENT
    )


@pytest.mark.django_db
@time_machine.travel(A_MOMENT, tick=False)
def test_a_later_day_is_looked_up_while_the_one_that_was_seen_goes_on_counting(client):
    registration = listed(expires_on=A_DAY + 5 * DAY).registrations.get()

    tell(registration, A_DAY + 370 * DAY)

    assert found(client) > 0
    assert list(watch.due_for_check(A_DAY)) == [registration]
    assert [night(day)["members_told"] for day in range(6)] == [0] * 6
    assert (night(5)["office_told"], night(6)["office_told"]) == (0, 1)


@pytest.mark.django_db
@time_machine.travel(A_MOMENT, tick=False)
def test_an_earlier_day_puts_it_in_doubt_until_the_office_has_looked(client):
    registration = listed(expires_on=A_DAY + 90 * DAY).registrations.get()

    tell(registration, A_DAY + 10 * DAY)

    registration.refresh_from_db()
    assert (registration.status, registration.checked_on) == ("unchecked", None)
    assert found(client) == 0
    assert list(watch.due_for_check(A_DAY)) == [registration]


@pytest.mark.django_db
@time_machine.travel(A_MOMENT, tick=False)
def test_the_office_looks_up_what_was_told_and_the_list_is_done(client):
    registration = listed(expires_on=A_DAY + 5 * DAY).registrations.get()
    tell(registration, A_DAY + 370 * DAY)
    client.force_login(make_officer())
    url = reverse("admin:membership_watch_register", args=[registration.pk])

    assert "until 27 November 2027" in client.get(url).content.decode()
    answer = client.post(
        url, {"status": "registered", "same_name": "on", "expires_on": "27/11/2027"}
    )

    registration.refresh_from_db()
    assert answer.url == reverse("admin:membership_watch")
    assert (registration.expires_on, registration.told_until) == (dt.date(2027, 11, 27), None)
    assert list(watch.due_for_check(A_DAY)) == []


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


@pytest.mark.django_db
def test_a_registration_that_the_database_refuses_keeps_no_other_member_from_hearing():
    refused, sound = make_member(), make_member()
    for person in (refused, sound):
        make_registration(person, expires_on=A_DAY + 30 * DAY)
    refuse_history_of(refused.history_key)

    with pytest.raises(IntegrityError):
        night()

    assert [letter.to for letter in Letter.objects.all()] == [sound.email]
