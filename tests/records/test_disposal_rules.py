"""Whether a record may be destroyed on a day: each objection, and what changed since a proposal."""

from datetime import date

import pytest

from records.disposal.rules import (
    NOT_CONFIRMED,
    Judgement,
    as_proposed,
    changed,
    judge,
    rules_moved,
)
from records.disposal_words import Ground
from records.retention import Retention, Status
from records.retention_facts import Capacity, Category, Facts, Hold, HoldKind
from records.retention_rules import LACKS_CAPACITY
from tests.records.judged import DAY, a_record, judged

LAST = date(2030, 6, 15)
"""The last day of the ordinary record."""


def judgement(*, on, extended_until=None, **facts):
    result = judged(on=on, **facts)
    return judge(a_record(**facts), result, extended_until=extended_until, on=on)


def test_a_record_may_go_on_the_day_after_its_last():
    kept = judged(on=LAST).words

    assert judgement(on=LAST) == Judgement(kept, Ground.PERIOD_OVER, LAST)
    assert kept.startswith("Keep until 15 June 2030: ")
    assert judgement(on=LAST + DAY) == Judgement("", Ground.PERIOD_OVER, LAST)


@pytest.mark.parametrize(
    "facts",
    [
        {"care_concluded_on": None},
        {"category": None},
        {"holds": (Hold(HoldKind.LEGAL, date(2023, 1, 1)),)},
        {"last_contact_on": date(1900, 1, 1)},
    ],
)
def test_whatever_keeps_a_record_is_the_objection(facts):
    on = LAST + DAY

    assert judgement(on=on, **facts).objection == judged(on=on, **facts).words


@pytest.mark.parametrize(
    ("on", "objection"),
    [
        (LAST, "Even without the rule that has no end it must be kept until 15 June 2030."),
        (LAST + DAY, ""),
    ],
)
def test_without_an_end_every_rule_with_a_date_must_be_over(on, objection):
    found = judgement(on=on, capacity=Capacity.LACKS)

    assert found == Judgement(objection, Ground.NO_RELEVANCE, LAST)


def test_without_any_date_nothing_may_go():
    endless = Retention(Status.INDEFINITE_REVIEW, LACKS_CAPACITY, "Keep.")
    found = judge(a_record(capacity=Capacity.LACKS), endless, extended_until=None, on=LAST)

    words = "Even without the rule that has no end it must be kept until a day that is not known."
    assert found == Judgement(words, Ground.NO_RELEVANCE, None)


@pytest.mark.parametrize(
    ("extended_until", "objection"),
    [
        (LAST + DAY, ""),
        (LAST + 2 * DAY, "It is kept longer, until 17 June 2030, for the reason given."),
    ],
)
def test_a_longer_keeping_ends_with_its_day(extended_until, objection):
    found = judgement(on=LAST + 2 * DAY, extended_until=extended_until)

    assert found == Judgement(objection, Ground.PERIOD_OVER, LAST)


def test_the_latest_of_all_dates_counts():
    found = judgement(on=LAST + DAY, known_on=date(2029, 1, 1))

    assert found.kept_until == date(2032, 1, 1)


@pytest.mark.parametrize(
    ("facts", "objection"),
    [
        ({"capacity": Capacity.UNKNOWN}, NOT_CONFIRMED),
        ({"capacity": Capacity.UNKNOWN, "died_on": date(2022, 6, 15)}, ""),
        ({"capacity": Capacity.HAS}, ""),
    ],
)
def test_of_the_living_the_capacity_must_be_known(facts, objection):
    assert judgement(on=LAST + DAY, **facts).objection == objection


def test_another_objection_comes_before_the_capacity():
    assert judgement(on=LAST, capacity=Capacity.UNKNOWN).objection == (
        judged(on=LAST, capacity=Capacity.UNKNOWN).words
    )


FULL = Facts(
    born_on=date(1975, 3, 9),
    capacity=Capacity.HAS,
    category=Category.GENERAL,
    care_concluded_on=date(2022, 6, 15),
    holds=(
        Hold(HoldKind.LEGAL, date(2023, 1, 1)),
        Hold(HoldKind.COMPLAINT, date(2024, 1, 1), date(2024, 2, 2)),
    ),
)


def test_a_proposal_keeps_every_fact_as_plain_values():
    assert as_proposed(FULL, reference="CM-1") == {
        "born_on": "1975-03-09",
        "capacity": "has",
        "category": "general",
        "care_concluded_on": "2022-06-15",
        "last_contact_on": None,
        "died_on": None,
        "known_on": None,
        "reference": "CM-1",
        "holds": [["complaint", "2024-01-01", "2024-02-02"], ["legal", "2023-01-01", ""]],
    }


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, None),
        ({"reference": "CM-2"}, "the reference was"),
        ({"born_on": "1975-03-10"}, "the date of birth was"),
        ({"holds": []}, "the holds were"),
        ({"capacity": "lacks", "holds": []}, "the capacity and the holds were"),
        (
            {"category": None, "care_concluded_on": None, "last_contact_on": "2022-06-16"},
            "the kind of record, the day care ended and the last contact were",
        ),
        (
            {"died_on": "2026-01-01", "known_on": "2026-01-01"},
            "the date of death and the date of knowledge were",
        ),
    ],
)
def test_what_changed_since_the_proposal_is_named(change, words):
    before = as_proposed(FULL, reference="CM-1")

    said = f"Changed since it was proposed: {words} not the same then. Propose it anew."
    assert changed(before, before | change) == (said if words else "")


def test_rules_that_moved_are_named():
    assert rules_moved(("R-A1", LAST), ("R-A1", LAST)) == ""
    assert rules_moved(("R-A1", LAST), ("R-C1", LAST)) == (
        "The rules were changed since it was proposed: now R-C1 governs, until 15 June 2030. "
        "Propose it anew."
    )
    assert rules_moved(("R-A1", LAST), ("R-A1", LAST + DAY)) == (
        "The rules were changed since it was proposed: now R-A1 governs, until 16 June 2030. "
        "Propose it anew."
    )
