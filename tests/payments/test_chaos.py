"""Whatever breaks, in whatever order: in the end the money is right, and nobody paid twice."""

import pytest
from django.db import transaction
from hypothesis import event, given
from hypothesis import strategies as st

from payments.demo_paypal.faults import Line
from tests.payments.chaos import POINTS, World, check
from tests.profiles import pages

pytestmark = pytest.mark.django_db
TROUBLE = [line for line in Line if line != Line.GOOD]
SUMS = ["", "20.00", "0.01", "72.00"]


def step(name, *arguments):
    return st.tuples(st.just(name), st.tuples(*arguments))


CLICKS = st.integers(1, 2)
EFFECTS = st.sampled_from(["keep", "end"])
USUAL = st.one_of(
    step("pay", CLICKS),
    step("choose", st.sampled_from(["pay", "pay", "pay", "decline", "pending", "slow_refund"])),
    step("come_back", CLICKS),
    step("deliver", st.integers(0, 20), CLICKS),
    step("sweep"),
)
UNUSUAL = st.one_of(
    step("cancel"),
    step("transfer", st.sampled_from([7200, 100])),
    step("settle_pending", st.booleans()),
    step("settle_refunds", st.booleans()),
    step("refund_there", st.sampled_from(SUMS), st.booleans()),
    step("refund", st.sampled_from([1, 2000, 7200]), EFFECTS, CLICKS),
    step("decide", EFFECTS),
    step("complain"),
    step("resolve", st.booleans()),
    step("wait", st.sampled_from([1, 10, 130, 24 * 60, 4 * 24 * 60])),
)
BAD = st.one_of(
    step("trouble", st.sampled_from(TROUBLE)),
    step("trouble", st.sampled_from(TROUBLE), st.sampled_from(list(Line))),
    step("die", st.sampled_from(POINTS)),
)
SCHEDULES = st.lists(st.one_of(USUAL, USUAL, UNUSUAL, BAD), max_size=24)
# Where a payment begins, so that most schedules get as far as money.
BEGINNINGS = st.sampled_from(
    [
        [],
        [("pay", (1,)), ("choose", ("pay",))],
        [("pay", (2,)), ("choose", ("pay",)), ("come_back", (1,))],
        [("pay", (1,)), ("choose", ("slow_refund",)), ("come_back", (1,))],
    ]
)


@pytest.fixture
def line(paypal, settings):
    """Impatient, or every silence would cost seconds."""
    settings.PAYPAL_TIMEOUT = (2.0, 0.4)
    return paypal


@pages(1, soak=0.6)
@given(beginning=BEGINNINGS, schedule=SCHEDULES)
def test_in_the_end_the_money_is_right(line, beginning, schedule):
    with transaction.atomic():
        world = World(line)

        for name, arguments in [*beginning, *schedule]:
            getattr(world, name)(*arguments)
        world.calm_down()

        check(world)
        event(f"ended {world.ending()}")
        transaction.set_rollback(True)


@pytest.mark.parametrize("point", POINTS)
def test_a_payment_and_its_refund_survive_a_death_at_every_point(line, point):
    world = World(line)

    world.die(point)
    world.pay()
    world.pay()
    world.choose("pay")
    world.come_back()
    for number in range(3):
        world.deliver(number)
    world.refund(2000, "keep")
    world.calm_down()

    check(world)
    assert world.death.point == "" or point.startswith("after /verify")
