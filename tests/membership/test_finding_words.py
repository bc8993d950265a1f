"""What applicants read of each criterion, with the figures and names of their own case."""

import datetime as dt

import pytest

from membership.evidence import Referee, RegistrationStatus
from membership.registers import BODIES
from membership.types import MembershipType
from tests.membership.evidence import clinician, judged, supporter, vocational

CASE_MANAGER = MembershipType.CASE_MANAGER


def words_of(code, evidence, applied_for=CASE_MANAGER):
    return [each.words for each in judged(evidence, applied_for).findings if each.code == code]


@pytest.mark.parametrize(
    ("code", "evidence", "words"),
    [
        (
            "register_mentions_vocational",
            vocational(body="NMC", registration_status=RegistrationStatus.CONDITIONS),
            (
                "You need no registration, but the register of the body you named shows "
                "conditions. The assessor sees it."
            ),
        ),
        (
            "register_mentions_vocational",
            vocational(body="NMC", registration_status=RegistrationStatus.LAPSED),
            (
                "You need no registration, but the register of the body you named shows lapsed. "
                "The assessor sees it."
            ),
        ),
        (
            "body_does_not_match_profession",
            clinician(body="NMC"),
            (
                "The Nursing and Midwifery Council does not register this profession: occupational "
                "therapist. Choose the Health and Care Professions Council, or correct your "
                "profession."
            ),
        ),
        (
            "registered_body",
            clinician(),
            "The Health and Care Professions Council registers your profession.",
        ),
        (
            "registration_number",
            clinician(registration_number=""),
            (
                "Enter your registration number with the Health and Care Professions Council, for "
                "example OT12345."
            ),
        ),
        (
            "unusual_number",
            clinician(profession="social_worker", body="SWE", registration_number="12345"),
            (
                "A Social Work England number is SW and up to 6 digits, for example SW12345. You "
                "entered 12345. Check it once more; you may go on if it is right."
            ),
        ),
        (
            "registration_not_current",
            clinician(registration_status=RegistrationStatus.SUSPENDED),
            (
                "The public register shows your registration as suspended. Apply again once it is "
                "current, or tell the office if that is wrong."
            ),
        ),
        (
            "experience",
            clinician(cm_months=None),
            (
                "You need 24 months or 2,500 hours of case management; we count 0 months and 0 "
                "hours. Add any case management jobs that are missing, or apply as an Associate, "
                "who does not need them."
            ),
        ),
        (
            "enough_experience",
            clinician(cm_months=24, cm_hours=1),
            "You need 24 months or 2,500 hours of case management; we count 24 months and 1 hour.",
        ),
        (
            "low_hours",
            clinician(cm_months=24, cm_hours=2499, low_hours=True),
            (
                "Your months were worked at fewer than 8 hours a week. They count; the assessor "
                "sees it."
            ),
        ),
        ("referees", clinician(), "You have named 2 referees who fit."),
        (
            "referees_count",
            clinician(referees=(Referee.PROFESSIONAL,)),
            "You need 2 referees and have named 1. Name exactly 2.",
        ),
        ("dbs", clinician(), "Your DBS check is dated 1 June 2025."),
        (
            "refer:dbs_older_than_3_years",
            clinician(dbs_on=dt.date(2020, 6, 1)),
            (
                "Your DBS check of 1 June 2020 is over 3 years old, so an assessor will look at "
                "it. If you have a newer one, enter its date."
            ),
        ),
        (
            "refer:body_voluntary_register",
            clinician(profession="counsellor", body="UKCP", registration_number="2011000000"),
            (
                f"The {BODIES['UKCP'].name} keeps a voluntary register and is not a regulator, so "
                "an assessor will look at your registration."
            ),
        ),
    ],
)
def test_a_finding_says_what_was_found(code, evidence, words):
    assert words_of(code, evidence) == [words]


def test_a_supporter_reads_the_role_that_was_given():
    words = words_of("role", supporter(), MembershipType.SUPPORTER)

    assert words == ["You work in a supportive role."]


@pytest.mark.parametrize(
    ("status", "is_noted"),
    [
        (RegistrationStatus.REGISTERED, False),
        (RegistrationStatus.UNCHECKED, False),
        (RegistrationStatus.CONDITIONS, True),
        (RegistrationStatus.REMOVED, True),
    ],
)
def test_a_register_that_shows_nothing_is_not_mentioned(status, is_noted):
    evidence = vocational(body="NMC", registration_status=status)

    assert bool(words_of("register_mentions_vocational", evidence)) is is_noted


@pytest.mark.parametrize(("hours", "is_noted"), [(2499, True), (2500, False)])
def test_who_has_the_hours_is_not_noted_for_few_a_week(hours, is_noted):
    evidence = clinician(cm_months=24, cm_hours=hours, low_hours=True)

    assert bool(words_of("low_hours", evidence)) is is_noted
