"""Which price somebody pays: judged by their membership on the event's day, and after it again."""

import datetime as dt

import pytest

from benefits.pricing import MEMBER, OTHER, Facts, Judgement, Price, judge, price_of

DAY = dt.date(2027, 6, 10)
ENDS = dt.date(2027, 5, 31)


def facts(**changes):
    return Facts(**{"event_on": DAY, "member_pence": 6000, "other_pence": 9500, **changes})


def test_a_membership_that_covers_the_day_brings_the_members_price():
    price = price_of(facts(today="active", on_the_day="active", until=dt.date(2027, 12, 31)))

    assert (price.which, price.pence, price.difference_pence) == (MEMBER, 6000, 3500)
    assert price.why == (
        "Members’ price: your membership covers 10 June 2027, the day of the event."
    )


def test_the_days_of_grace_keep_the_members_price():
    price = price_of(facts(today="active", on_the_day="grace", until=ENDS))

    assert (price.which, price.pence) == (MEMBER, 6000)
    assert price.why == (
        "Members’ price: your membership ends on 31 May 2027, and 10 June 2027 is within the days "
        "of grace after it."
    )


@pytest.mark.parametrize(
    ("today", "until", "told"),
    [
        ("active", ENDS, "ends on 31 May 2027"),
        ("grace", ENDS, "ended on 31 May 2027"),
        ("grace", None, "ended"),
    ],
)
def test_a_membership_that_is_over_is_told_as_over(today, until, told):
    price = price_of(facts(today=today, on_the_day="grace", until=until))

    assert price.why == (
        f"Members’ price: your membership {told}, and 10 June 2027 is within the days of grace "
        "after it."
    )


def test_a_membership_that_ends_before_the_event_is_told_of_the_difference():
    price = price_of(facts(today="active", on_the_day="lapsed", until=ENDS))

    assert (price.which, price.pence, price.difference_pence) == (MEMBER, 6000, 3500)
    assert price.why == (
        "Members’ price, if you renew: your membership ends on 31 May 2027, before the event. You "
        "pay the members’ price now. If your membership does not cover 10 June 2027, we invoice "
        "the difference of £35.00."
    )


@pytest.mark.parametrize("standing", ["none", "lapsed", "suspended", "resigned", "deceased"])
def test_nobody_else_gets_the_members_price(standing):
    price = price_of(facts(today=standing, on_the_day=standing))

    assert (price.which, price.pence, price.difference_pence) == (OTHER, 9500, 3500)
    assert price.why == (
        "Full price: no membership of yours covers the day of the event. If one does on "
        "10 June 2027, we give you back the difference of £35.00."
    )


def test_where_there_is_one_price_everybody_pays_it():
    price = price_of(facts(member_pence=9500, today="active", on_the_day="active"))

    assert price == Price(OTHER, 9500, "Everybody pays the same.")


def test_a_member_who_lapsed_before_the_event_owes_the_difference():
    found = judge(paid=MEMBER, difference_pence=3500, facts=facts(on_the_day="lapsed"))

    assert found.pence == 3500
    assert found.why == "Your membership did not cover 10 June 2027, the day of the event."


def test_who_joined_before_the_event_gets_the_difference_back():
    found = judge(paid=OTHER, difference_pence=3500, facts=facts(on_the_day="active"))

    assert found == Judgement(-3500, "Your membership covered 10 June 2027, the day of the event.")


@pytest.mark.parametrize(
    ("paid", "standing"), [(MEMBER, "active"), (MEMBER, "grace"), (OTHER, "none")]
)
def test_who_paid_the_price_of_the_day_owes_nothing(paid, standing):
    found = judge(paid=paid, difference_pence=3500, facts=facts(on_the_day=standing))

    assert found == Judgement(0, "")
