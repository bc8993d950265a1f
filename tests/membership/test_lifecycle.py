"""From the draft to the membership: each step once, in order, with its letter and its line."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from foundation import history, letter_page
from foundation.links import absolute
from foundation.models import Letter
from membership import lifecycle, standing
from membership.lifecycle.renewals import renewable_until
from membership.models import Application, FeeDue, Membership, Person, Referee
from membership.steps import STEPS
from membership.types import MembershipType
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_approved,
    make_fee,
    make_fee_rate,
    make_member,
    make_officer,
    make_person,
    make_ready_application,
    make_referee,
    make_registration,
)
from tests.membership import deciding

pytestmark = pytest.mark.django_db
State = Application.State


def kinds_of_letters() -> list[str]:
    return sorted(Letter.objects.values_list("kind", flat=True))


def submitted(**kwargs) -> Application:
    application = make_ready_application(**kwargs)
    by = application.person.user
    return lifecycle.submit(application_id=application.pk, by=by, at=A_MOMENT)


def test_starting_twice_gives_the_same_draft():
    person = make_person()

    first = lifecycle.start(person=person, at=A_MOMENT)
    second = lifecycle.start(person=person, at=A_MOMENT)

    assert first == second
    assert first.state == State.DRAFT


def test_sending_keeps_the_evidence_the_findings_and_the_version_of_the_rules():
    application = submitted()

    assert application.state == State.SUBMITTED
    assert application.submitted_evidence["profession"] == "nurse"
    assert application.rules_version == "2026-1"
    assert {finding["code"] for finding in application.findings} >= {"refer:registration_unchecked"}


def test_sending_writes_to_the_applicant_and_both_referees():
    submitted()

    assert kinds_of_letters() == [
        "application_received",
        "reference_request",
        "reference_request",
    ]


def test_sending_twice_is_sending_once():
    application = submitted()

    lifecycle.submit(application_id=application.pk, by=application.person.user, at=timezone.now())

    assert Letter.objects.count() == 3
    assert history.of(application.person.history_key).count() == 4


def test_an_incomplete_application_is_not_sent_and_says_what_is_missing():
    application = make_ready_application(dbs_confirmed_at=None)

    with pytest.raises(lifecycle.NotReady) as caught:
        lifecycle.submit(application_id=application.pk, by=application.person.user, at=A_MOMENT)

    application.refresh_from_db()
    assert application.state == State.DRAFT
    assert caught.value.assessment.codes == ("dbs_date", "refer:registration_unchecked")
    assert Letter.objects.count() == 0


def refusal(application):
    with pytest.raises(lifecycle.LifecycleError) as caught:
        lifecycle.submit(application_id=application.pk, by=application.person.user, at=A_MOMENT)
    application.refresh_from_db()
    assert (application.state, Letter.objects.count()) == (State.DRAFT, 0)
    return type(caught.value), str(caught.value)


def test_no_way_of_sending_passes_by_a_section_that_is_left():
    done = [step.key for step in STEPS if step.key not in ("work", "expertise")]
    application = make_ready_application(sections_done=done)

    refused = refusal(application)

    assert refused == (
        lifecycle.Unfinished,
        "Finish these sections before you send: Work details, Areas of expertise.",
    )


def test_a_section_that_was_finished_and_lost_its_answer_is_left_again():
    application = make_ready_application(indemnity_confirmed_at=None)

    refused = refusal(application)

    assert refused == (
        lifecycle.Unfinished,
        "Finish these sections before you send: Professional indemnity insurance.",
    )


def test_nobody_is_sent_who_did_not_accept_the_rules():
    application = make_ready_application(rules_accepted_at=None)

    refused = refusal(application)

    assert refused == (
        lifecycle.RulesNotAccepted,
        "Tick the box to accept the membership rules.",
    )


def test_being_asked_for_more_keeps_the_place_in_the_queue():
    application = submitted()
    officer = make_officer()

    lifecycle.ask(
        application_id=application.pk, by=officer, at=A_MOMENT, items={"history": "Which job?"}
    )
    again = deciding.send_again(application, at=A_MOMENT + dt.timedelta(days=3))

    assert again.state == State.SUBMITTED
    assert again.submitted_at == A_MOMENT
    assert again.question == ""


def test_approval_fixes_the_fee_and_does_not_activate():
    make_fee_rate(pence=9000)
    application = submitted()

    fee = lifecycle.approve(
        application_id=application.pk, by=make_officer(), at=A_MOMENT, override_reason="Known."
    )
    make_fee_rate(pence=12000, valid_from=dt.date(2026, 11, 1))

    fee.refresh_from_db()
    assert fee.pence == 9000
    assert fee.starts_on is None
    assert standing.of(application.person, A_DAY).state == "none"
    assert "£90.00" in Letter.objects.get(kind="approved").text


def test_approval_needs_a_fee():
    application = make_application(state=State.SUBMITTED, type=MembershipType.STUDENT)

    with pytest.raises(lifecycle.NoFeeSet) as caught:
        lifecycle.approve(application_id=application.pk, by=make_officer(), at=A_MOMENT)

    assert str(caught.value) == "No fee is set for Student. Set it in Fee rates first."
    assert FeeDue.objects.count() == 0


def test_approval_with_open_checks_needs_a_reason():
    make_fee_rate()
    application = submitted()

    with pytest.raises(lifecycle.OverrideNeeded) as caught:
        lifecycle.approve(application_id=application.pk, by=make_officer(), at=A_MOMENT)

    assert caught.value.checks == [
        "no registration is checked and current",
        "0 of 2 references arrived",
    ]


def test_approval_without_open_checks_needs_no_reason():
    make_fee_rate()
    application = submitted()
    make_registration(application.person, number="02B2345N")
    application.referees.update(state=Referee.State.ANSWERED, answered_at=A_MOMENT)

    lifecycle.approve(application_id=application.pk, by=make_officer(), at=A_MOMENT)

    application.refresh_from_db()
    assert (application.state, application.override_reason) == (State.APPROVED, "")


def test_the_second_decision_is_told_of_the_first():
    make_fee_rate()
    application = submitted()
    first, second = make_officer(), make_officer()
    lifecycle.approve(
        application_id=application.pk, by=first, at=A_MOMENT, override_reason="Known to us."
    )

    with pytest.raises(lifecycle.AlreadyDecided) as caught:
        lifecycle.decline(application_id=application.pk, by=second, at=A_MOMENT, reason="No.")

    assert "by Olive Office" in str(caught.value)
    assert kinds_of_letters().count("approved") == 1
    assert kinds_of_letters().count("declined") == 0


def test_declining_keeps_the_record_and_raises_no_fee():
    application = submitted()

    lifecycle.decline(
        application_id=application.pk, by=make_officer(), at=A_MOMENT, reason="No body named."
    )

    application.refresh_from_db()
    assert (application.state, application.decision_reason) == (State.DECLINED, "No body named.")
    assert FeeDue.objects.count() == 0
    assert "No body named." in Letter.objects.get(kind="declined").text


def test_who_was_declined_may_apply_again():
    application = make_application(state=State.DECLINED)

    again = lifecycle.start(person=application.person, at=A_MOMENT)

    assert again != application
    assert again.state == State.DRAFT


def test_withdrawing_an_approved_application_cancels_its_fee():
    fee = make_approved()

    lifecycle.withdraw(application_id=fee.application_id, by=fee.person.user, at=A_MOMENT)

    fee.refresh_from_db()
    assert fee.cancelled_at == A_MOMENT
    assert fee.application.state == State.WITHDRAWN


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.APPROVED, State.ACTIVATED, State.DECLINED, State.WITHDRAWN]
)
def test_only_what_was_sent_can_be_approved(state):
    make_fee_rate()
    application = make_application(state=state)

    with pytest.raises(lifecycle.WrongState):
        lifecycle.approve(
            application_id=application.pk, by=make_officer(), at=A_MOMENT, override_reason="x"
        )

    application.refresh_from_db()
    assert application.state == state


def test_money_activates_for_twelve_months():
    fee = make_approved()

    membership = lifecycle.activate(fee_due_id=fee.pk, on=dt.date(2026, 11, 22), at=A_MOMENT)

    fee.refresh_from_db()
    assert (fee.starts_on, fee.ends_on) == (dt.date(2026, 11, 22), dt.date(2027, 11, 21))
    assert fee.application.state == State.ACTIVATED
    assert membership.written_number == "CM-0001"
    assert standing.of(fee.person, dt.date(2027, 11, 21)).state == "active"
    assert standing.of(fee.person, dt.date(2027, 11, 22)).state == "grace"


@pytest.mark.parametrize(
    ("days", "starts_on"),
    [(-1, A_DAY), (0, A_DAY), (1, A_DAY + dt.timedelta(days=1))],
)
def test_money_that_came_before_the_approval_buys_no_day_before_it(days, starts_on):
    fee = make_approved()

    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY + dt.timedelta(days=days), at=A_MOMENT)

    fee.refresh_from_db()
    assert fee.settled_on == A_DAY + dt.timedelta(days=days)
    assert (fee.starts_on, fee.person.membership.joined_on) == (starts_on, starts_on)


def test_activating_twice_is_activating_once():
    fee = make_approved()
    lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    lifecycle.activate(fee_due_id=fee.pk, on=dt.date(2026, 12, 24), at=A_MOMENT)

    fee.refresh_from_db()
    assert fee.starts_on == A_DAY
    assert Membership.objects.count() == 1
    assert kinds_of_letters() == ["welcome"]


def test_a_cancelled_fee_activates_nobody():
    fee = make_fee(cancelled_at=A_MOMENT)

    with pytest.raises(lifecycle.WrongState):
        lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)

    assert Membership.objects.count() == 0


def test_a_waiver_activates_with_a_name_and_a_reason():
    fee, officer = make_approved(), make_officer()

    lifecycle.waive(fee_due_id=fee.pk, by=officer, at=A_MOMENT, reason="Founding member.")

    fee.refresh_from_db()
    assert (fee.waived_by, fee.waiver_reason) == (officer, "Founding member.")
    assert fee.settled_on is None
    assert standing.of(fee.person, A_DAY).is_active


def test_member_numbers_have_no_gaps():
    fees = [make_approved() for _ in range(3)]

    numbers = [lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT).number for fee in fees]

    assert numbers == [1, 2, 3]


def test_a_suspended_member_is_not_active_until_the_suspension_ends():
    person, officer = make_member(), make_officer()
    membership = person.membership

    lifecycle.suspend(membership_id=membership.pk, by=officer, at=A_MOMENT, reason="Complaint.")
    while_suspended = standing.of(person, A_DAY).state
    lifecycle.end_suspension(membership_id=membership.pk, by=officer, at=A_MOMENT)

    assert while_suspended == "suspended"
    assert standing.of(person, A_DAY).state == "active"


def test_who_leaves_is_no_longer_active():
    person = make_member()

    lifecycle.resign(membership_id=person.membership.pk, by=person.user, at=A_MOMENT)

    assert standing.of(person, A_DAY).state == "resigned"
    assert list(standing.active(A_DAY)) == []
    assert kinds_of_letters() == ["resigned"]


def test_an_approval_that_nobody_pays_for_expires_after_ninety_days():
    fee = make_approved()

    early = lifecycle.lapse_due(at=A_MOMENT + dt.timedelta(days=90))
    late = lifecycle.lapse_due(at=A_MOMENT + dt.timedelta(days=90, seconds=1))

    fee.refresh_from_db()
    assert (early["approvals_expired"], late["approvals_expired"]) == (0, 1)
    assert fee.application.state == State.EXPIRED
    assert fee.cancelled_at is not None


def test_a_lapse_is_written_once_after_the_grace_is_over():
    make_member(starts_on=dt.date(2025, 10, 1), ends_on=dt.date(2026, 9, 30))
    last_day_of_grace = dt.datetime(2026, 10, 30, 0, 10, tzinfo=dt.UTC)

    runs = [
        lifecycle.lapse_due(at=last_day_of_grace + dt.timedelta(days=days))["lapses_written"]
        for days in (0, 1, 2)
    ]

    assert runs == [0, 1, 0]
    assert kinds_of_letters() == ["lapsed"]


def test_standing_asks_the_same_of_one_person_and_of_all():
    active = make_member()
    make_member(starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2024, 12, 31))
    make_approved()

    found = list(standing.active(A_DAY))

    assert found == [active]
    assert list(standing.active(A_DAY, type=MembershipType.ASSOCIATE)) == []


def test_referees_are_asked_once_even_after_more_information():
    application = submitted()
    lifecycle.ask(
        application_id=application.pk,
        by=make_officer(),
        at=A_MOMENT,
        items={"history": "Why?"},
    )

    deciding.send_again(application)

    assert kinds_of_letters().count("reference_request") == 2


def test_two_referees_who_are_one_person_hold_the_application_back():
    application = make_ready_application()
    application.referees.all().delete()
    make_referee(application, 1, email="same@example.org")
    make_referee(application, 2, email="SAME@example.org")

    with pytest.raises(lifecycle.NotReady) as caught:
        lifecycle.submit(application_id=application.pk, by=application.person.user, at=A_MOMENT)

    assert "referees_not_independent" in caught.value.assessment.codes


def lapsed_members(how_many: int) -> list[Person]:
    term = {"starts_on": dt.date(2025, 10, 1), "ends_on": dt.date(2026, 9, 30)}
    return [make_member(**term) for _each in range(how_many)]


def test_many_lapse_at_once_each_with_a_letter_and_a_line_of_history():
    people = lapsed_members(5)
    now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)

    first, second = (lifecycle.lapse_due(at=now)["lapses_written"] for _twice in range(2))

    lines = [list(history.of(one.history_key).values_list("verb", "text")) for one in people]
    assert (first, second) == (5, 0)
    assert sorted(Letter.objects.values_list("to", flat=True)) == sorted(p.email for p in people)
    assert lines == [[("the membership lapsed", "2026-09-30")]] * 5
    assert list(history.faults()) == []


@pytest.mark.parametrize("name", ["Pat", "", "O'Neil & Co", "pat@example.org"])
@pytest.mark.parametrize("suspended", [False, True])
def test_a_lapse_drawn_for_many_is_the_letter_of_this_member(name, suspended):
    [person, _other] = lapsed_members(2)
    Person.objects.filter(pk=person.pk).update(given_name=name)
    membership = Membership.objects.get(person=person)
    if suspended:
        lifecycle.suspend(
            membership_id=membership.pk, by=make_officer(), at=A_MOMENT, reason="A complaint."
        )

    lifecycle.lapse_due(at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))

    letter = Letter.objects.get(to=person.email)
    person.refresh_from_db()
    facts = {
        "person": person,
        "membership": membership,
        "ended_on": dt.date(2026, 9, 30),
        "renewable_until": None if suspended else renewable_until(dt.date(2026, 9, 30)),
        "profile_url": absolute("/profile/"),
    }
    drawn = letter_page.render("lapsed", facts)
    assert (letter.subject, letter.text, letter.html) == drawn
    assert (letter.kind, letter.subject_key) == ("lapsed", person.history_key)
    assert letter.key == f"lapsed:{membership.pk}:2026-09-30"


def test_lapsing_costs_the_same_for_one_and_for_three(django_assert_max_num_queries):
    now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    for how_many in (1, 3):
        lapsed_members(how_many)

        with django_assert_max_num_queries(25):
            lifecycle.lapse_due(at=now)


def test_a_row_that_the_database_refuses_keeps_nobody_else_from_lapsing():
    before, refused, after = lapsed_members(3)
    Person.objects.filter(pk=refused.pk).update(email="")

    with pytest.raises(IntegrityError):
        lifecycle.lapse_due(at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))

    told = Letter.objects.order_by("pk").values_list("to", flat=True)
    assert list(told) == [before.email, after.email]
    assert not history.of(refused.history_key).exists()
