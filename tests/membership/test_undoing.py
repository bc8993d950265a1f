"""Undoing within 15 minutes and until Pay is pressed; later a formal reversal with a reason."""

import datetime as dt

import pytest

from foundation import letters
from foundation.models import Letter
from membership import lifecycle
from membership.models import Application, FeeDue
from tests.factories import A_DAY, A_MOMENT, make_application, make_officer
from tests.membership import deciding
from tests.membership.deciding import LATER, approved, declined, fee_of, fresh, ready, sent

pytestmark = pytest.mark.django_db
State = Application.State
QUARTER = dt.timedelta(minutes=15)
SECOND = dt.timedelta(seconds=1)


def undo(application, by=None, at=LATER):
    return lifecycle.undo(
        application_id=application.pk, by=by or fresh(application).decided_by, at=at
    )


def test_an_approval_is_undone_and_its_fee_cancelled_never_deleted():
    application = approved()

    undo(application)

    application = fresh(application)
    assert (application.state, application.decided_by, application.submitted_at) == (
        State.SUBMITTED,
        None,
        A_MOMENT,
    )
    assert fee_of(application).cancelled_at == LATER


def test_a_letter_that_has_not_left_is_held_back_and_nobody_is_told():
    application = approved()

    undo(application)
    letters.send_waiting()

    kept = Letter.objects.get(kind="approved")
    assert (kept.sent_at, kept.held_back_at) == (None, LATER)
    assert "decision_undone" not in deciding.kinds(application)


def test_a_letter_that_has_left_is_followed_by_one_that_corrects_it():
    application = approved()
    letters.send_waiting()

    undo(application)

    text = deciding.newest_letter("decision_undone")
    assert "We wrote to you that your application was approved." in text
    assert "Nothing is to be paid" in text


def test_a_letter_that_may_have_left_is_corrected_and_does_not_go_again():
    application = approved()
    Letter.objects.filter(kind="approved").update(claimed_at=A_MOMENT, tries=1)

    undo(application)

    assert deciding.kinds(application)[-1] == "decision_undone"
    assert not letters.waiting().filter(kind="approved").exists()


def test_a_decline_is_undone_as_well():
    application = declined()

    undo(application)

    application = fresh(application)
    assert (application.state, application.decision_reason) == (State.SUBMITTED, "")


def test_a_question_is_taken_back():
    officer, application = make_officer(), sent()
    lifecycle.ask(application_id=application.pk, by=officer, at=A_MOMENT, items={"dbs": "Which?"})
    letters.send_waiting()

    undo(application, by=officer)

    application = fresh(application)
    assert (application.state, application.question) == (State.SUBMITTED, "")
    assert "dbs" in application.sections_done
    assert not application.asked_items.open().exists()
    assert "We wrote to you to ask you for more." in deciding.newest_letter("decision_undone")


def test_an_offer_is_taken_back():
    officer, application = make_officer(), ready()
    lifecycle.offer(
        application_id=application.pk,
        by=officer,
        at=A_MOMENT,
        type=lifecycle.types_to_offer(application, on=A_DAY)[0],
        reason="It fits.",
    )

    undo(application, by=officer)

    assert fresh(application).state == State.SUBMITTED
    assert application.offers.get().outcome == "taken_back"


@pytest.mark.parametrize(("after", "undone"), [(QUARTER, True), (QUARTER + SECOND, False)])
def test_fifteen_minutes_and_no_longer(after, undone):
    application = approved()
    officer = application.decided_by

    assert lifecycle.may_undo(application, by=officer, at=A_MOMENT + after) is undone
    if not undone:
        with pytest.raises(lifecycle.TooLate):
            undo(application, at=A_MOMENT + after)


def test_nobody_else_undoes_it():
    application = approved()

    with pytest.raises(lifecycle.TooLate) as caught:
        undo(application, by=make_officer())

    assert str(caught.value).startswith("Only Olive Office can undo this.")
    assert fresh(application).state == State.APPROVED


def test_once_pay_is_pressed_the_approval_is_not_undone():
    application = approved()
    lifecycle.pay_pressed(fee_due_id=fee_of(application).pk, at=A_MOMENT)

    with pytest.raises(lifecycle.TooLate) as caught:
        undo(application)

    assert str(caught.value).startswith("The applicant has pressed Pay.")
    assert fee_of(application).cancelled_at is None


def test_what_was_paid_is_not_undone():
    application = approved()
    officer = application.decided_by
    lifecycle.activate(fee_due_id=fee_of(application).pk, on=A_DAY, at=A_MOMENT)

    with pytest.raises(lifecycle.WrongState):
        undo(application, by=officer)
    with pytest.raises(lifecycle.WrongState):
        lifecycle.reverse(application_id=application.pk, by=officer, at=LATER, reason="A slip.")


def test_there_is_nothing_to_undo_in_what_waits():
    with pytest.raises(lifecycle.WrongState):
        undo(sent(), by=make_officer())


def test_after_an_undo_it_can_be_decided_again_with_a_fee_of_its_own():
    application = approved()
    undo(application)

    lifecycle.approve(application_id=application.pk, by=make_officer(), at=LATER)

    fees = FeeDue.objects.filter(application=application)
    assert fees.count() == 2
    assert fees.outstanding().count() == 1


# Formally ------------------------------------------------------------------------------------

A_WEEK_ON = A_MOMENT + dt.timedelta(days=7)


def reverse(application, by=None):
    return lifecycle.reverse(
        application_id=application.pk,
        by=by or make_officer(),
        at=A_WEEK_ON,
        reason="The register was misread.",
    )


def test_an_unpaid_approval_is_reversed_by_anybody_who_decides_with_a_reason():
    application = approved()
    lifecycle.pay_pressed(fee_due_id=fee_of(application).pk, at=A_MOMENT)

    reverse(application)

    assert fresh(application).state == State.SUBMITTED
    assert fee_of(application).cancelled_at == A_WEEK_ON
    text = deciding.newest_letter("decision_reversed")
    assert "The register was misread." in text
    assert deciding.verbs(application)["reversed the decision"] == 1


def test_a_decline_is_reversed():
    application = declined()

    reverse(application)

    assert fresh(application).state == State.SUBMITTED


def test_nothing_is_reopened_beside_a_newer_application():
    application = declined()
    newer = make_application(application.person)

    with pytest.raises(lifecycle.WrongState) as caught:
        reverse(application)

    assert newer.reference in str(caught.value)
    assert fresh(application).state == State.DECLINED
