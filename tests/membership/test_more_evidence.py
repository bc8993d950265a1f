"""More evidence never makes an outcome worse, unless it contradicts what was known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.eligibility import Outcome, Rules, assess
from membership.evidence import (
    Evidence,
    Qualification,
    Referee,
    RegistrationStatus,
    Related,
    StudentCourse,
    SupporterRole,
)
from membership.registers import PROFESSIONS
from membership.types import MembershipType
from tests.membership.test_eligibility_laws import DAYS, EVIDENCE, TYPES

BEST_FIRST = [Outcome.ELIGIBLE, Outcome.REFER, Outcome.INCOMPLETE, Outcome.NOT_ELIGIBLE]


def worked_longer(known: Evidence, on) -> Evidence:
    months, hours = (known.cm_months or 0) + 12, (known.cm_hours or 0) + 900
    return replace(known, cm_months=months, cm_hours=hours)


def showed_a_degree(known: Evidence, on) -> Evidence:
    return replace(known, qualification=Qualification.DEGREE)


def showed_that_it_is_related(known: Evidence, on) -> Evidence:
    if known.qualification_related is not Related.NO:
        return known
    fitting = Related.VOCATIONAL if known.vocational_only else Related.CLINICAL
    return replace(known, qualification_related=fitting)


def named_the_body_of_the_profession(known: Evidence, on) -> Evidence:
    profession = PROFESSIONS.get(known.profession)
    if known.body or profession is None or not profession.bodies:
        return known
    return replace(known, body=profession.bodies[0])


def was_found_on_the_register(known: Evidence, on) -> Evidence:
    if known.registration_status is not RegistrationStatus.UNCHECKED:
        return known
    return replace(known, registration_status=RegistrationStatus.REGISTERED)


def named_another_referee(known: Evidence, on) -> Evidence:
    if len(known.referees) >= Rules().referees:
        return known
    return replace(known, referees=(*known.referees, Referee.PROFESSIONAL))


def was_checked_today(known: Evidence, on) -> Evidence:
    return replace(known, dbs_on=on)


def confirmed_the_insurance(known: Evidence, on) -> Evidence:
    return replace(known, insured=True)


def named_a_relevant_course(known: Evidence, on) -> Evidence:
    return replace(known, student_course=StudentCourse.RELEVANT)


def said_what_they_do(known: Evidence, on) -> Evidence:
    if known.supporter_role is not SupporterRole.NONE:
        return known
    return replace(known, supporter_role=SupporterRole.MANAGERIAL)


def asked_for_another_area(known: Evidence, on) -> Evidence:
    return replace(known, expertise_requested=(*known.expertise_requested, "vocational"))


MORE = (
    worked_longer,
    showed_a_degree,
    showed_that_it_is_related,
    named_the_body_of_the_profession,
    was_found_on_the_register,
    named_another_referee,
    was_checked_today,
    confirmed_the_insurance,
    named_a_relevant_course,
    said_what_they_do,
    asked_for_another_area,
)


def badness(applied_for, evidence, on) -> int:
    return BEST_FIRST.index(assess(applied_for, evidence, rules=Rules(), on=on).outcome)


@pytest.mark.parametrize("more", MORE, ids=lambda one: one.__name__)
@given(TYPES, EVIDENCE, DAYS)
def test_one_more_thing_never_makes_it_worse(more, applied_for, evidence, on):
    before = badness(applied_for, evidence, on)

    after = badness(applied_for, more(evidence, on), on)

    assert after <= before


@given(TYPES, EVIDENCE, DAYS, st.permutations(MORE))
def test_nor_do_all_of_them_in_any_order(applied_for, evidence, on, additions):
    before = badness(applied_for, evidence, on)

    for more in additions:
        evidence = more(evidence, on)

    assert badness(applied_for, evidence, on) <= before


@given(EVIDENCE, DAYS)
def test_a_registration_that_ended_contradicts_and_may_make_it_worse(evidence, on):
    for status in (RegistrationStatus.LAPSED, RegistrationStatus.REMOVED):
        ended = replace(evidence, vocational_only=False, registration_status=status)

        assessment = assess(MembershipType.CASE_MANAGER, ended, rules=Rules(), on=on)

        assert assessment.outcome is Outcome.NOT_ELIGIBLE
