"""Another type: offered by the office, decided by the applicant's agreement."""

import datetime as dt

import pytest
from django.test import Client

from foundation.models import Letter
from membership import clock, lifecycle, standing
from membership.models import Application, FeeDue, FeeRate, TypeOffer
from membership.types import MembershipType
from tests.factories import A_DAY, A_MOMENT, make_fee_rate, make_member, make_officer
from tests.membership import deciding
from tests.membership.deciding import LATER, fresh, ready, sent
from tests.signed_in import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("five_minutes_later")]
State, Outcome = Application.State, TypeOffer.Outcome
ASSOCIATE = MembershipType.ASSOCIATE
WHY = "You have 14 months."


def offered(by=None, **kwargs):
    application = ready(**kwargs)
    lifecycle.offer(
        application_id=application.pk,
        by=by or make_officer(),
        at=A_MOMENT,
        type=ASSOCIATE,
        reason=WHY,
    )
    return fresh(application)


def agree(application, pence=6000, at=LATER):
    return lifecycle.agree(
        application_id=application.pk, by=application.person.user, at=at, pence=pence
    )


def outcome_of(application):
    return application.offers.get().outcome


def test_the_letter_says_what_why_how_much_and_until_when():
    offered()

    text = deciding.newest_letter("another_type_offered")

    assert "approve you for Associate membership" in text
    assert WHY in text
    assert "The fee would be £60.00." in text
    assert "/apply/offer/" in text
    assert "The offer stands until 22 December 2026." in text


def test_an_offer_decides_nothing():
    application = offered()

    assert (application.state, application.type) == (State.OFFERED, "case_manager")
    assert application.decided_at is None
    assert not FeeDue.objects.exists()


def test_agreeing_approves_for_the_offered_type_in_the_name_of_who_offered():
    officer = make_officer()
    application = offered(by=officer)

    fee = agree(application)

    application = fresh(application)
    assert (application.state, application.type) == (State.APPROVED, "associate")
    assert (application.decided_by, application.decided_at) == (officer, LATER)
    assert (fee.pence, fee.type, fee.fixed_at) == (6000, "associate", LATER)
    assert outcome_of(application) == Outcome.AGREED
    assert deciding.kinds(application)[-2:] == ["another_type_offered", "approved"]
    assert standing.of(application.person, A_DAY).state == "none"


def test_saying_no_puts_it_back_in_its_place_as_it_was():
    application = offered()

    lifecycle.refuse_offer(application_id=application.pk, by=application.person.user, at=LATER)

    application = fresh(application)
    assert (application.state, application.type) == (State.SUBMITTED, "case_manager")
    assert application.submitted_at == A_MOMENT
    assert outcome_of(application) == Outcome.REFUSED
    assert not FeeDue.objects.exists()


def test_an_offer_is_answered_once():
    application = offered()
    agree(application)

    with pytest.raises(lifecycle.WrongState):
        agree(application)
    with pytest.raises(lifecycle.WrongState):
        lifecycle.refuse_offer(application_id=application.pk, by=application.person.user, at=LATER)

    assert FeeDue.objects.count() == 1


def test_a_fee_that_changed_meanwhile_is_shown_before_it_is_agreed_to():
    application = offered()
    FeeRate.objects.filter(type=ASSOCIATE).delete()
    make_fee_rate(ASSOCIATE, pence=7000)

    with pytest.raises(lifecycle.OfferChanged):
        agree(application, pence=6000)

    assert fresh(application).state == State.OFFERED


def test_a_line_that_opened_meanwhile_brings_the_agreement_back_to_the_office():
    application = offered()
    application.person.registrations.update(status="lapsed")

    fee = agree(application)

    application = fresh(application)
    assert fee is None
    assert (application.state, application.type) == (State.SUBMITTED, "associate")
    assert outcome_of(application) == Outcome.AGREED


@pytest.mark.parametrize(("days", "state"), [(30, State.OFFERED), (31, State.SUBMITTED)])
def test_an_offer_ends_after_thirty_days(days, state):
    application = offered()

    ended = lifecycle.end_offers(at=A_MOMENT + dt.timedelta(days=days))
    again = lifecycle.end_offers(at=A_MOMENT + dt.timedelta(days=days))

    assert fresh(application).state == state
    assert (ended, again) == ((1, 0) if state == State.SUBMITTED else (0, 0))
    assert Letter.objects.filter(kind="offer_ended").count() == ended


def test_an_offer_that_ran_out_cannot_be_agreed_to_before_the_sweep_comes():
    application = offered()

    with pytest.raises(lifecycle.WrongState):
        agree(application, at=A_MOMENT + dt.timedelta(days=31))


def test_a_type_whose_criteria_are_not_met_is_not_offered():
    application = sent()
    make_fee_rate(MembershipType.STUDENT, pence=1000)

    with pytest.raises(lifecycle.NotMet) as caught:
        lifecycle.offer(
            application_id=application.pk,
            by=make_officer(),
            at=A_MOMENT,
            type=MembershipType.STUDENT,
            reason=WHY,
        )

    assert str(caught.value).startswith("Not everything is met for Student:")
    assert fresh(application).state == State.SUBMITTED


def test_only_types_that_fit_and_have_a_fee_are_there_to_offer():
    application = ready()

    with_fee = lifecycle.types_to_offer(application, on=A_DAY)
    FeeRate.objects.filter(type=ASSOCIATE).delete()
    without = lifecycle.types_to_offer(application, on=A_DAY)

    assert (with_fee, without) == ([ASSOCIATE], [])


def test_the_type_that_was_applied_for_is_approved_and_not_offered():
    application = ready()

    with pytest.raises(lifecycle.WrongState):
        lifecycle.offer(
            application_id=application.pk,
            by=make_officer(),
            at=A_MOMENT,
            type=MembershipType.CASE_MANAGER,
            reason=WHY,
        )


def test_withdrawing_ends_the_offer():
    application = offered()

    lifecycle.withdraw(application_id=application.pk, by=application.person.user, at=LATER)

    assert not TypeOffer.objects.open().exists()


def test_the_clock_stands_while_an_offer_waits():
    application = offered()

    found = clock.of(application, on=A_DAY + dt.timedelta(days=20))

    assert (found.waited, found.is_paused) == (0, True)


# The applicant's page ------------------------------------------------------------------------


def test_the_applicant_is_led_to_the_offer_and_agrees():
    application = offered()
    client = browser_of(application.person)

    status = client.get("/apply/").context["status"]
    page = client.get(status.url)
    client.post(status.url, {"answer": "agree", "pence": "6000"})

    assert status.words == "Case Manager application: another type is offered to you"
    assert "£60.00" in page.content.decode()
    assert fresh(application).state == State.APPROVED


def test_no_thank_you_is_as_easy():
    application = offered()

    browser_of(application.person).post("/apply/offer/", {"answer": "no", "pence": "6000"})

    assert fresh(application).state == State.SUBMITTED


def test_an_empty_answer_is_asked_for_again():
    application = offered()

    page = browser_of(application.person).post("/apply/offer/", {"pence": "6000"})

    assert "Choose whether you want this membership." in page.content.decode()
    assert fresh(application).state == State.OFFERED


def test_another_fee_in_the_form_agrees_to_nothing():
    application = offered()

    page = browser_of(application.person).post(
        "/apply/offer/", {"answer": "agree", "pence": "1"}, follow=True
    )

    assert "The fee has changed since this page was shown." in page.content.decode()
    assert fresh(application).state == State.OFFERED


def test_nobody_else_sees_or_answers_the_offer():
    application = offered()
    other = Client()
    other.force_login(make_member().user)

    answers = [
        other.get("/apply/offer/", follow=True),
        other.post("/apply/offer/", {"answer": "agree", "pence": "6000"}, follow=True),
    ]

    assert all(WHY not in one.content.decode() for one in answers)
    assert fresh(application).state == State.OFFERED
    assert Client().get("/apply/offer/").status_code == 302
