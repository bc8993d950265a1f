"""Areas of expertise after joining: asked for, supported, assigned and taken away."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from foundation import history
from foundation.models import Letter
from membership import further_areas, watch
from membership.checks import NotAssignable
from membership.models import Application, Qualification, Registration
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_clerk,
    make_member,
    make_officer,
    make_person,
    make_registration,
)
from tests.signed_in import browser_of

pytestmark = pytest.mark.django_db
PAGE = "/profile/expertise/"
DAY = dt.timedelta(days=1)
BRAIN = "Acquired and traumatic brain injury"


@pytest.fixture(autouse=True)
def on_a_day():
    with time_machine.travel(A_MOMENT, tick=False):
        yield


def make_clinician(type="case_manager", **application):
    """A member who joined by an application, with a clinical ground."""
    person = make_member(type=type)
    facts = {"type": type, "practice": "uk", "nation": "WLS", "profession": "nurse"}
    make_application(person, Application.State.ACTIVATED, **{**facts, **application})
    add_qualification(person)
    make_registration(person)
    return person


def add_qualification(person, relation="clinical"):
    return Qualification.objects.create(
        person=person,
        title="BSc Nursing",
        awarding_body="University of Example",
        level="degree",
        relation=relation,
        year=2009,
    )


def ask(person, *codes, words="", at=A_MOMENT):
    return further_areas.ask(person, codes=codes, words=words, by=person.user, at=at)


def assign(person, code="brain_injury", at=A_MOMENT):
    return further_areas.assign(person_id=person.pk, area_code=code, by=make_officer(), at=at)


def held(person):
    return sorted(person.assignments.held().values_list("area", flat=True))


# Asking ---------------------------------------------------------------------------------------


def test_the_office_is_told_what_a_member_asks_for_and_where_to_assign_it():
    person = make_clinician()

    browser_of(person).post(PAGE, {"areas": ["brain_injury", "stroke"], "words": "Two years."})

    letter = Letter.objects.get(kind="office_areas_asked")
    assert "- Acquired and traumatic brain injury" in letter.text
    assert "They write: Two years." in letter.text
    assert reverse("admin:person_expertise", args=[person.pk]) in letter.text
    assert history.of(person.history_key).last().verb == "asked for areas of expertise"
    assert held(person) == []


def test_what_is_asked_for_shows_on_the_profile_until_it_is_assigned():
    person = make_clinician()
    ask(person, "brain_injury")

    page = browser_of(person).get("/profile/").content.decode()

    assert BRAIN in page


def test_the_same_request_twice_a_day_writes_once_and_the_day_after_again():
    person = make_clinician()

    asked = [ask(person, "brain_injury", at=A_MOMENT + day * DAY) for day in (0, 0, 1)]

    assert asked == [True, False, True]
    assert Letter.objects.filter(kind="office_areas_asked").count() == 2


def test_an_area_that_is_held_or_unknown_is_not_asked_for():
    person = make_clinician()
    assign(person)

    asked = ask(person, "brain_injury", "no_such_area")
    page = browser_of(person).post(PAGE, {"areas": ["brain_injury"]})

    assert asked is False
    assert "or is yours already. Choose again." in page.content.decode()


def test_asking_for_nothing_says_what_to_do():
    page = browser_of(make_clinician()).post(PAGE, {"words": "Two years."}).content.decode()

    assert "Choose one area or more." in page
    assert "Two years." in page


def test_a_vocational_case_manager_asks_and_is_not_widened_by_it():
    person = make_clinician(vocational_only=True)

    assert ask(person, "brain_injury")
    assert not person.applications.get().expertise_requested.exists()
    assert held(person) == []


@pytest.mark.parametrize("way", [PAGE, f"{PAGE}qualification/", f"{PAGE}registration/"])
def test_only_who_practises_as_a_member_has_these_pages(way):
    others = [make_member(type="supporter"), make_member(ends_on=A_DAY - 40 * DAY), make_person()]

    assert browser_of(make_clinician("associate")).get(way).status_code == 200
    assert [browser_of(one).get(way).status_code for one in others] == [404] * 3
    assert [browser_of(one).post(way).status_code for one in others] == [404] * 3
    assert Client().get(way)["Location"].startswith("/accounts/login/")


# What supports them ---------------------------------------------------------------------------


def test_a_qualification_is_added_once():
    person = make_clinician()
    told = {
        "title": "MSc Rehabilitation",
        "awarding_body": "Example University",
        "level": "postgraduate",
        "relation": "clinical",
        "year": "2024",
    }

    for _time in range(2):
        answer = browser_of(person).post(f"{PAGE}qualification/", told)

    assert answer["Location"] == PAGE
    assert person.qualifications.filter(title="MSc Rehabilitation").count() == 1


def test_a_registration_that_is_added_waits_for_the_office():
    person = make_clinician()
    told = {"profession": "occupational_therapist", "body": "HCPC", "number": "ot 12345"}
    until = {"date_day": "31", "date_month": "8", "date_year": "2027"}

    browser_of(person).post(f"{PAGE}registration/", {**told, **until})

    added = Registration.objects.get(person=person, body="HCPC")
    assert (added.number, added.status, added.told_until) == (
        "OT12345",
        Registration.Status.UNCHECKED,
        dt.date(2027, 8, 31),
    )
    assert list(watch.due_for_check(A_DAY)) == [added]


def test_a_registration_that_was_looked_up_keeps_what_was_seen():
    person = make_clinician()
    told = {"profession": "nurse", "body": "NMC", "number": "01A2345N"}
    until = {"date_day": "31", "date_month": "8", "date_year": "2027"}

    browser_of(person).post(f"{PAGE}registration/", {**told, **until})

    known = person.registrations.get()
    assert (known.status, known.checked_on) == (Registration.Status.REGISTERED, A_DAY)
    assert known.told_until == dt.date(2027, 8, 31)


def test_a_number_that_cannot_be_is_said_and_kept():
    told = {"profession": "nurse", "body": "NMC", "number": "12A345B"}

    page = browser_of(make_clinician()).post(f"{PAGE}registration/", told).content.decode()

    assert "You entered 12A345B" in page
    assert 'value="12A345B"' in page
    assert "Enter the last day of your registration" in page


# The office -----------------------------------------------------------------------------------


def test_an_area_is_given_once_and_the_member_is_written_to():
    person = make_clinician()

    first = assign(person)
    again = assign(person, at=A_MOMENT + DAY)

    assert again == first
    letter = Letter.objects.get(kind="expertise_changed")
    assert (letter.to, letter.subject) == (person.email, f"A new area of expertise: {BRAIN}")


@pytest.mark.parametrize("lacks", ["qualification", "registration"])
def test_a_clinical_area_is_given_by_no_way_round_what_supports_it(lacks):
    person = make_clinician()
    if lacks == "qualification":
        person.qualifications.update(relation="vocational")
    else:
        person.registrations.update(expires_on=A_DAY - DAY)

    with pytest.raises(NotAssignable, match=lacks):
        assign(person)
    assert assign(person, "vocational").registration is None


def test_a_vocational_case_manager_who_registers_is_given_a_clinical_area_by_the_office():
    person = make_clinician(vocational_only=True)

    assign(person)

    page = browser_of(person).get("/profile/").content.decode()
    assert held(person) == ["brain_injury"]
    assert "By your registration with NMC." in page


def test_who_does_not_practise_is_given_none():
    person = make_clinician("supporter")

    with pytest.raises(NotAssignable, match="Only Case Managers and Associates"):
        assign(person, "vocational")


def test_an_area_is_taken_away_once_with_a_reason_that_the_member_reads():
    person, officer = make_clinician(), make_officer()
    given = assign(person)
    letters = Letter.objects.filter(subject__startswith="An area of expertise was taken away")

    for day in range(2):
        further_areas.take_away(
            assignment_id=given.pk, reason="No longer.", by=officer, at=A_MOMENT + day * DAY
        )

    assert held(person) == []
    assert "No longer." in letters.get().text


def test_an_area_that_was_taken_away_can_be_given_again_with_a_letter():
    person = make_clinician()
    given = assign(person)
    further_areas.take_away(
        assignment_id=given.pk, reason="A slip.", by=make_officer(), at=A_MOMENT
    )

    assign(person, at=A_MOMENT + DAY)

    assert held(person) == ["brain_injury"]
    assert Letter.objects.filter(kind="expertise_changed").count() == 3


def page_of(person):
    return reverse("admin:person_expertise", args=[person.pk])


def test_the_office_assigns_and_takes_away_on_its_page():
    person, client = make_clinician(), browser_of(make_officer())

    client.post(page_of(person), {"step": "give", "area": "brain_injury"})
    client.post(page_of(person), {"step": "give", "area": "vocational"})
    taken = str(person.assignments.get(area="vocational").pk)
    client.post(page_of(person), {"step": "take", "area": taken, "reason": "Asked for it."})

    page = client.get(page_of(person)).content.decode()
    assert held(person) == ["brain_injury"]
    assert f"{BRAIN}, by NMC 01A2345N" in page


def test_what_cannot_be_is_said_on_the_page():
    person, client = make_clinician(), browser_of(make_officer())
    person.registrations.update(expires_on=A_DAY - DAY)
    assign(person, "vocational")

    refused = client.post(page_of(person), {"step": "give", "area": "brain_injury"})
    unknown = client.post(page_of(person), {"step": "give", "area": "no_such_area"})
    silent = client.post(page_of(person), {"step": "take", "area": "", "reason": ""})
    nothing = client.post(page_of(person), {"step": "other"})

    assert "Check the register first." in refused.content.decode()
    assert "This area is not offered" in unknown.content.decode()
    assert "Write down why: the member reads it." in silent.content.decode()
    assert nothing.status_code == 200
    assert held(person) == ["vocational"]


def test_an_area_of_somebody_else_is_taken_away_by_no_number():
    person, other, client = make_clinician(), make_clinician(), browser_of(make_officer())
    given = assign(other)

    client.post(page_of(person), {"step": "take", "area": str(given.pk), "reason": "Mine."})

    assert held(other) == ["brain_injury"]


def test_staff_without_the_permission_are_refused():
    person, client = make_clinician(), browser_of(make_clerk())

    assert client.get(page_of(person)).status_code == 403
    assert client.post(page_of(person), {"step": "give", "area": "vocational"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries(rows, django_assert_max_num_queries):
    person, client = make_clinician(), browser_of(make_officer())
    for code in ("brain_injury", "vocational", "stroke")[:rows]:
        assign(person, code)
    client.get(page_of(person))

    with django_assert_max_num_queries(9):
        client.get(page_of(person))
