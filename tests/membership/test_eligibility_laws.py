"""What must hold of every assessment, whatever the evidence."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from membership.eligibility import Outcome, Rules, assess
from membership.evidence import (
    Evidence,
    Practice,
    Qualification,
    Referee,
    RegistrationStatus,
    Related,
    StudentCourse,
    SupporterRole,
)
from membership.expertise import AREAS, AreaGroup, Support, judge
from membership.registers import BODIES, PROFESSIONS
from membership.types import MembershipType

DAYS = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2060, 12, 31))
EVIDENCE = st.builds(
    Evidence,
    practice=st.sampled_from(Practice),
    qualification=st.sampled_from(Qualification),
    qualification_related=st.sampled_from(Related),
    profession=st.sampled_from(["", *PROFESSIONS]),
    body=st.sampled_from(["", *BODIES]),
    registration_number=st.sampled_from(["", "OT76543", "98Z7654Y", "7654321"]) | st.text(),
    registration_status=st.sampled_from(RegistrationStatus),
    vocational_only=st.booleans(),
    cm_months=st.none() | st.integers(0, 60),
    cm_hours=st.none() | st.integers(0, 5000),
    low_hours=st.booleans(),
    referees=st.lists(st.sampled_from(Referee), max_size=4).map(tuple),
    dbs_on=st.none() | DAYS,
    insured=st.booleans(),
    student_course=st.sampled_from(StudentCourse),
    supporter_role=st.sampled_from(SupporterRole),
    expertise_requested=st.lists(st.sampled_from(sorted(AREAS)), max_size=4).map(tuple),
)
TYPES = st.sampled_from(MembershipType)


@given(TYPES, EVIDENCE, DAYS)
def test_nobody_is_eligible_while_a_criterion_is_open(applied_for, evidence, on):
    assessment = assess(applied_for, evidence, rules=Rules(), on=on)

    open_findings = [finding for finding in assessment.findings if finding.open]
    assert (assessment.outcome is Outcome.ELIGIBLE) == (open_findings == [])
    assert set(assessment.codes) == {finding.code for finding in open_findings}


@given(TYPES, EVIDENCE, DAYS)
def test_the_type_suggested_is_another_one_that_is_not_ruled_out(applied_for, evidence, on):
    suggested = assess(applied_for, evidence, rules=Rules(), on=on).suggested_type

    if suggested is not None:
        again = assess(suggested, evidence, rules=Rules(), on=on)
        assert suggested is not applied_for
        assert again.outcome is not Outcome.NOT_ELIGIBLE


@given(TYPES, EVIDENCE, DAYS)
def test_every_area_asked_for_is_answered_once(applied_for, evidence, on):
    areas = judge(evidence, assess(applied_for, evidence, rules=Rules(), on=on))

    assert [each.area.code for each in areas] == list(dict.fromkeys(evidence.expertise_requested))


@given(TYPES, EVIDENCE, DAYS)
def test_no_clinical_area_without_clinical_qualification_and_current_registration(
    applied_for, evidence, on
):
    areas = judge(evidence, assess(applied_for, evidence, rules=Rules(), on=on))

    clinical = [
        each
        for each in areas
        if each.area.group is AreaGroup.CLINICAL and each.support is Support.ASSIGNABLE
    ]
    if clinical:
        assert not evidence.vocational_only
        assert evidence.qualification_related is Related.CLINICAL
        assert evidence.registration_status is RegistrationStatus.REGISTERED
        assert evidence.body in PROFESSIONS[evidence.profession].bodies


@given(EVIDENCE, DAYS)
def test_findings_are_worded_whatever_was_typed(evidence, on):
    findings = assess(MembershipType.CASE_MANAGER, evidence, rules=Rules(), on=on).findings

    assert all(finding.words.endswith(".") for finding in findings)
