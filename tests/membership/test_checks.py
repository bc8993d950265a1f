"""What the office checks and assigns, and what it cannot assign."""

import datetime as dt

import pytest

from foundation import history
from membership import checks
from membership.models import (
    Application,
    ExpertiseArea,
    ExpertiseAssignment,
    Qualification,
    Referee,
    Registration,
)
from membership.types import MembershipType
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_officer,
    make_person,
    make_ready_application,
    make_registration,
)

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)


def clinical_person(**registration):
    person = make_person()
    Qualification.objects.create(
        person=person,
        title="BSc Nursing",
        awarding_body="University of Example",
        level="degree",
        relation="clinical",
        year=2009,
    )
    make_registration(person, **registration)
    return person


def assign(person, code="brain_injury", on=A_DAY):
    return checks.assign_expertise(
        person_id=person.pk, area_code=code, by=make_officer(), on=on, at=A_MOMENT
    )


def test_a_clinical_area_names_the_registration_that_carries_it():
    person = clinical_person()

    assignment = assign(person)

    assert assignment.registration == person.registrations.get()
    assert list(person.assignments.current(A_DAY)) == [assignment]


def test_a_clinical_area_needs_a_clinical_qualification():
    person = make_person()
    make_registration(person)

    with pytest.raises(checks.NotAssignable) as caught:
        assign(person)

    assert "needs a clinical qualification" in str(caught.value)
    assert ExpertiseAssignment.objects.count() == 0


@pytest.mark.parametrize(
    "registration",
    [
        {"verified": False},
        {"status": Registration.Status.CONDITIONS},
        {"status": Registration.Status.LAPSED},
        {"status": Registration.Status.SUSPENDED},
        {"status": Registration.Status.REMOVED},
        {"expires_on": A_DAY - ONE_DAY},
        {"body": "BABICM", "number": "1234"},
    ],
)
def test_a_clinical_area_needs_a_verified_and_current_registration(registration):
    person = clinical_person(**registration)

    with pytest.raises(checks.NotAssignable) as caught:
        assign(person)

    assert "a registration that was checked and is current" in str(caught.value)
    assert ExpertiseAssignment.objects.count() == 0


def test_a_registration_carries_on_its_last_day_and_not_on_the_next():
    person = clinical_person(expires_on=A_DAY)
    assign(person)

    counts = [person.assignments.current(day).count() for day in (A_DAY, A_DAY + ONE_DAY)]

    assert counts == [1, 0]


def test_vocational_needs_no_registration_and_stays():
    person = make_person()

    assign(person, "vocational")

    assert person.assignments.current(A_DAY + 9999 * ONE_DAY).count() == 1


def test_every_area_but_one_needs_a_registration():
    person = make_person()
    refused = []
    for area in ExpertiseArea.objects.all():
        try:
            assign(person, area.code)
        except checks.NotAssignable:
            refused.append(area.code)

    codes = set(ExpertiseArea.objects.values_list("code", flat=True))
    assert set(refused) == codes - {"vocational"}
    assert len(codes) > 20


def test_assigning_twice_is_assigning_once():
    person = clinical_person()

    first, second = assign(person), assign(person)

    assert first == second
    assert person.assignments.count() == 1


def test_a_new_registration_takes_an_area_over_from_one_that_ran_out():
    person = clinical_person(expires_on=A_DAY)
    old = assign(person)
    new = make_registration(person, number="02B2345N", expires_on=A_DAY + 365 * ONE_DAY)

    taken_over = assign(person, on=A_DAY + ONE_DAY)

    old.refresh_from_db()
    assert (old.withdrawn_at, taken_over.registration) == (A_MOMENT, new)
    assert list(person.assignments.current(A_DAY + ONE_DAY)) == [taken_over]


def test_a_withdrawn_area_is_gone_and_can_be_assigned_anew():
    person = clinical_person()
    assignment, officer = assign(person), make_officer()

    for _ in range(2):
        checks.withdraw_expertise(assignment_id=assignment.pk, by=officer, at=A_MOMENT)
    current = person.assignments.current(A_DAY).count()
    again = assign(person)

    assert current == 0
    assert again != assignment
    verbs = list(history.of(person.history_key).values_list("verb", flat=True))
    assert verbs.count("withdrew expertise") == 1


def requested(code="brain_injury", **kwargs) -> Application:
    application = make_ready_application(
        state=kwargs.pop("state", Application.State.SUBMITTED), **kwargs
    )
    application.person.registrations.update(
        status="registered", checked_on=A_DAY, checked_by=make_officer()
    )
    return application


def assign_requested(application, code="brain_injury"):
    return checks.assign_requested(
        application_id=application.pk, area_code=code, by=make_officer(), on=A_DAY, at=A_MOMENT
    )


def test_a_requested_area_is_assigned_when_the_evidence_supports_it():
    application = requested()

    assign_requested(application)

    assert application.person.assignments.get().area_id == "brain_injury"


def test_a_vocational_case_manager_gets_no_clinical_area_however_registered():
    application = requested(vocational_only=True)
    application.person.qualifications.create(
        title="Vocational rehabilitation",
        awarding_body="University of Example",
        level="degree",
        relation="vocational",
        year=2015,
    )

    with pytest.raises(checks.NotAssignable) as caught:
        assign_requested(application)

    assert str(caught.value) == "A vocational case manager may only have the area Vocational."


def test_an_area_that_was_not_requested_is_not_assigned():
    application = requested()

    with pytest.raises(checks.NotAssignable):
        assign_requested(application, "spinal_injury")

    assert ExpertiseAssignment.objects.count() == 0


@pytest.mark.parametrize("state", ["draft", "declined", "expired"])
def test_nothing_is_assigned_on_an_application_that_leads_nowhere(state):
    application = requested(state=state)

    with pytest.raises(checks.NotAssignable):
        assign_requested(application)

    assert ExpertiseAssignment.objects.count() == 0


def test_looking_at_a_register_is_noted_with_the_day_and_the_name():
    person, officer = make_person(), make_officer()
    registration = make_registration(person, verified=False)

    checks.record_register_check(
        registration_id=registration.pk,
        status="registered",
        shown_name=person.name,
        expires_on=A_DAY,
        by=officer,
        on=A_DAY,
        at=A_MOMENT,
    )

    registration.refresh_from_db()
    assert (registration.checked_on, registration.checked_by) == (A_DAY, officer)
    event = history.of(person.history_key).get()
    assert (event.verb, event.text) == ("checked a register", "NMC: Registered")


def look_up(person, shown_name, *, status="registered", reason=""):
    registration = make_registration(person, verified=False)
    return checks.record_register_check(
        registration_id=registration.pk,
        status=status,
        shown_name=shown_name,
        name_reason=reason,
        expires_on=None,
        by=make_officer(),
        on=A_DAY,
        at=A_MOMENT,
    )


@pytest.mark.parametrize("shown_name", ["Someone Else", ""])
def test_another_name_in_the_register_proves_nothing_by_itself(shown_name):
    person = make_person(given_name="Priya", family_name="Invented")

    with pytest.raises(checks.NameDiffers):
        look_up(person, shown_name)

    assert person.registrations.get().status == "unchecked"
    assert not history.of(person.history_key).exists()


def test_another_name_with_a_reason_is_kept_and_told_in_the_history():
    person = make_person(given_name="Priya", family_name="Invented")

    kept = look_up(person, "Priya Maiden", reason="Maiden name, certificate seen")

    assert (kept.status, kept.shown_name) == ("registered", "Priya Maiden")
    assert kept.name_reason == "Maiden name, certificate seen"
    assert history.of(person.history_key).get().text == (
        "NMC: Registered. The register shows “Priya Maiden”: Maiden name, certificate seen"
    )


def test_who_was_removed_from_the_register_needs_no_name():
    assert look_up(make_person(), "", status="removed").status == "removed"


# What is open before an approval -------------------------------------------------------------


def open_of(application, on=A_DAY):
    return [check.words for check in checks.open_checks(application, on)]


def test_three_checks_come_before_an_approval():
    application = make_ready_application(dbs_on=None, dbs_confirmed_at=None)

    assert open_of(application) == [
        "no registration is checked and current",
        "0 of 2 references arrived",
        "no date of a DBS check is given",
    ]


def test_nothing_is_open_when_all_is_checked():
    application = requested()
    application.referees.update(state=Referee.State.ANSWERED, answered_at=A_MOMENT)

    assert open_of(application) == []


def test_the_answer_of_a_replaced_referee_does_not_count():
    application = requested()
    application.referees.update(state=Referee.State.ANSWERED, answered_at=A_MOMENT)
    application.referees.filter(position=1).update(replaced_at=A_MOMENT)

    assert open_of(application) == ["1 of 2 references arrived"]


def test_a_registration_that_ran_out_is_open_again():
    application = requested()
    application.referees.update(state=Referee.State.ANSWERED, answered_at=A_MOMENT)
    application.person.registrations.update(expires_on=A_DAY)

    assert open_of(application) == []
    assert open_of(application, A_DAY + ONE_DAY) == ["no registration is checked and current"]


def test_a_vocational_case_manager_needs_no_register_check():
    application = make_ready_application(vocational_only=True)

    assert open_of(application) == ["0 of 2 references arrived"]


@pytest.mark.parametrize(
    "kind", [MembershipType.SUPPORTER, MembershipType.OVERSEAS, MembershipType.STUDENT]
)
def test_types_that_do_not_practise_have_nothing_to_check(kind):
    application = make_application(type=kind)

    assert open_of(application) == []
