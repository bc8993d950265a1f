"""Which version of the figures is in force on a day."""

import datetime as dt

import pytest

from foundation.dated_versions import UnknownRules
from membership import rules
from membership.models import EligibilityRules
from tests.factories import make_rules

pytestmark = pytest.mark.django_db
FROM = dt.date(2026, 5, 1)


def test_a_version_is_in_force_from_its_day_on():
    make_rules(version="2026-2", effective_from=FROM, months_required=30, hours_required=3000)

    before = rules.in_force(on=FROM - dt.timedelta(days=1))
    after = rules.in_force(on=FROM)

    assert (before.version, before.months, before.hours) == ("2026-1", 24, 2500)
    assert (after.version, after.months, after.hours) == ("2026-2", 30, 3000)


def test_every_figure_of_the_row_reaches_the_rules():
    make_rules(
        version="all",
        effective_from=FROM,
        months_required=1,
        hours_required=2,
        dbs_flag_years=4,
        low_hours_per_week=5,
    )

    found = rules.named("all")

    figures = (found.months, found.hours, found.referees, found.dbs_flag_years)
    assert figures == (1, 2, 2, 4)
    assert found.low_hours_a_week == 5


def test_the_first_version_says_what_the_rules_say_without_a_database():
    found = rules.named("2026-1")

    plain = rules.Rules(version="2026-1")
    assert found == plain


def test_there_are_no_rules_before_the_first():
    with pytest.raises(UnknownRules) as caught:
        rules.in_force(on=dt.date(1999, 12, 31))

    assert str(caught.value) == "No rules were in force on 31 December 1999."


def test_an_unknown_version_names_those_there_are():
    make_rules(version="2026-2", effective_from=FROM)

    with pytest.raises(UnknownRules) as caught:
        rules.named("2031")

    assert str(caught.value) == "There are no rules “2031”. There are: 2026-2, 2026-1."


def test_without_any_rules_nothing_is_judged():
    EligibilityRules.objects.all().delete()

    with pytest.raises(UnknownRules):
        rules.in_force(on=FROM)
