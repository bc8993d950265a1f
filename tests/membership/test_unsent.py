"""Drafts that nobody comes back to."""

import datetime as dt

import pytest

from foundation import history
from foundation.models import Letter
from membership import lifecycle
from membership.models import Application, Employment, Person, Qualification, Referee, Registration
from tests.factories import (
    A_MOMENT,
    make_application,
    make_member,
    make_ready_application,
    make_registration,
)

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)


def after(days):
    return A_MOMENT + dt.timedelta(days=days)


def kinds():
    return list(Letter.objects.order_by("pk").values_list("kind", flat=True))


def reminded(**kwargs):
    return make_ready_application(draft_reminded_at=after(60), **kwargs)


def test_a_draft_is_spoken_of_after_sixty_days_and_not_before():
    make_application()

    before = lifecycle.care_for_drafts(at=after(60) - SECOND)
    then = lifecycle.care_for_drafts(at=after(60))

    assert before == {"drafts_reminded": 0, "drafts_deleted": 0}
    assert then == {"drafts_reminded": 1, "drafts_deleted": 0}
    assert kinds() == ["draft_reminder"]


def test_the_reminder_says_on_which_day_the_draft_goes():
    make_application()

    lifecycle.care_for_drafts(at=after(60))

    letter = Letter.objects.get()
    assert "last changed it on 22 November 2026" in letter.text
    assert "we delete it on 20 February 2027" in letter.text


def test_a_second_run_writes_nothing_more():
    make_application()
    lifecycle.care_for_drafts(at=after(60))

    again = lifecycle.care_for_drafts(at=after(61))

    assert again == {"drafts_reminded": 0, "drafts_deleted": 0}
    assert kinds() == ["draft_reminder"]


def test_a_draft_goes_after_ninety_days_and_not_before():
    application = reminded()

    before = lifecycle.care_for_drafts(at=after(90) - SECOND)
    kept = Application.objects.filter(pk=application.pk).exists()
    then = lifecycle.care_for_drafts(at=after(90))

    assert (before["drafts_deleted"], kept) == (0, True)
    assert then == {"drafts_reminded": 0, "drafts_deleted": 1}
    assert not Application.objects.exists()
    assert kinds() == ["draft_deleted"]
    assert lifecycle.care_for_drafts(at=after(91)) == {"drafts_reminded": 0, "drafts_deleted": 0}


def test_with_the_draft_go_its_referees_and_the_evidence_that_nothing_else_needs():
    other = make_ready_application(edited_at=after(89))
    person = reminded().person

    lifecycle.care_for_drafts(at=after(90))

    assert list(Application.objects.all()) == [other]
    assert {one.application for one in Referee.objects.all()} == {other}
    for model in (Qualification, Registration, Employment):
        assert [one.person for one in model.objects.all()] == [other.person]
    assert Person.objects.filter(pk=person.pk, user=person.user).exists()
    assert history.of(person.history_key)[0].verb == "deleted an application that was never sent"


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_evidence_that_another_application_rests_on_stays(state):
    person = reminded().person
    make_application(person, state)

    lifecycle.care_for_drafts(at=after(90))

    assert person.qualifications.count() == 1
    assert person.employments.count() == 1
    assert person.registrations.count() == 1


def test_the_evidence_of_a_member_stays():
    person = make_member()
    make_registration(person)
    make_application(person, draft_reminded_at=after(60))

    lifecycle.care_for_drafts(at=after(90))

    assert not person.applications.exists()
    assert person.registrations.count() == 1


def test_an_edit_begins_the_days_anew():
    application = reminded()
    application.edited_at = after(89)
    application.save()

    result = lifecycle.care_for_drafts(at=after(91))
    later = lifecycle.care_for_drafts(at=after(89 + 60))

    assert result == {"drafts_reminded": 0, "drafts_deleted": 0}
    assert later == {"drafts_reminded": 1, "drafts_deleted": 0}


def test_nobody_loses_a_draft_without_two_weeks_of_warning():
    make_application()

    late = lifecycle.care_for_drafts(at=after(100))
    soon = lifecycle.care_for_drafts(at=after(114) - SECOND)
    then = lifecycle.care_for_drafts(at=after(114))

    assert late == {"drafts_reminded": 1, "drafts_deleted": 0}
    assert "we delete it on 16 March 2027" in Letter.objects.get(kind="draft_reminder").text
    assert soon["drafts_deleted"] == 0
    assert then["drafts_deleted"] == 1


@pytest.mark.parametrize(
    "state", ["submitted", "more_information", "approved", "declined", "withdrawn"]
)
def test_what_was_sent_is_never_taken_for_a_draft(state):
    make_application(state=state, draft_reminded_at=after(60))

    assert lifecycle.care_for_drafts(at=after(900)) == {"drafts_reminded": 0, "drafts_deleted": 0}
