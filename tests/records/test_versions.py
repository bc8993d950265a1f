"""Which version of the retention rules is in force on a day, and who follows it."""

import datetime as dt

import pytest

from foundation.dated_versions import NotAdoptable, UnknownRules
from records import export, register, versions
from records.models import RetentionRules
from records.models.rules import FIGURES
from records.reckoning import reckon
from records.retention_rules import FAQ_ONLY, NHS_2021, PUBLISHED, shorter_than_published
from tests.factories import A_DAY, A_MOMENT, make_officer
from tests.records.records import (
    facts,
    make_draft_retention_rules,
    make_record,
    make_retention_rules,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def adopt(draft, **kwargs):
    given = {
        "effective_from": A_DAY,
        "board_minute": "Board of 1 November 2026, item 4",
        "by": make_officer(),
        "at": A_MOMENT,
    }
    return versions.adopt(rules_id=draft.pk, **{**given, **kwargs})


def test_the_first_version_says_what_is_published():
    rules = versions.in_force(on=A_DAY)

    assert (rules.version, rules.effective_from) == ("2026-1", dt.date(2000, 1, 1))
    assert rules.dated == NHS_2021.dated


def test_a_version_is_in_force_from_its_day_on():
    make_retention_rules(adult_years=10)

    before, after = (versions.in_force(on=day) for day in (A_DAY - DAY, A_DAY))

    assert (before.version, after.version) == ("2026-1", "2026-2")
    assert [rule.years for rule in after.dated if rule.code == "R-A1"] == [10]


def test_every_figure_of_a_row_reaches_its_rule():
    figures = {name: 31 + number for number, name in enumerate(FIGURES)}
    make_retention_rules(**figures)

    rules = versions.in_force(on=A_DAY)

    assert {rule.figure: rule.years for rule in rules.dated if rule.figure} == figures


def test_another_figure_cites_the_minute_and_what_is_published():
    make_retention_rules(adult_years=10, child_age=21)

    rules = {rule.code: rule for rule in versions.in_force(on=A_DAY).dated}

    assert rules["R-A1"].period.startswith("10 years after the end of care")
    assert rules["R-A1"].source.startswith(
        "Board of 1 November 2026, item 4; published is 8 (NHS Records"
    )
    assert rules["R-C1"].period == "21st birthday"
    assert rules["R-C2"].source == "NHS Records Management Code of Practice 2021, appendix II"


def test_what_is_shorter_than_published_is_named():
    make_retention_rules(adult_years=7, child_age=26)

    shorter = shorter_than_published(versions.in_force(on=A_DAY))

    assert [rule.code for rule in shorter] == ["R-A1"]


def test_a_version_may_take_the_reading_of_the_faq():
    make_retention_rules(reading="faq_only")

    rules = versions.in_force(on=A_DAY)

    assert (rules.code, rules.dated) == ("faq_only", FAQ_ONLY.dated)
    assert list(versions.readings(on=A_DAY)) == ["faq_only", "nhs_2021"]


def test_a_record_is_answered_by_the_rules_of_the_day():
    make_retention_rules(adult_years=10, effective_from=A_DAY + DAY)
    record = make_record()

    reckon(record, [], on=A_DAY)
    before = record.rule_set, record.retain_until
    reckon(record, [], on=A_DAY + DAY)

    assert before == ("2026-1", dt.date(2030, 6, 15))
    assert (record.rule_set, record.retain_until) == ("2026-2", dt.date(2032, 6, 15))


def test_a_correction_follows_the_version_in_force():
    record = make_record()
    make_retention_rules(adult_years=10)

    register.change(
        record_id=record.pk,
        facts=facts(reference=record.reference),
        by=record.owner.user,
        at=A_MOMENT,
    )

    record.refresh_from_db()
    assert (record.rule_set, record.retain_until) == ("2026-2", dt.date(2032, 6, 15))


def test_there_are_no_rules_before_the_first():
    with pytest.raises(UnknownRules) as caught:
        versions.in_force(on=dt.date(1999, 12, 31))

    assert str(caught.value) == "No rules were in force on 31 December 1999."


def test_a_draft_is_in_force_for_nobody_until_it_is_adopted():
    draft = make_draft_retention_rules(adult_years=10)
    before = versions.in_force(on=A_DAY).version

    adopt(draft)

    assert (before, versions.in_force(on=A_DAY).version) == ("2026-1", "next")


def test_rules_are_adopted_once():
    draft = make_draft_retention_rules()
    adopt(draft)

    with pytest.raises(NotAdoptable, match="adopted before, by: Board of 1 November"):
        adopt(draft, board_minute="Another")


def test_rules_begin_today_at_the_earliest():
    draft = make_draft_retention_rules()

    with pytest.raises(NotAdoptable, match="cannot begin in the past"):
        adopt(draft, effective_from=A_DAY - DAY)
    adopt(draft, effective_from=A_DAY)

    assert RetentionRules.objects.get(pk=draft.pk).effective_from == A_DAY


def test_rules_are_not_adopted_without_a_minute():
    with pytest.raises(NotAdoptable, match="board minute"):
        adopt(make_draft_retention_rules(), board_minute="  ")


def test_two_versions_cannot_begin_on_one_day():
    adopt(make_draft_retention_rules(version="one"))

    with pytest.raises(NotAdoptable, match="Other rules begin on 22 November 2026"):
        adopt(make_draft_retention_rules(version="two"))


def test_a_row_without_a_figure_of_its_own_has_the_published_ones():
    assert make_draft_retention_rules().figures == PUBLISHED


def test_an_export_cites_the_version_that_a_record_was_answered_by():
    record = make_record()
    make_retention_rules(adult_years=10)
    before = next(export.rows(record.register))
    register.change(
        record_id=record.pk,
        facts=facts(reference=record.reference),
        by=record.owner.user,
        at=A_MOMENT,
    )

    after = next(export.rows(record.register))

    citation = export.HEAD.index("citation")
    assert before[citation].startswith("NHS Records Management Code of Practice 2021")
    assert after[citation].startswith("Board of 1 November 2026, item 4; published is 8")
