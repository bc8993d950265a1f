"""What an order means for an attempt: every row of the table of steps."""

import datetime as dt

import pytest

from payments.gateways.orders import Capture, Money, Order
from payments.verdicts import KEEP, Facts, Step, Verdict, judge

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


def facts(**changes):
    values = {
        "ref": "P1",
        "amount_pence": 7200,
        "merchant_id": "M1",
        "rest_pence": 7200,
        "started_at": NOW,
    }
    return Facts(**{**values, **changes})


def order(status="APPROVED", captures=(), **changes):
    values = {
        "id": "O1",
        "status": status,
        "custom_id": "P1",
        "amount": Money(7200),
        "payee_merchant_id": "M1",
        "captures": tuple(captures),
    }
    return Order(**{**values, **changes})


def capture(status, pence=7200, currency="GBP", reason=""):
    return Capture("C1", status, Money(pence, currency), reason)


def step(known, seen, at=NOW):
    verdict = judge(known, seen, at=at)
    return verdict.step, verdict.reason


def test_an_approved_order_that_agrees_is_captured():
    assert step(facts(), order()) == (Step.CAPTURE, "")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"custom_id": "P2"}, "OTHER_ATTEMPT"),
        ({"amount": Money(7201)}, "OTHER_AMOUNT"),
        ({"amount": Money(7200, "EUR")}, "OTHER_CURRENCY"),
        ({"payee_merchant_id": "M2"}, "OTHER_PAYEE"),
    ],
)
def test_an_approved_order_that_differs_is_stopped_without_capture(change, reason):
    assert step(facts(), order(**change)) == (Step.STOP, reason)


@pytest.mark.parametrize(
    ("rest", "verdict"),
    [
        (0, (Step.CANCEL, "PAID_OTHERWISE")),
        (7199, (Step.CANCEL, "SUM_DUE_CHANGED")),
        (7200, (Step.CAPTURE, "")),
    ],
)
def test_an_invoice_paid_meanwhile_is_not_paid_again(rest, verdict):
    assert step(facts(rest_pence=rest), order()) == verdict


@pytest.mark.parametrize(
    ("try_no", "acted", "expected"),
    [
        (1, False, Verdict(Step.CAPTURE)),
        (2, False, KEEP),
        (2, True, Verdict(Step.CAPTURE)),
        (5, True, Verdict(Step.CAPTURE)),
        (6, True, Verdict(Step.DECLINE, "TOO_MANY_TRIES")),
    ],
)
def test_one_capture_an_approval_and_five_tries_in_all(try_no, acted, expected):
    known = facts(try_no=try_no, payer_acted=acted)

    assert judge(known, order(), at=NOW) == expected


@pytest.mark.parametrize(("due", "expected"), [(True, Step.CAPTURE), (False, Step.KEEP)])
def test_a_capture_under_way_is_left_alone_until_its_time(due, expected):
    known = facts(is_capturing=True, capture_is_due=due)

    assert step(known, order())[0] == expected


@pytest.mark.parametrize(
    ("due", "expected"), [(True, Verdict(Step.BACK_TO_PAYER, "NOT_APPROVED")), (False, KEEP)]
)
def test_a_capture_whose_order_lost_its_approval_goes_back_to_the_payer(due, expected):
    known = facts(is_capturing=True, capture_is_due=due)

    assert judge(known, order("PAYER_ACTION_REQUIRED"), at=NOW) == expected


@pytest.mark.parametrize(
    ("hours", "seconds", "expected"),
    [(71, 3599, KEEP), (72, 0, Verdict(Step.EXPIRE, "TOO_OLD"))],
)
def test_an_order_waits_for_its_payer_for_three_days(hours, seconds, expected):
    at = NOW + dt.timedelta(hours=hours, seconds=seconds)

    assert judge(facts(), order("PAYER_ACTION_REQUIRED"), at=at) == expected


def test_a_voided_order_has_run_out():
    assert step(facts(), order("VOIDED")) == (Step.EXPIRE, "VOIDED")


@pytest.mark.parametrize("is_open", [True, False])
def test_money_that_came_is_booked_whatever_our_own_state_says(is_open):
    seen = order("COMPLETED", [capture("COMPLETED")])

    assert step(facts(is_open=is_open, rest_pence=0), seen) == (Step.BOOK, "")


def test_a_completed_order_without_a_capture_is_not_money():
    assert step(facts(), order("COMPLETED"))[0] == Step.KEEP


def test_money_of_another_currency_is_stopped():
    seen = order("COMPLETED", [capture("COMPLETED", currency="EUR")])

    assert step(facts(), seen) == (Step.STOP, "OTHER_CURRENCY")


@pytest.mark.parametrize(
    ("payee", "expected"),
    [
        ("M1", (Step.BOOK, "")),
        ("M2", (Step.STOP, "OTHER_PAYEE")),
        ("", (Step.BOOK, "OTHER_PAYEE")),
    ],
)
def test_money_that_went_to_another_account_did_not_come_to_us(payee, expected):
    seen = order("COMPLETED", [capture("COMPLETED")], payee_merchant_id=payee)

    assert step(facts(), seen) == expected


def test_money_that_differs_from_what_we_asked_is_booked_and_named():
    seen = order("COMPLETED", [capture("COMPLETED", 7100)], custom_id="P2")

    assert step(facts(), seen) == (Step.BOOK, "OTHER_ATTEMPT")


def test_pending_money_waits_with_its_reason():
    seen = order("COMPLETED", [capture("PENDING", reason="ECHECK")])

    assert step(facts(), seen) == (Step.PEND, "ECHECK")


@pytest.mark.parametrize("status", ["DECLINED", "FAILED"])
def test_a_refused_capture_ends_the_attempt(status):
    assert step(facts(), order("COMPLETED", [capture(status)])) == (Step.DECLINE, status)


def test_a_later_good_capture_outweighs_an_earlier_refused_one():
    seen = order("COMPLETED", [capture("DECLINED"), capture("COMPLETED")])

    assert step(facts(), seen)[0] == Step.BOOK


@pytest.mark.parametrize("status", ["REFUNDED", "PARTIALLY_REFUNDED"])
def test_money_that_came_and_went_before_we_looked_is_booked_first(status):
    assert step(facts(), order("COMPLETED", [capture(status)]))[0] == Step.BOOK


def test_a_capture_in_a_state_nobody_knows_is_for_the_office():
    assert step(facts(), order("COMPLETED", [capture("LOST")])) == (Step.STOP, "LOST")


@pytest.mark.parametrize(
    ("taken", "expected", "reason"),
    [
        (capture("COMPLETED"), Step.BOOK, ""),
        (capture("COMPLETED", currency="EUR"), Step.STOP, "OTHER_CURRENCY"),
        (capture("PENDING", reason="ECHECK"), Step.PEND, "ECHECK"),
        (capture("DECLINED"), Step.DECLINE, "DECLINED"),
        (capture("LOST"), Step.STOP, "LOST"),
    ],
)
def test_a_verdict_about_a_capture_names_the_capture(taken, expected, reason):
    seen = order("COMPLETED", [taken])

    assert judge(facts(), seen, at=NOW) == Verdict(expected, reason, taken)


def test_money_that_another_payee_took_is_named_with_its_capture():
    taken = capture("COMPLETED")
    seen = order("COMPLETED", [taken], payee_merchant_id="M2")

    assert judge(facts(), seen, at=NOW) == Verdict(Step.STOP, "OTHER_PAYEE", taken)


@pytest.mark.parametrize(
    "seen",
    [
        order("APPROVED"),
        order("VOIDED"),
        order("COMPLETED", [capture("PENDING")]),
        order("COMPLETED", [capture("DECLINED")]),
    ],
)
def test_a_closed_attempt_moves_for_money_alone(seen):
    assert step(facts(is_open=False), seen)[0] == Step.KEEP
