"""Members read which areas of expertise they have, which wait, and which are refused and why."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from membership import own_areas
from membership.checks import assign_expertise, withdraw_expertise
from membership.expertise import Support, area_of, judge
from membership.facts import assess_application, evidence_of
from membership.models import Application, ExpertiseArea, Membership
from tests.factories import (
    A_DAY,
    A_MOMENT,
    area_of_expertise,
    make_member,
    make_officer,
    make_person,
    make_ready_application,
)

pytestmark = pytest.mark.django_db
State = Application.State
BY_NMC = "By your registration with NMC."
WAITS = "This waits until the office has verified your registration."
OPEN_TO_ALL = own_areas.SUPPORTED
ONLY_VOCATIONAL = "A vocational case manager may only have the area Vocational."


def sent(person=None, state=State.SUBMITTED, **kwargs):
    facts = {"submitted_at": A_MOMENT, "rules_version": "test", **kwargs}
    if state in Application.DECIDED:
        facts |= {
            "decided_at": A_MOMENT,
            "decided_by": make_officer(),
            "decision_reason": "Because.",
        }
    return make_ready_application(person, state=state, **facts)


def verify(person, **kwargs):
    person.registrations.update(
        status="registered", checked_on=A_DAY, checked_by=make_officer(), **kwargs
    )


def assign(person, code="brain_injury", on=A_DAY):
    return assign_expertise(
        person_id=person.pk, area_code=code, by=make_officer(), on=on, at=A_MOMENT
    )


def lines(person, on=A_DAY):
    return [(one.name, one.status, one.hint) for one in own_areas.of(person, on)]


def label(code):
    return ExpertiseArea.objects.get(code=code).label


def test_nobody_who_asked_for_nothing_reads_of_areas():
    assert own_areas.of(make_person(), A_DAY) == ()


def test_a_draft_says_nothing_yet():
    person = make_ready_application().person

    assert own_areas.of(person, A_DAY) == ()


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN, State.EXPIRED])
def test_an_application_that_ended_without_a_membership_leaves_no_area_waiting(state):
    assert own_areas.of(sent(state=state).person, A_DAY) == ()


def test_a_clinical_area_waits_for_the_register_and_vocational_for_the_office():
    person = sent().person

    assert lines(person) == [
        (label("brain_injury"), "Pending", WAITS),
        (label("vocational"), "Pending", OPEN_TO_ALL),
    ]


def test_an_area_that_the_evidence_supports_is_not_assigned_before_the_office_does_it():
    person = sent(state=State.APPROVED).person
    verify(person)

    assert lines(person)[0] == (label("brain_injury"), "Pending", own_areas.SUPPORTED)


def test_an_assigned_area_names_the_registration_that_carries_it_and_stands_first():
    person = sent(state=State.ACTIVATED).person
    verify(person)
    assign(person)

    assert lines(person) == [
        (label("brain_injury"), "Assigned", BY_NMC),
        (label("vocational"), "Pending", OPEN_TO_ALL),
    ]


@pytest.mark.parametrize(
    ("days", "status", "why"), [(0, "Assigned", BY_NMC), (1, "Pending", own_areas.RUN_OUT)]
)
def test_an_assigned_area_waits_from_the_day_after_its_registration_ran_out(days, status, why):
    person = sent(state=State.ACTIVATED).person
    verify(person, expires_on=A_DAY)
    assign(person)

    on = A_DAY + dt.timedelta(days=days)

    assert (label("brain_injury"), status, why) in lines(person, on)


def test_a_clinical_area_is_refused_to_a_vocational_case_manager_with_the_reason():
    person = sent(vocational_only=True, profession="").person
    person.qualifications.update(relation="vocational")

    assert lines(person) == [
        (label("vocational"), "Pending", OPEN_TO_ALL),
        (label("brain_injury"), "Refused", ONLY_VOCATIONAL),
    ]


def test_an_area_that_was_taken_away_is_not_said_to_be_supported():
    person = sent(state=State.ACTIVATED).person
    verify(person)
    withdraw_expertise(assignment_id=assign(person).pk, by=make_officer(), at=A_MOMENT)

    assert (label("brain_injury"), "Refused", own_areas.TAKEN_AWAY) in lines(person)


def test_an_area_assigned_again_after_it_was_taken_away_is_assigned():
    person = sent(state=State.ACTIVATED).person
    verify(person)
    withdraw_expertise(assignment_id=assign(person).pk, by=make_officer(), at=A_MOMENT)
    assign(person)

    assert lines(person)[0] == (label("brain_injury"), "Assigned", BY_NMC)


def test_an_area_that_the_office_added_later_is_judged_as_a_clinical_one():
    application = sent()
    ExpertiseArea.objects.create(code="long_covid", label="Long covid")
    application.expertise_requested.set(["long_covid"])

    found = judge(evidence_of(application, A_DAY), assess_application(application, A_DAY))

    assert [(one.area, one.support) for one in found] == [(area_of("long_covid"), Support.PENDING)]
    assert lines(application.person) == [("Long covid", "Pending", WAITS)]


def profile_of(person):
    client = Client()
    client.force_login(person.user)
    with time_machine.travel(A_MOMENT):
        return client.get("/profile/").content.decode()


def test_the_profile_shows_the_areas_of_its_own_person_only():
    mine, others = make_member(), make_member()
    sent(mine, state=State.ACTIVATED)

    asked = area_of_expertise().label
    assert asked in profile_of(mine)
    assert asked not in profile_of(others)


def test_whoever_left_the_society_reads_of_no_area():
    person = make_member()
    sent(person, state=State.ACTIVATED)
    Membership.objects.filter(person=person).update(resigned_on=A_DAY)

    assert "Your areas of expertise" not in profile_of(person)


def test_three_areas_cost_as_many_queries_as_two(django_assert_num_queries):
    application = sent(state=State.ACTIVATED)
    person = application.person
    verify(person)
    application.expertise_requested.set(["brain_injury", "vocational"])
    assign(person)
    with django_assert_num_queries(10):
        own_areas.of(person, A_DAY)
    application.expertise_requested.set(["brain_injury", "vocational", "spinal_injury"])
    assign(person, "vocational")

    with django_assert_num_queries(10):
        own_areas.of(person, A_DAY)


def test_nothing_is_weighed_where_everything_asked_for_is_held(django_assert_num_queries):
    application = sent(state=State.ACTIVATED)
    verify(application.person)
    application.expertise_requested.set(["brain_injury"])
    assign(application.person)

    with django_assert_num_queries(3):
        [line] = own_areas.of(application.person, A_DAY)

    assert line.status == own_areas.ASSIGNED
