"""Whatever happens in the life of a membership: days covered are days paid, no gap, no overlap.

Random lives are lived through the lifecycle itself: payments early and late, around 29 February,
upgrades, changes of type, suspensions, nights. Each step is held against what it may change.
"""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.dates import add_months
from membership import lifecycle, standing, terms
from membership.lifecycle import periods
from membership.lifecycle.renewals import renewable_until
from membership.models import Application, FeeDue, FeeRate, Membership
from membership.types import MembershipType
from tests.factories import make_application, make_fee_rate, make_officer, make_person
from tests.profiles import pages

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NOON = dt.time(12, tzinfo=dt.UTC)
FIRST_DAYS = st.one_of(
    st.dates(dt.date(2023, 1, 1), dt.date(2032, 12, 31)),
    st.sampled_from([dt.date(2024, 2, 28), dt.date(2024, 2, 29), dt.date(2027, 3, 1)]),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["renew", "renew", "renew", "move", "suspend", "reinstate", "night"]),
        st.one_of(st.integers(0, 30), st.integers(290, 480)),
        st.integers(0, 120),
        st.sampled_from(list(MembershipType)),
    ),
    min_size=1,
    max_size=12,
)


class Life:
    """One person, the day it is, and which days are covered."""

    def __init__(self, day, type):
        self.person, self.officer, self.day = make_person(), make_officer(), day
        self.move(0, type)

    @property
    def at(self):
        return dt.datetime.combine(self.day, NOON)

    @property
    def fees(self):
        return list(FeeDue.objects.filter(person=self.person, starts_on__isnull=False))

    def covered(self):
        """Every covered day, as often as it is covered."""
        days = [
            fee.starts_on + number * DAY
            for fee in self.fees
            for number in range((fee.ends_on - fee.starts_on).days + 1)
        ]
        assert len(days) == len(set(days))
        return set(days)

    def pay(self, fee):
        """Settle a fee, as money that has just come does; False where it was cancelled before."""
        fee.refresh_from_db()
        if fee.cancelled_at is not None:
            return False
        lifecycle.activate(fee_due_id=fee.pk, on=self.day, at=self.at)
        fee.refresh_from_db()
        return True

    # The steps ---------------------------------------------------------------------------

    def renew(self, delay, _type):
        """Another whole year, after the days there are; anew only once these are long over."""
        if lifecycle.renewal_of(self.person, self.day) is None:
            return
        before, last = self.covered(), lifecycle.last_covered(self.person)
        fee = lifecycle.renew(person=self.person, at=self.at)
        self.day += delay * DAY
        if not self.pay(fee):
            return
        first = last + DAY if self.day <= renewable_until(last) else self.day
        assert self.covered() - before == days(first, year_from(first))
        assert before <= self.covered()

    def move(self, delay, type):
        """An approval for a type: first of all, an upgrade, a new type, or a return."""
        if Application.objects.open().filter(person=self.person).exists():
            return
        application = make_application(
            self.person, "approved", type=type, decided_by=self.officer, decided_at=self.at
        )
        price = periods.price_of(application, on=self.day)
        fee = periods.fix_fee(application, price, at=self.at)
        self.day += delay * DAY
        before, old = self.covered(), self.type_today()
        assert self.pay(fee)
        after = self.covered()
        if fee.purpose == FeeDue.Purpose.UPGRADE:
            assert after == before
        elif old is None or old == type:
            last = max(before, default=None)
            is_new = last is None or self.day > last + 30 * DAY
            first = self.day if is_new else last + DAY
            assert after - before == days(first, year_from(first))
        else:
            assert [day for day in before ^ after if day < self.day] == []
            self.check_new_type(fee, after)

    def check_new_type(self, fee, after):
        """It runs from the payment on, a whole year, and years that were paid ahead follow."""
        following = [one for one in self.fees if one.starts_on >= fee.starts_on]
        assert fee.starts_on in (self.day, self.day + DAY)
        assert {one.type for one in following} == {fee.type}
        first = fee.starts_on
        for _one in following:
            first = year_from(first) + DAY
        assert {day for day in after if day >= fee.starts_on} == days(fee.starts_on, first - DAY)

    def suspend(self, _delay, _type):
        self.unchanged(lifecycle.suspend, reason="A complaint.")

    def reinstate(self, _delay, _type):
        self.unchanged(lifecycle.end_suspension)

    def unchanged(self, step, **kwargs):
        before = self.covered()
        step(membership_id=self.person.membership.pk, by=self.officer, at=self.at, **kwargs)
        assert self.covered() == before

    def night(self, _delay, _type):
        """Raises fees and ends them; nothing is covered that nobody paid for."""
        before = self.covered()
        lifecycle.raise_renewals(at=self.at)
        lifecycle.lapse_due(at=self.at)
        assert self.covered() == before

    def type_today(self):
        term = FeeDue.objects.filter(person=self.person).covering(self.day).first()
        return term.type if term else None


def year_from(first):
    return add_months(first, 12) - DAY


def days(first, last):
    return {first + number * DAY for number in range((last - first).days + 1)}


@pytest.fixture(autouse=True)
def every_type_has_its_fee():
    FeeRate.objects.all().delete()
    for one in MembershipType:
        make_fee_rate(one)


@pages(0.4, soak=0.2)
@given(FIRST_DAYS, st.sampled_from(list(MembershipType)), STEPS)
def test_days_covered_are_days_paid_without_gap_or_overlap(first, type, steps):
    life = Life(first, type)

    for name, wait, delay, other in steps:
        life.day += wait * DAY
        getattr(life, name)(delay, other)

        membership = Membership.objects.get(person=life.person)
        is_suspended = membership.suspended_at is not None
        is_active = life.day in life.covered() and not is_suspended
        assert standing.of(life.person, life.day).is_active is is_active
    check_whole(life)


def check_whole(life):
    """Each year is whole, unless a change of type ended it: then the next day is the new type's."""
    fees = sorted(life.fees, key=lambda fee: fee.starts_on)
    for fee, following in itertools.pairwise([*fees, None]):
        is_year = fee.ends_on == terms.whole_period(fee.starts_on, months=12)
        handed_over = following is not None and following.starts_on == fee.ends_on + DAY
        assert is_year or handed_over or fee.purpose == FeeDue.Purpose.UPGRADE
