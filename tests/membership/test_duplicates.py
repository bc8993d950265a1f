"""Whether somebody is known already, and who is told."""

import pytest

from foundation.models import Letter
from membership import drafts, duplicates
from tests.factories import (
    A_MOMENT,
    make_application,
    make_member,
    make_person,
    make_registration,
    make_user,
)

pytestmark = pytest.mark.django_db


def likenesses(person):
    return [(one.person, one.why) for one in duplicates.like(person)]


def test_people_with_nothing_in_common_are_not_alike():
    person = make_person()
    make_registration(person, number="01A2345N")
    other = make_person(given_name="Other", postcode="SW1A 1AA")
    make_registration(other, number="02B3456N")

    assert likenesses(person) == []


def test_a_login_at_somebodys_work_address_is_told_whatever_its_case():
    known = make_person(work_email="Priya@Example.org")
    person = make_person(user=make_user(email="priya@example.org"))

    assert likenesses(person) == [(known, ("the same e-mail address",))]


def test_the_same_name_at_the_same_postcode_is_told_whatever_its_spelling():
    known = make_person(given_name="Priya", family_name="Example", postcode="CF14 4XW")
    person = make_person(given_name=" PRIYA", family_name="example ", postcode="cf144xw")

    assert likenesses(person) == [(known, ("the same name and postcode",))]


@pytest.mark.parametrize(
    "differs",
    [{"given_name": "Priyanka"}, {"family_name": "Sample"}, {"postcode": "CF14 4XY"}],
)
def test_half_a_name_or_another_postcode_is_not_enough(differs):
    same = {"given_name": "Priya", "family_name": "Example", "postcode": "CF14 4XW"}
    make_person(**same)
    person = make_person(**{**same, **differs})

    assert likenesses(person) == []


def test_two_people_without_a_name_or_postcode_are_not_alike():
    make_person(given_name="", family_name="", postcode="")
    person = make_person(given_name="", family_name="", postcode="")

    assert likenesses(person) == []


@pytest.mark.parametrize("typed", ["01a2345n", "01 A 2345 N", "01-A2345.N"])
def test_a_registration_number_is_the_same_however_it_is_typed(typed):
    known = make_person()
    make_registration(known, number="01A2345N")
    person = make_person()
    make_registration(person, number=typed, verified=False)

    assert likenesses(person) == [(known, ("the same registration number",))]


def test_the_same_number_at_another_body_is_somebody_else():
    make_registration(make_person(), body="NMC", number="12345")
    person = make_person()
    make_registration(person, body="HCPC", number="12345")

    assert likenesses(person) == []


def test_registrations_without_a_number_are_not_alike():
    make_registration(make_person(), number="")
    person = make_person()
    make_registration(person, number="")

    assert likenesses(person) == []


def test_who_was_merged_with_this_person_is_no_likeness():
    person = make_person(given_name="Priya", family_name="Example")
    make_person(given_name="Priya", family_name="Example", merged_into=person)

    assert likenesses(person) == []


def test_several_reasons_stand_together():
    known = make_person(given_name="Priya", family_name="Example")
    make_registration(known)
    person = make_person(given_name="Priya", family_name="Example")
    make_registration(person)

    why = ("the same name and postcode", "the same registration number")
    assert likenesses(person) == [(known, why)]


def test_the_older_account_is_written_to_and_never_the_new_one():
    known = make_member(make_person(given_name="Priya", family_name="Example"))
    person = make_person(given_name="Priya", family_name="Example")

    first = duplicates.hint(person, at=A_MOMENT)
    duplicates.hint(person, at=A_MOMENT)

    letter = Letter.objects.get()
    assert first == 1
    assert (letter.kind, letter.to) == ("second_account", known.email)
    assert person.email not in letter.text


def test_the_older_account_itself_causes_no_letter():
    known = make_person(given_name="Priya", family_name="Example")
    make_person(given_name="Priya", family_name="Example")

    assert duplicates.hint(known, at=A_MOMENT) == 0


def test_finishing_the_registration_of_somebody_known_writes_the_letter():
    known = make_person()
    make_registration(known, number="01A2345N")
    application = make_application()
    answers = {"profession": "nurse", "body": "NMC", "number": "01a 2345n"}
    ids = {"application_id": application.pk, "at": A_MOMENT}

    answers["associations"] = ()
    drafts.keep_registration(**ids, **answers, done=False)
    before = Letter.objects.count()
    drafts.keep_registration(**ids, **answers, done=True)

    assert before == 0
    assert Letter.objects.get().to == known.email


@pytest.mark.parametrize("others", [1, 3])
def test_looking_takes_the_same_queries_for_one_and_for_three(others, django_assert_num_queries):
    for _other in range(others):
        make_registration(make_person(given_name="Priya", family_name="Example"))
    person = make_person(given_name="Priya", family_name="Example")
    make_registration(person)

    with django_assert_num_queries(3):
        found = [str(one.person.user) for one in duplicates.like(person)]

    assert len(found) == others
