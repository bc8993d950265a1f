"""What is stored about an applicant, as the plain facts that the rules judge."""

import datetime as dt

import pytest

from membership import evidence, facts
from membership.eligibility import Outcome
from membership.models import Application, Employment, Qualification
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_person,
    make_ready_application,
    make_referee,
    make_registration,
)

pytestmark = pytest.mark.django_db
Status = evidence.RegistrationStatus
Kind = evidence.Referee


def known(application: Application, on: dt.date = A_DAY) -> evidence.Evidence:
    return facts.evidence_of(Application.objects.get(pk=application.pk), on)


def qualify(person, level, relation, year=2010) -> None:
    Qualification.objects.create(
        person=person,
        title=f"{level} {relation}",
        awarding_body="University of Example",
        level=level,
        relation=relation,
        year=year,
    )


def test_an_empty_draft_is_judged_as_knowing_nothing():
    found = known(make_application(make_person()))

    assert found == evidence.Evidence(practice=evidence.Practice.NONE, cm_months=0, cm_hours=0)


def test_a_ready_application_becomes_its_facts():
    found = known(make_ready_application())

    assert found == evidence.Evidence(
        practice=evidence.Practice.UK,
        qualification=evidence.Qualification.DEGREE,
        qualification_related=evidence.Related.CLINICAL,
        profession="nurse",
        body="NMC",
        registration_number="01A2345N",
        registration_status=Status.UNCHECKED,
        vocational_only=False,
        cm_months=46,
        cm_hours=found.cm_hours,
        low_hours=False,
        referees=(Kind.PROFESSIONAL, Kind.PROFESSIONAL),
        dbs_on=dt.date(2026, 3, 2),
        insured=True,
        expertise_requested=("brain_injury", "vocational"),
    )
    assert 6000 < (found.cm_hours or 0) < 6200


@pytest.mark.parametrize(
    ("change", "field", "fact"),
    [
        ({"practice": "overseas"}, "practice", evidence.Practice.OVERSEAS),
        ({"practice": "none"}, "practice", evidence.Practice.NONE),
        ({"practice": ""}, "practice", evidence.Practice.NONE),
        ({"vocational_only": None}, "vocational_only", False),
        ({"vocational_only": True}, "vocational_only", True),
        ({"profession": "physiotherapist"}, "profession", "physiotherapist"),
        ({"dbs_confirmed_at": None}, "dbs_on", None),
        ({"dbs_on": None}, "dbs_on", None),
        ({"indemnity_confirmed_at": None}, "insured", False),
        ({"course_relation": "relevant"}, "student_course", evidence.StudentCourse.RELEVANT),
        ({"course_relation": "unrelated"}, "student_course", evidence.StudentCourse.UNRELATED),
        ({"supporter_role": "managerial"}, "supporter_role", evidence.SupporterRole.MANAGERIAL),
        ({"supporter_role": "supportive"}, "supporter_role", evidence.SupporterRole.SUPPORTIVE),
    ],
)
def test_each_answer_becomes_its_fact(change, field, fact):
    application = make_ready_application(**change)

    assert getattr(known(application), field) == fact


def test_every_choice_of_a_form_is_a_code_of_the_rules():
    choices = {
        evidence.Practice: Application.Practice,
        evidence.Qualification: Qualification.Level,
        evidence.Related: Qualification.Relation,
        evidence.StudentCourse: Application.Course,
        evidence.SupporterRole: Application.SupporterRole,
    }
    codes = {rule: set(offered.values) for rule, offered in choices.items()}

    known_codes = {rule: {one.value for one in rule} - {"", "none"} for rule in choices}

    known_codes[evidence.Practice].add("none")
    assert codes == known_codes


# The best qualification ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "vocational_only", "best"),
    [
        ([], False, ("none", "no")),
        ([("degree", "no"), ("diploma_4", "clinical")], False, ("diploma_4", "clinical")),
        ([("degree", "vocational"), ("diploma_4", "clinical")], False, ("diploma_4", "clinical")),
        ([("degree", "clinical"), ("diploma_4", "vocational")], True, ("diploma_4", "vocational")),
        (
            [("level_3_other", "clinical"), ("degree", "vocational")],
            False,
            ("degree", "vocational"),
        ),
        (
            [("certificate_4", "clinical"), ("degree", "vocational")],
            False,
            ("degree", "vocational"),
        ),
        (
            [("level_3_other", "clinical"), ("overseas_equivalent", "clinical")],
            False,
            ("overseas_equivalent", "clinical"),
        ),
        (
            [("doctorate", "no"), ("level_3_other", "clinical")],
            False,
            ("level_3_other", "clinical"),
        ),
    ],
)
def test_the_qualification_that_carries_furthest_is_judged(stated, vocational_only, best):
    application = make_application(vocational_only=vocational_only)
    for level, relation in stated:
        qualify(application.person, level, relation)

    found = known(application)

    assert (found.qualification.value, found.qualification_related.value) == best


def test_the_order_in_which_qualifications_were_typed_does_not_matter():
    found = []
    for stated in (["degree", "diploma_3"], ["diploma_3", "degree"]):
        application = make_application()
        for level in stated:
            qualify(application.person, level, "clinical")
        found.append(known(application).qualification.value)

    assert found == ["degree", "degree"]


# Registrations -------------------------------------------------------------------------------


def test_who_changed_profession_is_judged_by_the_registration_for_it():
    application = make_ready_application(profession="occupational_therapist")
    make_registration(application.person, number="02B2345N", profession="nurse")
    new = make_registration(
        application.person,
        verified=False,
        body="HCPC",
        number="OT12345",
        profession="occupational_therapist",
    )

    judged = known(application)

    assert (judged.body, judged.registration_number) == ("HCPC", new.number)
    assert judged.registration_status is Status.UNCHECKED


@pytest.mark.parametrize(
    ("expires_on", "status"),
    [
        (None, Status.REGISTERED),
        (A_DAY, Status.REGISTERED),
        (A_DAY - dt.timedelta(days=1), Status.LAPSED),
    ],
)
def test_a_registration_that_ran_out_is_lapsed(expires_on, status):
    application = make_application()
    make_registration(application.person, expires_on=expires_on)

    assert known(application).registration_status is status


def test_a_date_does_not_hide_what_the_register_said():
    application = make_application()
    make_registration(application.person, status="removed", expires_on=dt.date(2020, 1, 1))

    assert known(application).registration_status is Status.REMOVED


@pytest.mark.parametrize(
    ("stated", "number"),
    [
        ([("BABICM", "77", {}), ("NMC", "01A2345N", {"verified": False})], "01A2345N"),
        ([("NMC", "01A2345N", {"verified": False}), ("HCPC", "OT12345", {})], "OT12345"),
        (
            [("NMC", "01A2345N", {"expires_on": dt.date(2026, 1, 1)}), ("HCPC", "OT12345", {})],
            "OT12345",
        ),
        (
            [
                ("NMC", "01A2345N", {"expires_on": dt.date(2026, 1, 1)}),
                ("HCPC", "OT12345", {"verified": False}),
            ],
            "OT12345",
        ),
        (
            [("HCPC", "OT12345", {"verified": False}), ("NMC", "01A2345N", {"status": "removed"})],
            "01A2345N",
        ),
        ([("NMC", "01A2345N", {"status": "removed"}), ("HCPC", "OT12345", {})], "OT12345"),
        ([("NOSUCHBODY", "1", {}), ("NMC", "01A2345N", {"verified": False})], "01A2345N"),
    ],
)
def test_of_several_registrations_the_current_one_of_a_regulator_is_judged(stated, number):
    application = make_application()
    for body, one, rest in stated:
        make_registration(application.person, body=body, number=one, **rest)

    assert known(application).registration_number == number


# Jobs ----------------------------------------------------------------------------------------


def test_work_that_is_not_case_management_does_not_count():
    application = make_application()
    facts_of_job = {"person": application.person, "employer": "Example Ltd", "role": "Nurse"}
    Employment.objects.create(**facts_of_job, started_on=dt.date(2015, 1, 1), hours_per_week=37)

    found = known(application)

    assert (found.cm_months, found.cm_hours) == (0, 0)


def test_a_stated_total_of_hours_is_taken():
    application = make_application()
    Employment.objects.create(
        person=application.person,
        employer="Example Ltd",
        role="Case manager",
        is_case_management=True,
        started_on=dt.date(2025, 1, 1),
        ended_on=dt.date(2025, 12, 31),
        total_hours=2500,
    )

    found = known(application)

    assert (found.cm_months, found.cm_hours) == (12, 2500)


# Referees ------------------------------------------------------------------------------------


def kinds_of(*referees: dict, person=None) -> tuple[Kind, ...]:
    application = make_application(person)
    for position, one in enumerate(referees, start=1):
        make_referee(application, position, **one)
    return known(application).referees


def test_referees_are_told_by_their_kind():
    assert kinds_of({}, {"kind": "personal"}) == (Kind.PROFESSIONAL, Kind.PERSONAL)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"email": "same@example.org"}, {"email": " SAME@example.org "}),
        ({"email": "same@example.org"}, {"email": "same+work@example.org"}),
        ({"phone": "020 7946 0001"}, {"phone": "+44 20 7946 0001"}),
        ({"phone": "(020) 7946-0001"}, {"phone": "02079460001"}),
    ],
)
def test_the_same_person_twice_is_a_duplicate(first, second):
    assert kinds_of(first, second) == (Kind.PROFESSIONAL, Kind.DUPLICATE)


def test_two_referees_without_a_telephone_are_two_people():
    assert kinds_of({"phone": ""}, {"phone": ""}) == (Kind.PROFESSIONAL, Kind.PROFESSIONAL)


@pytest.mark.parametrize(
    "own",
    [
        {"email": "PAT@example.org"},
        {"email": "pat@work.example.org"},
        {"email": "pat+referee@example.org"},
        {"phone": "020 7946 0009"},
        {"phone": "020 7946 0008"},
    ],
)
def test_the_applicant_is_no_referee(own):
    person = make_person(
        email="pat@example.org",
        work_email="Pat@work.example.org",
        phone="+442079460009",
        work_phone="+442079460008",
    )

    assert kinds_of(own, {}, person=person) == (Kind.SELF, Kind.PROFESSIONAL)


def test_a_replaced_referee_is_not_counted():
    application = make_application()
    make_referee(application, 1, replaced_at=A_MOMENT)
    make_referee(application, 1, kind="personal")

    assert known(application).referees == (Kind.PERSONAL,)


# Kept beside the decision --------------------------------------------------------------------


def test_facts_are_kept_in_a_form_that_can_be_stored_and_read_again():
    application = make_ready_application()

    kept = facts.as_json(known(application))
    application.submitted_evidence = kept
    application.save()

    stored = Application.objects.get(pk=application.pk).submitted_evidence
    assert stored["dbs_on"] == "2026-03-02"
    assert stored["referees"] == ["professional", "professional"]
    assert set(stored) == set(kept)


def test_a_stored_application_is_judged_by_the_rules_of_the_day():
    application = make_ready_application()

    found = facts.assess_application(application, A_DAY)

    assert found.outcome is Outcome.REFER
    assert found.codes == ("refer:registration_unchecked",)
    assert found.rules_version == facts.rules_version(A_DAY)
