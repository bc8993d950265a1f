"""The profile says first what somebody is, until when, and what to do next."""

import datetime as dt

import pytest
import time_machine

from foundation.look import Tone
from membership.models import Application, FeeDue, Membership, Referee
from membership.types import MembershipType
from payments.models import Attempt
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_approved,
    make_fee,
    make_member,
    make_officer,
    make_person,
    make_referee,
)
from tests.payments.money import (
    make_attempt,
    make_invoice,
    make_paid_attempt,
    make_refund,
    receive,
)
from tests.signed_in import browser_of
from website import profile

pytestmark = pytest.mark.django_db

State = Application.State


def of(person):
    return profile.of(person, at=A_MOMENT)


def test_somebody_new_is_led_to_the_types():
    page = of(make_person())

    assert page.status.words == "You are not a member yet."
    assert (page.status.url, page.status.link_words) == ("/membership/", "Apply for Membership")
    assert page.application is None


def test_staff_who_are_no_members_are_led_to_the_office():
    person = make_person()
    person.user.is_staff = True

    page = of(person)

    assert page.status.words == "You work for the office, and are not a member."
    assert (page.status.url, page.status.link_words) == ("/admin/", "Open the office")


@pytest.mark.parametrize(
    ("state", "tone", "link_words"),
    [
        (State.DRAFT, Tone.ACT, "Go on with your application"),
        (State.SUBMITTED, Tone.WAIT, "See where it stands"),
        (State.MORE_INFORMATION, Tone.ACT, "Answer the office"),
        (State.DECLINED, Tone.STOP, "Apply again"),
        (State.EXPIRED, Tone.STOP, "Apply again"),
    ],
)
def test_an_applicant_sees_where_the_application_stands(state, tone, link_words):
    page = of(make_application(state=state).person)

    assert (page.status.tone, page.status.url) == (tone, "/apply/")
    assert page.status.link_words == link_words
    assert page.application is None


def test_an_offer_is_one_click_away():
    page = of(make_application(state=State.OFFERED).person)

    assert page.status.url == "/apply/offer/"
    assert page.status.link_words == "Read the offer and answer"


def test_a_referee_to_replace_is_one_click_away():
    application = make_application(state=State.SUBMITTED)
    make_referee(application, position=2, state=Referee.State.REFUSED, answered_at=A_MOMENT)

    page = of(application.person)

    assert page.status.url == "/apply/referees/2/replace/"
    assert page.status.tone == Tone.ACT


def test_the_question_of_the_office_is_shown():
    page = of(make_application(state=State.MORE_INFORMATION).person)

    assert page.status.next_words.startswith("The office asks: Please name another referee.")


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.ACTIVATED])
def test_an_application_that_is_over_says_nothing_of_its_own(state):
    page = of(make_application(state=state).person)

    assert page.status.words == "You are not a member yet."


def test_approved_is_not_active_and_the_fee_is_named():
    page = of(make_approved(pence=9050).person)

    assert page.status.words == "Case Manager application: approved"
    assert page.status.tone == Tone.ACT
    assert page.status.next_words == (
        "Your fee is due: £90.50. Your membership starts when it has arrived."
    )
    assert page.status.url == ""


def test_a_member_sees_type_number_and_last_day():
    person = make_member(type=MembershipType.ASSOCIATE, ends_on=dt.date(2027, 5, 31))

    page = of(person)

    assert page.status.words == "Active until 31 May 2027 as Associate member."
    assert (page.status.tone, page.status.next_words) == (Tone.GOOD, "")
    rows = {row.key: row.value for row in page.about}
    assert rows["Member number"] == Membership.objects.get(person=person).written_number
    assert rows["Member since"] == "1 June 2026"


@pytest.mark.parametrize(
    ("ends_on", "words", "tone"),
    [
        (A_DAY, "Active until 22 November 2026 as Case Manager member.", Tone.GOOD),
        (
            A_DAY - dt.timedelta(days=1),
            "Your Case Manager membership ended on 21 November 2026.",
            Tone.ACT,
        ),
        (
            A_DAY - dt.timedelta(days=30),
            "Your Case Manager membership ended on 23 October 2026.",
            Tone.ACT,
        ),
        (
            A_DAY - dt.timedelta(days=31),
            "Your Case Manager membership lapsed. It ended on 22 October 2026.",
            Tone.STOP,
        ),
    ],
)
def test_the_end_of_a_membership_is_said_from_its_day_on(ends_on, words, tone):
    person = make_member(starts_on=dt.date(2025, 11, 1), ends_on=ends_on)

    status = of(person).status

    assert (status.words, status.tone) == (words, tone)


def test_a_member_whose_renewal_is_due_reads_the_sum():
    person = make_member()
    make_fee(person, 7200, purpose=FeeDue.Purpose.RENEWAL)

    assert of(person).status.next_words == "Your fee is due: £72.00."


def test_money_that_came_is_taken_off_and_not_asked_for_twice():
    invoice = make_invoice(9000)
    receive(invoice, 6000)

    status = of(invoice.account.person).status

    assert status.next_words.startswith("The rest of your fee is due: £30.00.")


def test_a_payment_that_is_being_checked_is_not_asked_for_again():
    invoice = make_invoice(9000)
    make_attempt(
        invoice,
        state=Attempt.State.PENDING,
        order_id="O1",
        approval_url="https://example.org/",
        capture_id="C1",
    )

    status = of(invoice.account.person).status

    assert status.tone == Tone.WAIT
    assert status.next_words.startswith("We are confirming your payment.")


def test_who_never_had_to_pay_reads_nothing_of_payments():
    assert not of(make_person()).shows_money
    assert of(make_approved().person).shows_money


def test_the_pay_button_is_on_the_profile_of_who_owes():
    text = browser_of(make_approved().person).get("/profile/").content.decode()

    assert '<button type="submit" class="btn btn-primary">Pay</button>' in text


def test_a_fee_of_nothing_is_not_asked_for():
    person = make_approved(pence=0).person

    assert not of(person).shows_money
    assert "View your profile to pay" not in browser_of(person).get("/").content.decode()


def test_a_suspended_member_is_told_to_write():
    person = make_member()
    Membership.objects.filter(person=person).update(
        suspended_at=A_MOMENT, suspended_by=make_officer(), suspension_reason="Because."
    )

    status = of(person).status

    assert (status.words, status.tone) == ("Your membership is suspended.", Tone.STOP)
    assert "Because" not in status.next_words


def test_who_left_may_come_back():
    person = make_member()
    Membership.objects.filter(person=person).update(resigned_on=A_DAY)

    assert of(person).status.words == "You have left the society."


def refunded_with_its_end(person, on=A_DAY, **changes):
    """Their payment went back, and the membership ended on a day."""
    attempt = make_paid_attempt(make_invoice(person=person))
    facts = {"effect": "end", "decided_at": A_MOMENT, "decided_by": make_officer()}
    make_refund(attempt, **{**facts, **changes})
    Membership.objects.filter(person=person).update(resigned_on=on)
    return person


def test_whose_payment_was_given_back_did_not_leave():
    person = refunded_with_its_end(make_member())

    status = of(person).status

    assert status.words == "Your payment was given back, and your membership ended with it."
    assert status.next_words == (
        "You may apply again at any time. If you did not expect this, write to the office."
    )


@pytest.mark.parametrize(
    ("on", "changes"),
    [
        (A_DAY + dt.timedelta(days=1), {}),  # came back after the refund, and left since
        (A_DAY, {"effect": "keep"}),
    ],
)
def test_who_leaves_after_a_refund_has_left(on, changes):
    person = refunded_with_its_end(make_member(), on, **changes)

    assert of(person).status.words == "You have left the society."


def test_a_refund_of_somebody_else_ends_nothing_here():
    refunded_with_its_end(make_member())
    person = make_member()
    Membership.objects.filter(person=person).update(resigned_on=A_DAY)

    assert of(person).status.words == "You have left the society."


def test_a_member_who_applies_for_another_type_sees_both():
    person = make_member(type=MembershipType.ASSOCIATE)
    make_application(person, State.SUBMITTED, type=MembershipType.CASE_MANAGER)

    page = of(person)

    assert page.status.words == "Active until 31 May 2027 as Associate member."
    assert page.application.words == "Case Manager application: with the office"


def test_nobody_sees_the_facts_of_somebody_else():
    other = make_person(given_name="Quentin", family_name="Invented")
    make_approved(other, pence=12345)

    with time_machine.travel(A_MOMENT):
        text = browser_of(make_member()).get("/profile/").content.decode()

    assert "Quentin" not in text
    assert "123.45" not in text


def test_the_page_shows_the_status_first():
    with time_machine.travel(A_MOMENT):
        text = browser_of(make_member()).get("/profile/").content.decode()

    main = text[text.index("<main") :]
    assert main.index("Active until 31 May 2027 as Case Manager member.") < main.index("<h2")
    assert "You are not in the directory." in main


def test_the_profile_costs_the_same_however_long_the_history_is(django_assert_max_num_queries):
    person = make_member()
    client = browser_of(person)
    with django_assert_max_num_queries(14):
        client.get("/profile/")
    for year in (2020, 2021, 2022):
        first = dt.date(year, 6, 1)
        make_fee(person, settled_on=first, starts_on=first, ends_on=dt.date(year + 1, 5, 31))
        make_application(person, State.DECLINED)

    with django_assert_max_num_queries(14):
        client.get("/profile/")
