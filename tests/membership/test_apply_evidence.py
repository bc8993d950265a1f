"""Qualifications, the registered body and jobs: each message, word for word."""

import pytest

from membership import known, steps
from membership.models import Person
from tests.membership import applying
from tests.membership.applying import errors

pytestmark = pytest.mark.django_db


def test_an_empty_qualification(page):
    answer = page.post("/apply/qualifications/add/", {})

    assert errors(answer) == {
        "title": ["Enter the name of the qualification, for example BSc Nursing."],
        "awarding_body": ["Enter who awarded it, for example Cardiff University."],
        "level": ["Choose the level of the qualification."],
        "relation": ["Choose whether it is clinical, vocational or in another field."],
        "year": ["Enter the year in which you were awarded it, for example 2009."],
    }


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        ("1939", ["Enter the year in four figures, from 1940 on, for example 2009."]),
        ("1940", None),
        ("2026", None),
        (
            "2027",
            ["Enter a year up to 2026. Add a course you have not finished once it is awarded."],
        ),
        ("two", ["Enter the year in four figures, for example 2009."]),
    ],
)
def test_the_year_of_a_qualification(page, year, expected):
    answer = page.post("/apply/qualifications/add/", {**applying.QUALIFICATION, "year": year})

    found = errors(answer).get("year") if answer.status_code == 200 else None
    assert found == expected


def test_an_entry_sent_twice_is_one_entry(page, person):
    for _ in range(2):
        page.post("/apply/qualifications/add/", applying.QUALIFICATION)
        page.post("/apply/history/add/", applying.JOB)

    assert (person.qualifications.count(), person.employments.count()) == (1, 1)


def test_an_entry_is_changed_and_removed(page, person):
    page.post("/apply/qualifications/add/", applying.QUALIFICATION)
    path = f"/apply/qualifications/{person.qualifications.get().pk}/"

    page.post(path, {**applying.QUALIFICATION, "title": "MSc Nursing"})
    changed = person.qualifications.get().title
    asked = page.get(path + "remove/").content.decode()
    answer = page.post(path + "remove/")

    assert changed == "MSc Nursing"
    assert "Remove this qualification?" in asked
    assert answer.url == "/apply/qualifications/"
    assert person.qualifications.count() == 0


def test_going_on_without_a_qualification(page):
    answer = page.post("/apply/qualifications/")

    assert answer.context["problem"] == "Add at least one qualification before you go on."


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            {},
            {
                "profession": ["Choose your profession."],
                "body": ["Choose the body that you are registered with."],
                "number": ["Enter your registration number."],
            },
        ),
        (
            {"profession": "nurse", "body": "NMC", "number": "12a 345b"},
            {
                "number": [
                    (
                        "An NMC PIN is 2 digits, a letter, 4 digits, a letter, for example "
                        "01A2345N. You entered 12A345B."
                    )
                ]
            },
        ),
        (
            {"profession": "physiotherapist", "body": "HCPC", "number": "OT12345"},
            {
                "number": [
                    (
                        "You entered OT12345, which is the HCPC number of another profession: "
                        "occupational therapist. For your profession, physiotherapist, it starts "
                        "with PH. Correct the number or the profession."
                    )
                ]
            },
        ),
        (
            {"profession": "nurse", "body": "HCPC", "number": "OT12345"},
            {
                "body": [
                    (
                        "The Health and Care Professions Council does not register this "
                        "profession: nurse. Choose the Nursing and Midwifery Council, or correct "
                        "your profession."
                    )
                ]
            },
        ),
        (
            {"profession": "occupational_therapist", "body": "RCOT", "number": "123"},
            {"body": ["Choose one of the answers shown."]},
        ),
    ],
)
def test_a_registration_that_needs_mending(page, typed, expected):
    answer = page.post("/apply/registration/", typed)

    assert errors(answer) == expected


@pytest.mark.parametrize(
    ("nation", "regulator"),
    [
        ("ENG", "Social Work England"),
        ("WLS", "Social Care Wales (Gofal Cymdeithasol Cymru)"),
        ("SCT", "Scottish Social Services Council"),
        ("NIR", "Northern Ireland Social Care Council"),
    ],
)
def test_social_workers_are_told_the_regulator_of_their_nation(page, nation, regulator):
    page.post("/apply/practice/", {"practice": "uk", "nation": nation})

    answer = page.post(
        "/apply/registration/", {"profession": "social_worker", "body": "HCPC", "number": "SW1"}
    )

    [words] = errors(answer)["body"]
    assert f"where social workers register with {regulator}. Choose it here." in words


def test_a_number_of_an_unusual_form_is_saved_with_a_word_of_warning(page):
    page.post("/apply/practice/", {"practice": "uk", "nation": "ENG"})
    typed = {"profession": "social_worker", "body": "SWE", "number": "12345"}

    answer = page.post("/apply/registration/", typed, follow=True)

    [message] = [str(one) for one in answer.context["messages"]]
    assert message.endswith("Check it once more; it is saved as you wrote it.")
    assert Person.objects.get().registrations.get().number == "12345"


def test_associations_are_noted_beside_the_registration_and_do_not_replace_it(page, person):
    page.post("/apply/registration/", {**applying.NURSE, "associations": ["RCN", "BABICM"]})

    again = page.get("/apply/registration/").context["form"]

    assert again.initial == {
        "profession": "nurse",
        "body": "NMC",
        "number": "01A2345N",
        "associations": ["BABICM", "RCN"],
    }
    assert [str(one) for one in person.registrations.all()] == ["NMC 01A2345N", "BABICM", "RCN"]
    assert "Royal College of Nursing" in page.get("/apply/check/").content.decode()


def test_an_association_that_was_left_is_taken_off(page, person):
    page.post("/apply/registration/", {**applying.NURSE, "associations": ["RCN"]})

    page.post("/apply/registration/", applying.NURSE)

    assert [str(one) for one in person.registrations.all()] == ["NMC 01A2345N"]


def test_an_association_alone_finishes_nothing(page, person):
    page.post("/apply/registration/", {"associations": ["RCN"], "later": "yes"})

    told = known.of_application(applying.own(person))

    assert [str(one) for one in told.associations] == ["RCN"]
    assert steps.find("registration", told.application) in steps.unfinished(told)


def test_an_empty_job(page):
    answer = page.post("/apply/history/add/", {})

    assert errors(answer) == {
        "employer": ["Enter the employer, or “Self-employed”."],
        "role": ["Enter your job title."],
        "is_case_management": ["Choose whether this job was a case management role."],
        "started_on": ["Enter the day you started, for example 2 3 2024."],
    }


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            {"started_on_year": "2027"},
            {"started_on": ["The start of a job cannot be in the future. Check the year."]},
        ),
        (
            {"started_on_day": "31", "started_on_month": "2"},
            {"started_on": ["The start of the job must be a real date, for example 2 3 2026."]},
        ),
        (
            {"started_on_year": ""},
            {"started_on": ["The start of the job must include a year."]},
        ),
        (
            {"ended_on_day": "1", "ended_on_month": "1", "ended_on_year": "2022"},
            {"ended_on": ["The end is before the start. Check both dates and mend one."]},
        ),
        (
            {"ended_on_day": "23", "ended_on_month": "11", "ended_on_year": "2026"},
            {
                "ended_on": [
                    "This day is still to come. Leave the end empty if you still work there."
                ]
            },
        ),
        ({"hours_per_week": "81"}, {"hours_per_week": ["Enter 80 hours a week or fewer."]}),
        ({"hours_per_week": "-1"}, {"hours_per_week": ["Enter 0 or more hours a week."]}),
        (
            {"hours_per_week": "many"},
            {"hours_per_week": ["Enter hours a week in figures, for example 22.5."]},
        ),
        (
            {"total_hours": "1.5"},
            {"total_hours": ["Enter whole hours in figures, for example 1900."]},
        ),
    ],
)
def test_a_job_that_needs_mending(page, change, expected):
    answer = page.post("/apply/history/add/", {**applying.JOB, **change})

    assert errors(answer) == expected


def test_the_work_history_counts_overlaps_once_and_says_how_each_job_counts(page):
    first = {**applying.JOB, "started_on_year": "2025", "hours_per_week": "22.5"}
    page.post("/apply/history/add/", first)
    page.post("/apply/history/add/", {**first, "role": "Relief", "total_hours": "1000"})
    page.post("/apply/history/add/", {**first, "role": "Nurse", "is_case_management": "no"})

    told = page.get("/apply/history/").context

    assert told["experience"].words == (
        "22 months and 3,217 hours of case management, overlaps counted once. "
        "That meets 24 months or 2,500 hours."
    )
    assert [(one.title, one.verdict) for one in told["entries"]] == [
        ("Case manager, Made-up Rehabilitation", "It counts up to today, as a current job."),
        ("Relief, Made-up Rehabilitation", "It counts up to today, as a current job."),
        (
            "Nurse, Made-up Rehabilitation",
            "It does not count, because it was not a case management role.",
        ),
    ]


def test_the_bars_have_their_words(page):
    page.post("/apply/history/add/", {**applying.JOB, "started_on_year": "2026"})

    bars = page.get("/apply/history/").context["experience"].bars

    assert [bar.words for bar in bars] == ["10 of 24", "1,392 of 2,500"]


def test_a_time_without_a_job_is_named_until_something_fills_it(page):
    page.post("/apply/history/add/", {**applying.JOB, **ended(2024, 12, 31)})

    named = page.get("/apply/history/").context["gaps"]
    study = {"is_case_management": "no", "started_on_year": "2025", "role": "Studying"}
    page.post("/apply/history/add/", {**applying.JOB, **study})

    assert named == ["1 January 2025 to 22 November 2026"]
    assert page.get("/apply/history/").context["gaps"] == []


def ended(year, month, day):
    return {"ended_on_year": year, "ended_on_month": month, "ended_on_day": day}
