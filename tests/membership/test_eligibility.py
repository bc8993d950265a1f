"""Each criterion of Case Manager and Associate, on both sides of it."""

import datetime as dt

import pytest

from membership.eligibility import Outcome, Rules
from membership.evidence import (
    Practice,
    Qualification,
    Referee,
    RegistrationStatus,
    Related,
)
from membership.findings import OPEN_CODES, Severity
from membership.types import MembershipType
from tests.membership.evidence import (
    clinician,
    codes,
    judged,
    student,
    vocational,
)

CASE_MANAGER = MembershipType.CASE_MANAGER
ASSOCIATE = MembershipType.ASSOCIATE


@pytest.mark.parametrize("applied_for", [CASE_MANAGER, ASSOCIATE])
def test_a_registered_clinician_with_everything_is_eligible(applied_for):
    assessment = judged(clinician(), applied_for)

    assert assessment.outcome is Outcome.ELIGIBLE
    assert {finding.severity for finding in assessment.findings} == {Severity.MET}


def test_every_criterion_that_is_met_is_listed():
    assessment = judged(clinician())

    assert [finding.code for finding in assessment.findings] == [
        "practice_in_uk",
        "qualification",
        "qualification_related",
        "registered_body",
        "number",
        "registered",
        "enough_experience",
        "referees",
        "dbs",
        "insured",
    ]


def test_every_finding_names_its_source_and_leaves_no_gap_in_its_words():
    evidence = clinician(practice=Practice.NONE, cm_months=3, dbs_on=None, insured=False)

    findings = judged(evidence).findings

    assert all(finding.clause.startswith("CMSUK") for finding in findings)
    assert not [finding.words for finding in findings if "{" in finding.words]


@pytest.mark.parametrize(
    ("practice", "expected"),
    [
        (Practice.UK, ()),
        (Practice.OVERSEAS, ("not_practising_in_uk",)),
        (Practice.NONE, ("not_practising",)),
    ],
)
def test_a_case_manager_practises_in_the_uk(practice, expected):
    assert codes(clinician(practice=practice)) == expected


@pytest.mark.parametrize(
    ("qualification", "expected"),
    [
        (Qualification.NONE, ("qualification_level",)),
        (Qualification.LEVEL_3_OTHER, ("qualification_level",)),
        (Qualification.DIPLOMA_3, ("refer:qualification_level",)),
        (Qualification.CERTIFICATE_4, ("refer:qualification_level",)),
        (Qualification.OVERSEAS_EQUIVALENT, ("refer:qualification_level",)),
        (Qualification.PRE_DIPLOMA_REGISTRATION, ("refer:qualification_level",)),
        (Qualification.DIPLOMA_4, ()),
        (Qualification.DIPLOMA_5, ()),
        (Qualification.FOUNDATION_DEGREE, ()),
        (Qualification.DEGREE, ()),
        (Qualification.POSTGRADUATE, ()),
        (Qualification.DOCTORATE, ()),
    ],
)
def test_a_diploma_at_level_4_is_the_lowest_that_passes(qualification, expected):
    assert codes(clinician(qualification=qualification)) == expected


def test_a_qualification_must_relate_to_case_management():
    assert codes(clinician(qualification_related=Related.NO)) == ("qualification_unrelated",)


def test_a_vocational_case_manager_needs_no_registered_body():
    assert judged(vocational()).outcome is Outcome.ELIGIBLE


def test_a_vocational_case_manager_needs_a_vocational_qualification():
    evidence = vocational(qualification_related=Related.CLINICAL)

    assert codes(evidence) == ("vocational_qualification",)


def test_a_vocational_case_manager_struck_off_a_register_is_noted_for_the_assessor():
    evidence = vocational(body="NMC", registration_status=RegistrationStatus.REMOVED)

    assessment = judged(evidence)

    assert assessment.outcome is Outcome.ELIGIBLE
    assert [each.code for each in assessment.findings if each.severity is Severity.NOTE] == [
        "register_mentions_vocational"
    ]


@pytest.mark.parametrize("body", ["", "RCOT", "VRA", "BABICM", "IRCM", "CMSUK"])
def test_an_association_is_not_a_registered_body(body):
    assert codes(clinician(body=body)) == ("body",)


def test_a_voluntary_register_waits_for_a_person_even_before_it_is_checked():
    evidence = clinician(
        profession="counsellor",
        body="UKCP",
        registration_number="2011000000",
        registration_status=RegistrationStatus.UNCHECKED,
    )

    assert codes(evidence) == ("refer:body_voluntary_register",)


def test_a_body_that_does_not_register_the_profession_hides_the_number():
    evidence = clinician(body="NMC", registration_number="nonsense")

    assert codes(evidence) == ("body_does_not_match_profession",)


def test_a_registered_body_needs_a_profession_to_look_up():
    assert codes(clinician(profession="")) == ("body_does_not_match_profession",)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("OT76543", ()),
        ("ot 76-543", ()),
        ("", ("registration_number",)),
        (" - ", ("registration_number",)),
        ("OT12", ("registration_number_format",)),
        ("OT1234567", ("registration_number_format",)),
        ("PH76543", ("registration_number_profession",)),
    ],
)
def test_a_number_is_asked_for_and_compared_with_the_body_and_the_profession(number, expected):
    assert codes(clinician(registration_number=number)) == expected


def test_an_unusual_number_of_an_unconfirmed_format_is_only_noted():
    evidence = clinician(profession="social_worker", body="SWE", registration_number="12345")

    assessment = judged(evidence)

    assert assessment.outcome is Outcome.ELIGIBLE
    assert [each.code for each in assessment.findings if each.severity is Severity.NOTE] == [
        "unusual_number"
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (RegistrationStatus.REGISTERED, ()),
        (RegistrationStatus.UNCHECKED, ("refer:registration_unchecked",)),
        (RegistrationStatus.CONDITIONS, ("refer:registration_conditions",)),
        (RegistrationStatus.LAPSED, ("registration_not_current",)),
        (RegistrationStatus.SUSPENDED, ("registration_not_current",)),
        (RegistrationStatus.REMOVED, ("registration_not_current",)),
    ],
)
def test_a_registration_must_be_current(status, expected):
    assert codes(clinician(registration_status=status)) == expected


@pytest.mark.parametrize(
    ("months", "hours", "expected"),
    [
        (24, None, ()),
        (23, None, ("experience",)),
        (23, 2499, ("experience",)),
        (23, 2500, ()),
        (None, 2500, ()),
        (None, 2499, ("experience",)),
        (None, None, ("experience",)),
    ],
)
def test_24_months_or_2500_hours_are_enough(months, hours, expected):
    assert codes(clinician(cm_months=months, cm_hours=hours)) == expected


def test_missing_experience_is_told_in_figures():
    (finding,) = [
        each for each in judged(clinician(cm_months=1, cm_hours=1200)).findings if each.open
    ]

    assert finding.words == (
        "You need 24 months or 2,500 hours of case management; we count 1 month and 1,200 hours. "
        "Add any case management jobs that are missing, or apply as an Associate, who does not "
        "need them."
    )


def test_other_rules_ask_for_other_months():
    assessment = judged(clinician(cm_months=24), rules=Rules(version="later", months=36))

    assert assessment.codes == ("experience",)
    assert assessment.rules_version == "later"


def test_an_associate_needs_no_experience():
    assert codes(clinician(cm_months=0), ASSOCIATE) == ()


def test_months_at_few_hours_a_week_count_and_are_noted():
    assessment = judged(clinician(cm_months=24, low_hours=True))

    assert assessment.outcome is Outcome.ELIGIBLE
    assert [each.code for each in assessment.findings if each.severity is Severity.NOTE] == [
        "low_hours"
    ]


@pytest.mark.parametrize(
    ("referees", "expected"),
    [
        ((Referee.PROFESSIONAL, Referee.PROFESSIONAL), ()),
        ((Referee.PERSONAL, Referee.PROFESSIONAL), ()),
        ((Referee.PERSONAL, Referee.PERSONAL), ("referees_type",)),
        ((), ("referees_count",)),
        ((Referee.PROFESSIONAL,), ("referees_count",)),
        ((Referee.PROFESSIONAL,) * 3, ("referees_count",)),
        ((Referee.PROFESSIONAL, Referee.DUPLICATE), ("referees_not_independent",)),
        ((Referee.PROFESSIONAL, Referee.SELF), ("referees_not_independent",)),
        ((Referee.SELF,), ("referees_count", "referees_not_independent")),
    ],
)
def test_two_independent_referees_are_named_one_of_them_professional(referees, expected):
    assert codes(clinician(referees=referees)) == expected


@pytest.mark.parametrize(
    ("dbs_on", "on", "expected"),
    [
        (None, dt.date(2026, 11, 22), ("dbs_date",)),
        (dt.date(2026, 11, 22), dt.date(2026, 11, 22), ()),
        (dt.date(2026, 11, 23), dt.date(2026, 11, 22), ("dbs_date_future",)),
        (dt.date(2023, 11, 22), dt.date(2026, 11, 22), ()),
        (dt.date(2023, 11, 21), dt.date(2026, 11, 22), ("refer:dbs_older_than_3_years",)),
        (dt.date(2024, 2, 29), dt.date(2027, 2, 28), ()),
        (dt.date(2024, 2, 29), dt.date(2027, 3, 1), ()),
        (dt.date(2024, 2, 29), dt.date(2027, 3, 2), ("refer:dbs_older_than_3_years",)),
    ],
)
def test_a_dbs_check_is_flagged_once_it_is_over_three_years_old(dbs_on, on, expected):
    assert codes(clinician(dbs_on=dbs_on), on=on) == expected


def test_insurance_must_be_confirmed():
    assert codes(clinician(insured=False)) == ("insurance",)


def test_everything_open_is_listed_in_the_published_order():
    evidence = clinician(
        dbs_on=dt.date(2019, 1, 1),
        referees=(),
        insured=False,
        cm_months=0,
        qualification=Qualification.DIPLOMA_3,
        registration_status=RegistrationStatus.LAPSED,
    )

    assert codes(evidence) == (
        "registration_not_current",
        "experience",
        "referees_count",
        "insurance",
        "refer:qualification_level",
        "refer:dbs_older_than_3_years",
    )


def test_every_published_code_is_listed_once():
    assert len(OPEN_CODES) == len(set(OPEN_CODES)) == 30


def test_one_personal_referee_is_one_too_few_and_nothing_else():
    assert codes(clinician(referees=(Referee.PERSONAL,))) == ("referees_count",)


def test_another_type_is_suggested_only_where_this_one_does_not_fit():
    assert judged(clinician()).suggested_type is None
    assert judged(student(), MembershipType.STUDENT).suggested_type is None
    assert judged(clinician(cm_months=0)).suggested_type is ASSOCIATE
    assert judged(vocational(), MembershipType.SUPPORTER).suggested_type is CASE_MANAGER
    assert judged(clinician(insured=False), ASSOCIATE).suggested_type is None
