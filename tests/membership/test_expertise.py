"""Which areas of expertise are assignable, pending or refused."""

import pytest

from membership.evidence import Qualification, RegistrationStatus, Related
from membership.expertise import AREAS, Area, AreaGroup, Support, area_of, judge
from membership.registers import PROFESSIONS
from membership.types import MembershipType
from tests.membership.evidence import clinician, judged, student, supporter, vocational

BOTH = ("stroke", "vocational")


def supported(evidence, applied_for=MembershipType.CASE_MANAGER):
    areas = judge(evidence, judged(evidence, applied_for))
    return {each.area.code: each.support for each in areas}


@pytest.mark.parametrize("applied_for", [MembershipType.CASE_MANAGER, MembershipType.ASSOCIATE])
def test_a_verified_clinician_may_have_clinical_and_vocational_areas(applied_for):
    assert supported(clinician(expertise_requested=BOTH), applied_for) == {
        "stroke": Support.ASSIGNABLE,
        "vocational": Support.ASSIGNABLE,
    }


def test_a_vocational_case_manager_may_only_have_vocational():
    assert supported(vocational(expertise_requested=BOTH)) == {
        "stroke": Support.REFUSED,
        "vocational": Support.ASSIGNABLE,
    }


@pytest.mark.parametrize(
    "facts",
    [
        {"registration_status": RegistrationStatus.UNCHECKED},
        {"registration_status": RegistrationStatus.CONDITIONS},
        {"registration_number": ""},
        {"registration_number": "OT1"},
        {"registration_number": "PH76543"},
        {"body": "NMC"},
        {"profession": "counsellor", "body": "BACP"},
    ],
)
def test_a_clinical_area_waits_while_the_registration_is_open(facts):
    assert supported(clinician(expertise_requested=BOTH, **facts)) == {
        "stroke": Support.PENDING,
        "vocational": Support.ASSIGNABLE,
    }


@pytest.mark.parametrize(
    "facts", [{"insured": False}, {"referees": ()}, {"qualification": Qualification.DIPLOMA_3}]
)
def test_anything_else_that_is_open_changes_nothing(facts):
    evidence = clinician(expertise_requested=("stroke",), **facts)

    assert supported(evidence) == {"stroke": Support.ASSIGNABLE}


def test_a_clinical_area_needs_a_clinical_qualification():
    evidence = clinician(expertise_requested=BOTH, qualification_related=Related.VOCATIONAL)

    assert supported(evidence) == {
        "stroke": Support.REFUSED,
        "vocational": Support.ASSIGNABLE,
    }


def test_everything_is_refused_while_a_criterion_is_not_met():
    assert supported(clinician(expertise_requested=BOTH, cm_months=0)) == {
        "stroke": Support.REFUSED,
        "vocational": Support.REFUSED,
    }


@pytest.mark.parametrize(
    ("evidence", "applied_for"),
    [
        (supporter(expertise_requested=("vocational",)), MembershipType.SUPPORTER),
        (student(expertise_requested=("vocational",)), MembershipType.STUDENT),
    ],
)
def test_non_practising_members_have_no_areas(evidence, applied_for):
    (finding,) = judge(evidence, judged(evidence, applied_for))

    assert finding.support is Support.REFUSED
    assert finding.reason == f"{applied_for.label} members have no areas of expertise."


def test_an_area_asked_for_twice_is_answered_once():
    assert list(supported(clinician(expertise_requested=("stroke", "burns", "stroke")))) == [
        "stroke",
        "burns",
    ]


def test_vocational_is_the_only_area_that_is_not_clinical():
    assert len(AREAS) == 30
    assert [each.code for each in AREAS.values() if each.group is not AreaGroup.CLINICAL] == [
        "vocational"
    ]


def test_usual_professions_are_professions_we_know():
    assert {code for each in AREAS.values() for code in each.usual_professions} <= set(PROFESSIONS)


@pytest.mark.parametrize(
    ("facts", "area", "support", "reason"),
    [
        (
            {},
            *("stroke", Support.ASSIGNABLE),
            "Your clinical qualification and registration support this area.",
        ),
        (
            {},
            *("vocational", Support.ASSIGNABLE),
            "Vocational is open to every Case Manager and Associate.",
        ),
        (
            {"registration_status": RegistrationStatus.UNCHECKED},
            *("stroke", Support.PENDING),
            "This waits until the office has verified your registration.",
        ),
        (
            {"qualification_related": Related.VOCATIONAL},
            *("stroke", Support.REFUSED),
            "A clinical area needs a clinical qualification.",
        ),
        (
            {"qualification_related": Related.VOCATIONAL, "vocational_only": True},
            *("stroke", Support.REFUSED),
            "A vocational case manager may only have the area Vocational.",
        ),
        (
            {"cm_months": 0},
            *("vocational", Support.REFUSED),
            "No area can be given while a criterion of membership is not met.",
        ),
    ],
)
def test_every_finding_says_why(facts, area, support, reason):
    evidence = clinician(expertise_requested=(area,), **facts)

    (finding,) = judge(evidence, judged(evidence))

    assert (finding.area, finding.support, finding.reason) == (AREAS[area], support, reason)


def test_an_area_that_the_office_added_is_clinical():
    assert area_of("long_covid-and-fatigue") == Area(
        "long_covid-and-fatigue", "Long covid and fatigue", AreaGroup.CLINICAL, "all", ()
    )


def test_an_area_of_the_vocabulary_is_read_as_it_stands_there():
    assert area_of("birth_injury") == Area(
        "birth_injury",
        "Cerebral palsy and birth injury",
        AreaGroup.CLINICAL,
        "children",
        ("occupational_therapist", "nurse", "physiotherapist", "speech_language_therapist"),
    )
