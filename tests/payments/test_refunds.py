"""Refunds by the office and in PayPal's own pages: nothing goes back twice, or unseen."""

import datetime as dt

import pytest
from django.utils import timezone

from foundation import history
from foundation.dates import add_years
from foundation.models import Letter
from membership.models import FeeDue, Membership
from payments import attempts, invoicing, refund_effects, refunds
from payments.demo_paypal.answers import Answer
from payments.ledger_checks import violations
from payments.models import Attempt, Invoice, Refund
from tests.factories import A_MOMENT, make_fee, make_member, make_officer
from tests.payments.demo_site import Fault, refusal
from tests.payments.money import (
    MINUTE,
    is_active,
    make_attempt,
    make_invoice,
    money_of,
    pay_by_paypal,
    receive,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
REFUND = "/refund"
State, Effect, Origin = Refund.State, Refund.Effect, Refund.Origin


def ask(attempt, pence=7200, effect=Effect.KEEP, key="one", at=A_MOMENT):
    """The office writes a refund down; PayPal is not asked yet."""
    return refunds.request(
        attempt.pk,
        pence=pence,
        effect=effect,
        note="You paid in error.",
        key=key,
        by=make_officer(),
        at=at,
    )


def refund(attempt, pence=7200, effect=Effect.KEEP, key="one", at=A_MOMENT):
    return refunds.send(ask(attempt, pence, effect, key, at).pk, at=at)


def state_of(attempt):
    attempt.refresh_from_db()
    return attempt.state, attempt.refunded_pence


def invoice_of(attempt):
    return Invoice.objects.get(pk=attempt.invoice_id)


def look_again(attempt, at=A_MOMENT + DAY):
    """What the sweep does a day later."""
    attempts.sync_open(at=at)
    refunds.sync_due(at=at)
    attempt.refresh_from_db()


def holds():
    assert list(violations()) == []
    return True


# By the office -------------------------------------------------------------------------------


def test_a_whole_refund_that_keeps_the_membership(paypal):
    attempt = pay_by_paypal(paypal)

    done = refund(attempt)

    invoice = invoice_of(attempt)
    assert (done.state, state_of(attempt)) == (State.COMPLETED, ("refunded", 7200))
    assert (money_of(invoice), invoice.account.balance_pence()) == ([7200, -7200], 0)
    assert (invoice.state, invoice.credited_pence) == (Invoice.State.CREDITED, 7200)
    assert is_active(invoice)
    assert holds()


def test_a_whole_refund_that_ends_the_membership(paypal):
    attempt = pay_by_paypal(paypal)

    refund(attempt, effect=Effect.END)

    invoice = invoice_of(attempt)
    assert (is_active(invoice), Membership.objects.get().resigned_on) == (False, A_MOMENT.date())
    verbs = history.of(invoice.payer.history_key).values_list("verb", flat=True)
    assert "ended the membership" in verbs
    assert not Letter.objects.filter(kind="resigned").exists()
    assert holds()


def periods_of(person):
    return list(person.fees.order_by("pk").values_list("starts_on", "ends_on"))


def test_who_joins_again_after_a_refund_pays_for_one_year_and_gets_one(paypal):
    attempt = pay_by_paypal(paypal)
    first, ten_days_on = timezone.localdate(), A_MOMENT + 10 * DAY
    ended = timezone.localdate(ten_days_on)
    refund(attempt, effect=Effect.END, at=ten_days_on)
    person = attempt.invoice.payer

    receive(make_invoice(7200, person, at=ten_days_on), 7200, at=ten_days_on)

    assert periods_of(person) == [(first, ended), (ended + DAY, add_years(ended + DAY, 1) - DAY)]
    assert holds()


def test_a_year_that_was_paid_ahead_and_refunded_is_given_to_nobody(paypal):
    person = make_member()
    renewal = make_fee(person, 9000, purpose="renewal")
    attempt = pay_by_paypal(paypal, invoicing.raise_for(renewal, at=A_MOMENT))
    before = periods_of(person)

    refund(attempt, 9000, Effect.END)

    assert before == [before[0], (dt.date(2027, 6, 1), dt.date(2028, 5, 31))]
    assert periods_of(person) == [before[0], (None, None)]
    assert holds()


def test_a_refund_that_keeps_the_membership_keeps_its_days(paypal):
    attempt = pay_by_paypal(paypal)
    before = periods_of(attempt.invoice.payer)

    refund(attempt)

    assert periods_of(attempt.invoice.payer) == before


def test_the_payer_is_told_once_with_the_sum_the_reason_and_what_it_means(paypal):
    attempt = pay_by_paypal(paypal)

    refund(attempt, 2000, Effect.END)
    look_again(attempt)

    letter = Letter.objects.get(kind="refunded")
    assert letter.to == attempt.invoice.payer.email
    assert letter.subject == "We have refunded £20.00"
    assert "You paid in error." in letter.text
    assert "Your membership has ended with this refund." in letter.text


def test_part_of_a_payment_is_refunded_and_the_rest_stays(paypal):
    attempt = pay_by_paypal(paypal)

    refund(attempt, 2000)

    invoice = invoice_of(attempt)
    assert state_of(attempt) == ("part_refunded", 2000)
    assert (invoice.state, invoice.paid_pence, invoice.credited_pence) == ("paid", 5200, 2000)
    assert holds()


def test_two_parts_make_a_whole(paypal):
    attempt = pay_by_paypal(paypal)

    refund(attempt, 2000)
    refund(attempt, 5200, key="two")

    assert (state_of(attempt), invoice_of(attempt).state) == (("refunded", 7200), "credited")
    assert holds()


def test_an_overpayment_goes_back_and_the_invoice_stays_paid(paypal):
    attempt = pay_by_paypal(paypal)
    receive(attempt.invoice, 7200)

    refund(attempt)

    invoice = invoice_of(attempt)
    assert (invoice.state, invoice.credited_pence, invoice.account.balance_pence()) == (
        "paid",
        0,
        0,
    )
    assert holds()


def test_the_same_page_sent_twice_is_one_refund(paypal):
    attempt = pay_by_paypal(paypal)

    first, second = refund(attempt, 2000), refund(attempt, 2000)

    assert (first.pk, paypal.count("POST", REFUND)) == (second.pk, 1)
    assert money_of(attempt.invoice) == [7200, -2000]


@pytest.mark.parametrize("pence", [7201, 100_000_000])
def test_more_than_was_captured_is_not_refunded(paypal, pence):
    attempt = pay_by_paypal(paypal)

    with pytest.raises(refunds.TooMuch, match=r"£72\.00 of this payment can still be refunded"):
        ask(attempt, pence)

    assert paypal.count("POST", REFUND) == 0


def test_what_is_asked_for_is_reserved_before_paypal_answers(paypal):
    attempt = pay_by_paypal(paypal)
    ask(attempt, 5000)

    with pytest.raises(refunds.TooMuch, match=r"£22\.00"):
        ask(attempt, 2201, key="two")

    assert ask(attempt, 2200, key="three").pk


def test_nothing_is_left_of_a_payment_that_was_refunded(paypal):
    attempt = pay_by_paypal(paypal)
    refund(attempt)

    with pytest.raises(refunds.TooMuch, match="Nothing of this payment"):
        ask(attempt, 1, key="two")


def test_only_money_that_arrived_is_refunded(paypal):
    with pytest.raises(refunds.NothingCaptured):
        ask(make_attempt(make_invoice()))


def test_a_refund_that_paypal_refuses_is_over_and_its_sum_is_free_again(paypal):
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", REFUND, answer=refusal("REFUND_TIME_LIMIT_EXCEEDED")))

    done = refund(attempt)

    assert (done.state, done.reason) == (State.FAILED, "REFUND_TIME_LIMIT_EXCEEDED")
    assert (state_of(attempt), money_of(attempt.invoice)) == (("captured", 0), [7200])
    assert is_active(attempt.invoice)
    assert holds()


# Unknown -------------------------------------------------------------------------------------


@pytest.mark.parametrize("done", [True, False], ids=["answer lost", "never arrived"])
def test_an_unknown_refund_is_asked_again_and_goes_back_once(paypal, done):
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", REFUND, done=done))

    unknown = refund(attempt, 2000)
    reserved = state_of(attempt)
    refunds.sync_due(at=A_MOMENT + MINUTE)

    assert (unknown.state, reserved) == (State.REQUESTED, ("captured", 2000))
    assert Refund.objects.get().state == State.COMPLETED
    assert money_of(attempt.invoice) == [7200, -2000]
    assert holds()


def test_a_lost_answer_is_found_in_the_order_without_asking_a_second_time(paypal):
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", REFUND, done=True))
    refund(attempt, 2000)

    refunds.sync_due(at=A_MOMENT + MINUTE)

    assert paypal.count("POST", REFUND) == 1


def test_waiting_times_of_an_unknown_refund_grow(paypal):
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", REFUND, times=99))
    unknown = ask(attempt)

    waits = []
    for _ in range(7):
        unknown = refunds.send(unknown.pk, at=A_MOMENT)
        waits.append((unknown.next_check_at - A_MOMENT) / MINUTE)

    assert waits == [1, 2, 5, 15, 60, 24 * 60, 24 * 60]


def test_a_wrong_secret_of_ours_ends_no_refund(paypal):
    attempt = pay_by_paypal(paypal)
    answer = Answer(401, b'{"name": "AUTHENTICATION_FAILURE"}')
    paypal.broken.append(Fault("POST", REFUND, times=2, answer=answer))

    assert refund(attempt).state == State.REQUESTED


@pytest.mark.parametrize(("days", "calls"), [(39, 2), (40, 1)])
def test_a_request_that_paypal_may_have_forgotten_is_never_sent_again(paypal, days, calls):
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", REFUND))
    refund(attempt)

    refunds.sync_due(at=A_MOMENT + days * DAY)

    assert paypal.count("POST", REFUND) == calls
    alarms = Letter.objects.filter(kind="office_payment_alert", text__contains="does not say")
    assert alarms.count() == (calls == 1)


def test_a_refund_on_its_way_is_booked_when_it_has_gone(paypal):
    attempt = pay_by_paypal(paypal, choice="slow_refund")
    slow = refund(attempt, effect=Effect.END)
    before = money_of(attempt.invoice), is_active(attempt.invoice)

    paypal.refunds.settle(slow.paypal_id, completed=True)
    look_again(attempt)

    assert (slow.state, before) == (State.PENDING, ([7200], True))
    assert (money_of(attempt.invoice), is_active(attempt.invoice)) == ([7200, -7200], False)
    assert holds()


def test_a_refund_on_its_way_may_fail(paypal):
    attempt = pay_by_paypal(paypal, choice="slow_refund")
    slow = refund(attempt, effect=Effect.END)

    paypal.refunds.settle(slow.paypal_id, completed=False)
    look_again(attempt)

    assert (Refund.objects.get().state, state_of(attempt)) == (State.FAILED, ("captured", 0))
    assert (money_of(attempt.invoice), is_active(attempt.invoice)) == ([7200], True)
    assert holds()


def test_a_refund_that_fails_after_it_was_complete_is_taken_back_in_the_books(paypal):
    attempt = pay_by_paypal(paypal)
    refund(attempt, 2000)
    with paypal.store.writing() as rows:
        order = rows.order(attempt.order_id)
        order["view"]["purchase_units"][0]["payments"]["refunds"][0]["status"] = "FAILED"
        rows.save_order(order)

    look_again(attempt)
    look_again(attempt, at=A_MOMENT + 2 * DAY)

    assert money_of(attempt.invoice) == [7200, -2000, 2000]
    assert (Refund.objects.get().state, state_of(attempt)) == (State.FAILED, ("captured", 0))


# In PayPal's own pages -----------------------------------------------------------------------


def test_a_refund_in_paypals_pages_is_found_by_the_sweep_and_waits_for_a_person(paypal):
    attempt = pay_by_paypal(paypal)
    paypal.refunds.by_hand(attempt.capture_id, value="20.00")

    look_again(attempt)
    look_again(attempt, at=A_MOMENT + 2 * DAY)

    found = Refund.objects.get()
    assert (found.origin, found.state, found.effect) == ("paypal", "completed", "")
    assert (money_of(attempt.invoice), state_of(attempt)) == (
        [7200, -2000],
        ("part_refunded", 2000),
    )
    assert is_active(attempt.invoice)
    assert Letter.objects.filter(kind="office_payment_alert").count() == 1
    assert not Letter.objects.filter(kind="refunded").exists()
    assert holds()


@pytest.mark.parametrize(("effect", "active"), [(Effect.KEEP, True), (Effect.END, False)])
def test_a_person_says_what_a_refund_in_paypals_pages_means(paypal, effect, active):
    attempt = pay_by_paypal(paypal)
    paypal.refunds.by_hand(attempt.capture_id)
    look_again(attempt)
    found = Refund.objects.get()
    before = invoice_of(attempt).state

    refund_effects.decide(found.pk, effect=effect, by=make_officer(), at=A_MOMENT, note="Seen.")

    assert (before, invoice_of(attempt).state) == ("issued", "credited")
    assert is_active(attempt.invoice) == active
    assert Letter.objects.filter(kind="refunded").count() == 1
    assert holds()


def test_what_a_refund_means_is_said_once(paypal):
    attempt = pay_by_paypal(paypal)
    paypal.refunds.by_hand(attempt.capture_id)
    look_again(attempt)
    said = {"by": make_officer(), "at": A_MOMENT, "note": ""}
    refund_effects.decide(Refund.objects.get().pk, effect=Effect.KEEP, **said)

    with pytest.raises(refund_effects.AlreadyDecided):
        refund_effects.decide(Refund.objects.get().pk, effect=Effect.END, **said)

    assert is_active(attempt.invoice)


def test_a_refund_there_while_ours_is_unknown_are_two(paypal):
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", REFUND, done=True))
    refund(attempt, 2000)
    paypal.refunds.by_hand(attempt.capture_id, value="20.00")

    look_again(attempt)

    origins = Refund.objects.order_by("pk").values_list("origin", "state")
    assert list(origins) == [("office", "completed"), ("paypal", "completed")]
    assert money_of(attempt.invoice) == [7200, -2000, -2000]
    assert holds()


def test_a_refund_there_that_leaves_no_room_for_ours_ends_ours(paypal):
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", REFUND))
    ours = refund(attempt, 2000)
    paypal.refunds.by_hand(attempt.capture_id)

    look_again(attempt)

    ours.refresh_from_db()
    assert (ours.state, ours.reason) == (State.FAILED, "NOTHING_LEFT")
    assert (money_of(attempt.invoice), state_of(attempt)) == ([7200, -7200], ("refunded", 7200))
    assert holds()


def test_an_unnamed_refund_that_our_request_explains_is_ours(paypal):
    """An answer was lost, and PayPal lists the refund without our reference."""
    attempt = pay_by_paypal(paypal)
    paypal.broken.append(Fault("POST", REFUND, done=True))
    refund(attempt, 2000)
    with paypal.store.writing() as rows:
        order = rows.order(attempt.order_id)
        del order["view"]["purchase_units"][0]["payments"]["refunds"][0]["custom_id"]
        rows.save_order(order)

    look_again(attempt)

    assert [(one.origin, one.state) for one in Refund.objects.all()] == [("office", "completed")]
    assert money_of(attempt.invoice) == [7200, -2000]


def test_money_that_came_and_went_before_we_looked_is_booked_both_ways(paypal):
    attempt = pay_by_paypal(paypal, choice="pending")
    paypal.orders.settle_pending(attempt.capture_id, completed=True)
    paypal.refunds.by_hand(attempt.capture_id)

    look_again(attempt)

    assert (money_of(attempt.invoice), state_of(attempt)) == ([7200, -7200], ("refunded", 7200))
    fee = FeeDue.objects.get()
    assert (fee.settled_on is not None, Refund.objects.get().effect) == (True, "")
    assert holds()


def test_a_reversal_is_flagged_and_expels_nobody(paypal):
    attempt = pay_by_paypal(paypal)
    taken = paypal.refunds.by_hand(attempt.capture_id, reversed_=True)

    refunds.adopt(attempt.pk, taken["id"], at=A_MOMENT, reversed_=True)

    assert (state_of(attempt), Refund.objects.get().origin) == (("reversed", 7200), Origin.REVERSAL)
    assert money_of(attempt.invoice) == [7200, -7200]
    assert is_active(attempt.invoice)
    assert "taken back through PayPal" in Letter.objects.get(kind="office_payment_alert").text
    assert holds()


def test_a_refund_of_another_capture_is_not_ours(paypal):
    attempt, other = pay_by_paypal(paypal), pay_by_paypal(paypal)
    theirs = paypal.refunds.by_hand(other.capture_id)

    refunds.adopt(attempt.pk, theirs["id"], at=A_MOMENT, reversed_=False)

    assert Refund.objects.count() == 0


def test_what_came_by_bank_stays_when_the_rest_by_paypal_goes_back(paypal):
    invoice = make_invoice(7200)
    receive(invoice, 200)
    attempt = pay_by_paypal(paypal, invoice)

    refund(attempt, 7000)

    after = invoice_of(attempt)
    assert (after.state, after.paid_pence, after.credited_pence) == ("paid", 200, 7000)
    assert holds()


def test_refunds_of_another_installation_are_left_alone(paypal, settings):
    attempt = pay_by_paypal(paypal)
    ours = ask(attempt)
    settings.PAYPAL_ENV = "live"

    assert refunds.send(ours.pk, at=A_MOMENT).state == State.REQUESTED
    assert (refunds.sync_due(at=A_MOMENT + DAY), paypal.count("POST", REFUND)) == (0, 0)


def test_paid_attempts_are_looked_at_daily_until_no_money_can_go_back(paypal):
    attempt = pay_by_paypal(paypal)

    first = attempt.next_check_at
    attempts.sync_attempt(attempt.pk, at=A_MOMENT + 199 * DAY)
    late = Attempt.objects.get().next_check_at
    attempts.sync_attempt(attempt.pk, at=A_MOMENT + 200 * DAY)

    assert (first, late) == (A_MOMENT + DAY, A_MOMENT + 200 * DAY)
    assert Attempt.objects.get().next_check_at is None
