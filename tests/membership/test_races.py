"""Two at once: one effect. Real threads on a database with row locks."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from foundation import history
from foundation.models import Letter
from membership import checks, lifecycle
from membership.lines import open_lines
from membership.models import Appeal, Application, ExpertiseAssignment, FeeDue, Membership
from membership.types import MembershipType
from tests.factories import (
    A_DAY,
    A_MOMENT,
    make_application,
    make_approved,
    make_fee_rate,
    make_member,
    make_officer,
    make_person,
)
from tests.races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]
# Only those who wait for us: tests beside this one have waiters of their own.
WAITERS = "SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def ends_of(step: Callable[[], object], times: int = 8) -> Counter[str]:
    """Take a step so many times at the same moment; how each ended, by its name."""
    refusals = (lifecycle.LifecycleError, checks.NotAssignable)
    ends = at_once([step] * times, refusals=refusals)
    return Counter(type(end).__name__ if isinstance(end, refusals) else "done" for end in ends)


def verbs_of(application: Application) -> Counter[str]:
    return Counter(history.of(application.person.history_key).values_list("verb", flat=True))


def test_twenty_who_approve_at_once_make_one_decision_one_letter_and_one_fee():
    make_fee_rate()
    application = make_application(state=Application.State.SUBMITTED)
    officer = make_officer()

    ends = ends_of(
        lambda: lifecycle.approve(
            application_id=application.pk, by=officer, at=A_MOMENT, override_reason="Known."
        ),
        times=20,
    )

    assert ends == {"done": 1, "AlreadyDecided": 19}
    assert FeeDue.objects.filter(application=application).count() == 1
    assert Letter.objects.filter(kind="approved").count() == 1
    assert verbs_of(application)["approved the application"] == 1
    assert list(history.faults()) == []


def test_twenty_who_approve_and_decline_at_once_take_one_decision():
    make_fee_rate()
    application = make_application(state=Application.State.SUBMITTED)
    officer = make_officer()
    turns = iter(range(20))

    def decide() -> None:
        step = lifecycle.approve if next(turns) % 2 else lifecycle.decline
        word = "override_reason" if step is lifecycle.approve else "reason"
        step(application_id=application.pk, by=officer, at=A_MOMENT, **{word: "Because."})

    ends = ends_of(decide, times=20)

    application.refresh_from_db()
    fees = 1 if application.state == Application.State.APPROVED else 0
    assert ends == {"done": 1, "AlreadyDecided": 19}
    assert FeeDue.objects.count() == fees
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_an_upgrade_approved_while_a_renewal_is_asked_for_leaves_one_open_fee(turn):
    """`turn` only repeats the race."""
    make_fee_rate()
    make_fee_rate(MembershipType.ASSOCIATE, 6000)
    person = make_member(type=MembershipType.ASSOCIATE, ends_on=A_DAY + dt.timedelta(days=20))
    application = make_application(person, Application.State.SUBMITTED)
    officer, turns = make_officer(), iter(range(8))

    def open_a_fee() -> None:
        if next(turns) == turn:
            lifecycle.approve(
                application_id=application.pk, by=officer, at=A_MOMENT, override_reason="Known."
            )
        else:
            lifecycle.renew(person=person, at=A_MOMENT)

    ends = ends_of(open_a_fee)

    upgrade = person.fees.outstanding().get()
    assert (upgrade.purpose, upgrade.application) == (FeeDue.Purpose.UPGRADE, application)
    assert ends["done"] + ends["NoRenewal"] == 8


def test_money_reported_eight_times_at_once_activates_once():
    fee = make_approved()

    ends = ends_of(lambda: lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT))

    assert ends == {"done": 8}
    assert Membership.objects.get().number == 1
    assert Letter.objects.filter(kind="welcome").count() == 1


def test_eight_who_start_at_once_have_one_draft():
    person = make_person()

    ends_of(lambda: lifecycle.start(person=person, at=A_MOMENT))

    assert Application.objects.filter(person=person).count() == 1


def test_eight_who_assign_an_area_at_once_assign_it_once():
    person, officer = make_person(), make_officer()

    ends = ends_of(
        lambda: checks.assign_expertise(
            person_id=person.pk, area_code="vocational", by=officer, on=A_DAY, at=A_MOMENT
        )
    )

    assert ends == {"done": 8}
    assert ExpertiseAssignment.objects.count() == 1


def test_paying_waits_for_a_withdrawal_without_holding_the_fee():
    fee = make_approved()
    ends: list[str] = []

    def pay() -> None:
        try:
            lifecycle.activate(fee_due_id=fee.pk, on=A_DAY, at=A_MOMENT)
        except lifecycle.WrongState:
            ends.append("refused")
        finally:
            connection.close()

    paying = threading.Thread(target=pay)
    with transaction.atomic():
        Application.objects.select_for_update().get(pk=fee.application_id)
        paying.start()
        with connection.cursor() as cursor:
            waiting = 0
            while not waiting and paying.is_alive():
                cursor.execute(WAITERS)
                (waiting,) = cursor.fetchone()
        FeeDue.objects.select_for_update(nowait=True).get(pk=fee.pk)
        by = fee.person.user
        lifecycle.withdraw(application_id=fee.application_id, by=by, at=A_MOMENT)
    paying.join()

    assert ends == ["refused"]
    assert Membership.objects.count() == 0


def test_pressing_pay_and_undoing_at_once_never_leaves_a_payer_with_an_undone_fee():
    fee = make_approved()
    officer = fee.application.decided_by
    at = fee.application.decided_at
    turns = iter(range(8))

    def take() -> None:
        if next(turns) % 2:
            lifecycle.pay_pressed(fee_due_id=fee.pk, at=at)
        else:
            lifecycle.undo(application_id=fee.application_id, by=officer, at=at)

    ends_of(take)

    fee.refresh_from_db()
    assert (fee.pay_pressed_at is None) is (fee.cancelled_at is not None)


def test_eight_who_answer_a_review_at_once_answer_it_once():
    application = make_application(state=Application.State.DECLINED)
    made = lifecycle.appeal(
        application_id=application.pk, by=application.person.user, at=A_MOMENT, reasons="Look."
    )
    officer = make_officer()

    ends = ends_of(
        lambda: lifecycle.answer(
            appeal_id=made.pk,
            by=officer,
            at=A_MOMENT,
            outcome=Appeal.Outcome.OVERTURNED,
            words="Yes.",
        )
    )

    assert ends == {"done": 1, "WrongState": 7}
    assert Letter.objects.filter(kind="appeal_overturned").count() == 1


def test_two_second_officers_who_agree_at_once_approve_once():
    make_fee_rate()
    application = make_application(state=Application.State.SUBMITTED)
    lines = open_lines(application, A_DAY)
    lifecycle.ask_second(
        application_id=application.pk,
        by=make_officer(),
        at=A_MOMENT,
        reasons={line.code: "Known." for line in lines},
    )
    second = make_officer()

    ends = ends_of(
        lambda: lifecycle.agree_as_second(application_id=application.pk, by=second, at=A_MOMENT)
    )

    assert ends == {"done": 1, "AlreadyDecided": 7}
    assert FeeDue.objects.count() == 1


def test_an_applicant_who_agrees_and_refuses_at_once_has_answered_once():
    make_fee_rate(MembershipType.SUPPORTER, pence=3000)
    application = make_application(
        state=Application.State.SUBMITTED, practice="none", supporter_role="managerial"
    )
    lifecycle.offer(
        application_id=application.pk,
        by=make_officer(),
        at=A_MOMENT,
        type=MembershipType.SUPPORTER,
        reason="It fits.",
    )
    by, turns = application.person.user, iter(range(8))

    def answer() -> None:
        given = {"application_id": application.pk, "by": by, "at": A_MOMENT}
        if next(turns) % 2:
            lifecycle.agree(**given, pence=3000)
        else:
            lifecycle.refuse_offer(**given)

    ends = ends_of(answer)

    assert ends == {"done": 1, "WrongState": 7}
    application.refresh_from_db()
    agreed = application.state == Application.State.APPROVED
    assert FeeDue.objects.count() == (1 if agreed else 0)


def test_sweeps_at_once_write_each_lapse_once():
    term = {"starts_on": dt.date(2025, 10, 1), "ends_on": dt.date(2026, 9, 30)}
    people = [make_member(**term) for _each in range(20)]
    now = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)

    ends = ends_of(lambda: lifecycle.lapse_due(at=now), times=4)

    lines = [history.of(one.history_key).values_list("verb", flat=True) for one in people]
    assert ends == {"done": 4}
    assert sorted(Letter.objects.values_list("to", flat=True)) == sorted(p.email for p in people)
    assert [list(verbs) for verbs in lines] == [["the membership lapsed"]] * len(people)
    assert list(history.faults()) == []
