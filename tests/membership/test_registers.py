"""Regulators, professions and the numbers they issue."""

import pytest

from membership.registers import (
    BODIES,
    PROFESSIONS,
    BodyKind,
    Nation,
    NumberProblem,
    ProblemKind,
    body_for,
    check_number,
    mismatch_words,
    normalise_number,
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("98z7654y", "98Z7654Y"), (" ot 76-543 ", "OT76543"), ("OT\u201376\u00a0543", "OT76543")],
)
def test_numbers_are_compared_without_spaces_and_hyphens(typed, expected):
    assert normalise_number(typed) == expected


def test_a_wrong_format_shows_what_was_typed_and_what_is_expected():
    problem = check_number(BODIES["NMC"], "98z765y", "nurse")

    assert problem.kind is ProblemKind.FORMAT
    assert problem.words == (
        "An NMC PIN is 2 digits, a letter, 4 digits, a letter, for example 01A2345N. "
        "You entered 98z765y."
    )


def test_the_format_of_an_hcpc_number_is_told_for_the_profession():
    problem = check_number(BODIES["HCPC"], "12345", "physiotherapist")

    assert problem.words == (
        "An HCPC number is PH and 3 to 6 digits, for example PH12345. You entered 12345."
    )


def test_a_number_of_another_hcpc_profession_names_both():
    problem = check_number(BODIES["HCPC"], "PH76543", "practitioner_psychologist")

    assert problem.kind is ProblemKind.PROFESSION
    assert problem.words == (
        "You entered PH76543, which is the HCPC number of another profession: physiotherapist. "
        "For your profession, practitioner psychologist, it starts with PYL. "
        "Correct the number or the profession."
    )


def test_a_missing_number_is_asked_for_by_the_name_of_the_body():
    problem = check_number(BODIES["SSSC"], " ", "social_worker")

    assert problem.kind is ProblemKind.MISSING
    assert problem.words == (
        "Enter your registration number with the Scottish Social Services Council."
    )


def test_digits_of_other_scripts_are_not_digits():
    assert check_number(BODIES["GMC"], "٦١٥٠١٢٩", "doctor").kind is ProblemKind.FORMAT


@pytest.mark.parametrize(
    ("body", "number", "blocks"),
    [("GMC", "123", True), ("SWE", "123", False), ("BACP", "1", False)],
)
def test_only_a_format_we_are_sure_of_holds_an_applicant_up(body, number, blocks):
    profession = {"GMC": "doctor", "SWE": "social_worker", "BACP": "counsellor"}[body]

    assert check_number(BODIES[body], number, profession).blocks is blocks


@pytest.mark.parametrize("body", [each for each in BODIES.values() if each.example])
def test_the_example_of_a_body_fits_its_own_format(body):
    assert body.number_pattern.fullmatch(normalise_number(body.example))


@pytest.mark.parametrize("profession", [each for each in PROFESSIONS.values() if each.hcpc_prefix])
@pytest.mark.parametrize(("digits", "fits"), [("12", False), ("123", True), ("123456", True)])
def test_an_hcpc_number_is_the_prefix_and_three_to_six_digits(profession, digits, fits):
    problem = check_number(BODIES["HCPC"], profession.hcpc_prefix + digits, profession.code)

    assert (problem is None) is fits


def test_the_hcpc_registers_fifteen_professions():
    assert len({each.hcpc_prefix for each in PROFESSIONS.values()} - {""}) == 15


@pytest.mark.parametrize(
    ("nation", "body"),
    [
        (Nation.ENGLAND, "SWE"),
        (Nation.WALES, "SCW"),
        (Nation.SCOTLAND, "SSSC"),
        (Nation.NORTHERN_IRELAND, "NISCC"),
    ],
)
def test_a_social_worker_is_registered_by_nation(nation, body):
    assert body_for("social_worker", nation).code == body


@pytest.mark.parametrize(
    ("profession", "nation", "body"),
    [
        ("nurse", Nation.WALES, "NMC"),
        ("pharmacist", Nation.SCOTLAND, "GPHC"),
        ("pharmacist", Nation.NORTHERN_IRELAND, "PSNI"),
    ],
)
def test_the_regulator_of_a_profession_is_known(profession, nation, body):
    assert body_for(profession, nation).code == body


@pytest.mark.parametrize("profession", ["counsellor", "careers", "", "astrologer"])
def test_there_is_not_always_one_regulator(profession):
    assert body_for(profession, Nation.ENGLAND) is None


def test_a_social_worker_who_chooses_the_hcpc_is_told_all_four_regulators():
    assert mismatch_words(BODIES["HCPC"], "social_worker") == (
        "Social workers are not registered by the Health and Care Professions Council. Choose the "
        "regulator of the nation you work in: Social Work England, Social Care Wales, the "
        "Scottish Social Services Council or the Northern Ireland Social Care Council."
    )


def test_a_nurse_who_chooses_the_hcpc_is_told_the_nmc():
    assert mismatch_words(BODIES["HCPC"], "nurse") == (
        "The Health and Care Professions Council does not register this profession: nurse. "
        "Choose the Nursing and Midwifery Council, or correct your profession."
    )


def test_a_profession_without_a_regulator_is_told_of_the_vocational_way():
    assert mismatch_words(BODIES["NMC"], "careers") == (
        "The Nursing and Midwifery Council does not register this profession: careers adviser. "
        "Choose the profession you are registered for, or say that you are vocational only."
    )


def test_a_talking_therapist_is_told_every_register_there_is():
    assert mismatch_words(BODIES["HCPC"], "cbt_therapist") == (
        "The Health and Care Professions Council does not register this profession: CBT "
        f"therapist. Choose the {BODIES['BACP'].name} or the {BODIES['UKCP'].name} or the "
        f"{BODIES['BABCP'].name}, or correct your profession."
    )


def test_without_a_profession_a_body_cannot_be_asked():
    assert mismatch_words(BODIES["NMC"], "") == (
        "Choose your profession, so that we can look you up with the Nursing and Midwifery Council."
    )


def test_a_missing_number_is_asked_for_with_an_example_where_there_is_one():
    problem = check_number(BODIES["NMC"], "", "nurse")

    assert problem == NumberProblem(
        ProblemKind.MISSING,
        "Enter your registration number with the Nursing and Midwifery Council, for example "
        "01A2345N.",
        blocks=True,
    )


def test_a_wrong_format_without_an_example_tells_the_shape_alone():
    problem = check_number(BODIES["SCW"], "1", "social_worker")

    assert problem.words == (
        "A Social Care Wales number is 4 to 14 letters and digits. You entered 1."
    )


@pytest.mark.parametrize(("body", "profession"), [("NMC", "nurse"), ("NMC", "physiotherapist")])
def test_only_numbers_of_the_hcpc_tell_the_profession(body, profession):
    assert check_number(BODIES[body], "98Z7654Y", profession) is None


@pytest.mark.parametrize("profession", ["", "doctor"])
def test_an_hcpc_number_of_an_unknown_profession_is_compared_by_its_shape_alone(profession):
    assert check_number(BODIES["HCPC"], "OT76543", profession) is None


def test_every_body_of_a_profession_is_a_register():
    kinds = {BODIES[code].kind for each in PROFESSIONS.values() for code in each.bodies}

    assert kinds == {BodyKind.STATUTORY, BodyKind.VOLUNTARY}
