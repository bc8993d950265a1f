"""A review of a decision: asked for by the applicant, answered by somebody else."""

import datetime as dt

import pytest
from django.test import Client

from foundation.models import Letter
from membership import lifecycle
from membership.models import Appeal, Application, FeeDue
from tests.factories import A_DAY, A_MOMENT, make_application, make_officer
from tests.membership import deciding
from tests.membership.deciding import LATER, approved, declined, fresh
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("five_minutes_later")]
State, Outcome = Application.State, Appeal.Outcome
WHY = "I am registered."


def appealed(application=None, at=LATER):
    application = application or declined()
    return lifecycle.appeal(
        application_id=application.pk, by=application.person.user, at=at, reasons=WHY
    )


def answer(made, outcome=Outcome.UPHELD, by=None):
    return lifecycle.answer(
        appeal_id=made.pk, by=by or make_officer(), at=LATER, outcome=outcome, words="We looked."
    )


def test_the_applicant_is_told_by_when_somebody_else_answers():
    made = appealed()

    assert made.due_on == dt.date(2026, 12, 18)
    assert "answers by 18 December 2026" in deciding.newest_letter("appeal_received")
    assert fresh(made.application).state == State.DECLINED


def test_asking_twice_is_asking_once():
    made = appealed()

    again = appealed(made.application)

    assert again == made
    assert Letter.objects.filter(kind="appeal_received").count() == 1


@pytest.mark.parametrize(("days", "open_still"), [(28, True), (29, False)])
def test_a_review_can_be_asked_for_within_28_days(days, open_still):
    application = declined()

    why = lifecycle.why_no_appeal(application, on=A_DAY + dt.timedelta(days=days))

    assert (why == "") is open_still


def test_only_a_declined_application_is_reviewed():
    with pytest.raises(lifecycle.NoAppeal):
        appealed(approved())


def test_who_took_the_decision_does_not_answer():
    officer = make_officer()
    made = appealed(declined(by=officer))

    with pytest.raises(lifecycle.NotSeparate) as caught:
        answer(made, by=officer)

    made.refresh_from_db()
    assert "you took the decision yourself" in str(caught.value)
    assert made.closed_at is None


def test_upheld_the_decision_stands_and_the_letter_says_why():
    made = answer(appealed())

    assert fresh(made.application).state == State.DECLINED
    assert "The decision stands. This is why:\n\nWe looked." in deciding.newest_letter(
        "appeal_upheld"
    )


def test_overturned_it_waits_for_a_new_decision_in_its_old_place():
    made = answer(appealed(), Outcome.OVERTURNED)

    application = fresh(made.application)
    assert (application.state, application.submitted_at) == (State.SUBMITTED, A_MOMENT)
    assert application.decided_by is None
    assert "We looked." in deciding.newest_letter("appeal_overturned")


def test_a_review_is_answered_once_and_the_second_is_told_by_whom():
    made = answer(appealed())

    with pytest.raises(lifecycle.WrongState) as caught:
        answer(made, Outcome.OVERTURNED)

    assert str(caught.value) == "Already answered by Olive Office on 22 November 2026 at 10:05."
    assert fresh(made.application).state == State.DECLINED


def test_an_answered_review_cannot_be_asked_for_again():
    made = answer(appealed())

    with pytest.raises(lifecycle.NoAppeal):
        appealed(made.application)


def test_a_decision_under_review_is_not_reversed_beside_it():
    made = appealed()

    with pytest.raises(lifecycle.WrongState):
        lifecycle.reverse(
            application_id=made.application_id, by=make_officer(), at=LATER, reason="A slip."
        )


def test_nothing_is_overturned_beside_a_newer_application():
    made = appealed()
    newer = make_application(made.application.person)

    with pytest.raises(lifecycle.WrongState) as caught:
        answer(made, Outcome.OVERTURNED)

    made.refresh_from_db()
    assert newer.reference in str(caught.value)
    assert made.closed_at is None


# Denied: what holds ---------------------------------------------------------------------------


def test_declined_no_fee_exists_the_reason_is_kept_and_both_ways_on_are_open():
    application = declined()

    again = lifecycle.start(person=application.person, at=LATER)
    made = appealed(application)

    assert not FeeDue.objects.exists()
    assert application.decision_reason == "No body."
    assert "No body." in deciding.newest_letter("declined")
    assert "/apply/review/" in deciding.newest_letter("declined")
    assert again.state == State.DRAFT
    assert made.closed_at is None


# The applicant's page ------------------------------------------------------------------------


def test_the_page_of_a_declined_applicant_leads_to_the_review():
    application = declined()
    client = browser_of(application.person)

    start = client.get("/apply/").content.decode()
    page = client.get("/apply/review/").content.decode()
    answer = client.post("/apply/review/", {"reasons": WHY}, follow=True)

    assert "/apply/review/" in start
    assert "No body." in page
    assert "answers by 18 December 2026" in answer.content.decode()
    assert application.appeals.get().reasons == WHY


def test_an_empty_review_says_what_to_write():
    application = declined()

    page = browser_of(application.person).post("/apply/review/", {"reasons": " "})

    assert "Write down why we should look again." in page.content.decode()
    assert not application.appeals.exists()


def test_after_asking_there_is_no_second_link_and_the_status_says_so():
    application = declined()
    appealed(application)

    page = browser_of(application.person).get("/apply/")

    assert page.context["may_ask_review"] is False
    assert "answers by 18 December 2026" in page.context["status"].next_words


def test_who_has_nothing_declined_has_nothing_to_review():
    application = approved()

    answer = browser_of(application.person).get("/apply/review/", follow=True)

    assert "There is no decision of ours to review." in answer.content.decode()


def test_nobody_asks_for_somebody_else():
    application = declined()
    other = approved()

    browser_of(other.person).post("/apply/review/", {"reasons": WHY})

    assert not application.appeals.exists()
    assert Client().post("/apply/review/", {"reasons": WHY}).status_code == 302
