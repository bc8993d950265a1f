"""The types that do not practise in the UK, the type suggested, and the listing."""

import pytest

from membership.eligibility import Directory, Outcome
from membership.evidence import (
    Practice,
    Qualification,
    StudentCourse,
    SupporterRole,
)
from membership.types import MembershipType
from tests.membership.evidence import (
    clinician,
    codes,
    judged,
    student,
    supporter,
)

CASE_MANAGER = MembershipType.CASE_MANAGER
ASSOCIATE = MembershipType.ASSOCIATE
SUPPORTER = MembershipType.SUPPORTER
OVERSEAS = MembershipType.OVERSEAS
STUDENT = MembershipType.STUDENT


def test_a_supporter_is_asked_for_a_role_and_nothing_else():
    assert codes(supporter(), SUPPORTER) == ()
    assert codes(supporter(supporter_role=SupporterRole.NONE), SUPPORTER) == ("supporter_role",)


@pytest.mark.parametrize("practice", [Practice.UK, Practice.OVERSEAS])
def test_a_supporter_does_not_practise(practice):
    assert codes(supporter(practice=practice), SUPPORTER) == ("practises_case_management",)


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        (StudentCourse.RELEVANT, ()),
        (StudentCourse.NONE, ("course",)),
        (StudentCourse.UNRELATED, ("course_unrelated",)),
    ],
)
def test_a_student_is_on_a_relevant_course(course, expected):
    assert codes(student(student_course=course), STUDENT) == expected


@pytest.mark.parametrize("practice", [Practice.UK, Practice.OVERSEAS])
def test_a_student_who_practises_is_for_a_person_to_judge(practice):
    assessment = judged(student(practice=practice), STUDENT)

    assert assessment.outcome is Outcome.REFER
    assert assessment.codes == ("refer:also_practising",)


@pytest.mark.parametrize(
    ("practice", "expected"),
    [
        (Practice.OVERSEAS, ()),
        (Practice.UK, ("practising_in_uk",)),
        (Practice.NONE, ("not_a_case_manager",)),
    ],
)
def test_overseas_is_for_practice_outside_the_uk(practice, expected):
    assert codes(clinician(practice=practice), OVERSEAS) == expected


@pytest.mark.parametrize(
    ("evidence", "applied_for", "expected"),
    [
        (clinician(), CASE_MANAGER, None),
        (clinician(insured=False), CASE_MANAGER, None),
        (clinician(cm_months=0), CASE_MANAGER, ASSOCIATE),
        (clinician(), SUPPORTER, CASE_MANAGER),
        (clinician(insured=False, referees=()), SUPPORTER, CASE_MANAGER),
        (clinician(cm_months=0), SUPPORTER, ASSOCIATE),
        (clinician(body=""), SUPPORTER, None),
        (clinician(body=""), ASSOCIATE, None),
        (clinician(body="", student_course=StudentCourse.RELEVANT), ASSOCIATE, STUDENT),
        (clinician(body="", student_course=StudentCourse.UNRELATED), ASSOCIATE, None),
        (clinician(), OVERSEAS, CASE_MANAGER),
        (clinician(cm_months=0), OVERSEAS, ASSOCIATE),
        (clinician(practice=Practice.OVERSEAS), ASSOCIATE, OVERSEAS),
        (clinician(practice=Practice.OVERSEAS), SUPPORTER, OVERSEAS),
        (student(practice=Practice.OVERSEAS), STUDENT, OVERSEAS),
        (clinician(practice=Practice.NONE), CASE_MANAGER, SUPPORTER),
        (clinician(practice=Practice.NONE), OVERSEAS, SUPPORTER),
        (student(), CASE_MANAGER, STUDENT),
        (student(student_course=StudentCourse.NONE), STUDENT, SUPPORTER),
        (student(practice=Practice.UK), STUDENT, None),
        (clinician(student_course=StudentCourse.RELEVANT), STUDENT, CASE_MANAGER),
        (clinician(cm_months=0, student_course=StudentCourse.RELEVANT), STUDENT, ASSOCIATE),
        (student(), STUDENT, None),
    ],
)
def test_another_type_is_suggested_where_one_fits(evidence, applied_for, expected):
    assert judged(evidence, applied_for).suggested_type is expected


@pytest.mark.parametrize(
    ("evidence", "applied_for", "expected"),
    [
        (clinician(), CASE_MANAGER, Directory.MAY_OPT_IN),
        (clinician(insured=False), CASE_MANAGER, Directory.AFTER_APPROVAL),
        (clinician(qualification=Qualification.DIPLOMA_3), CASE_MANAGER, Directory.AFTER_APPROVAL),
        (clinician(cm_months=0), CASE_MANAGER, Directory.NO),
        (clinician(), ASSOCIATE, Directory.NO),
        (supporter(), SUPPORTER, Directory.NO),
    ],
)
def test_only_a_case_manager_may_be_listed(evidence, applied_for, expected):
    assert judged(evidence, applied_for).directory is expected
