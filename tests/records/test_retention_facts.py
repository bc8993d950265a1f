"""Facts that are missing, odd or impossible, and the sentence about an answer."""

from datetime import date

import pytest

from records.retention import Status
from records.retention_facts import Capacity, Hold, HoldKind
from tests.records.judged import DAY, TODAY, answer, candidates, judged


def test_care_that_goes_on_has_no_period_yet():
    result = judged(care_concluded_on=None, born_on=None, category=None)

    assert answer(result) == (Status.ACTIVE, None, "R-0")
    assert candidates(result) == []


@pytest.mark.parametrize(("on", "stale"), [(date(2026, 5, 1), False), (date(2026, 5, 2), True)])
def test_care_without_contact_for_over_a_year_is_pointed_out(on, stale):
    result = judged(on=on, care_concluded_on=None, last_contact_on=date(2025, 5, 1))

    expected = ("There has been no contact since 1 May 2025: has care ended?",) if stale else ()
    assert result.warnings == expected


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"born_on": None}, "Missing: date of birth."),
        ({"category": None}, "Missing: kind of record (general or mental health)."),
    ],
)
def test_no_date_is_said_while_a_fact_is_missing(changed, words):
    result = judged(**changed, holds=(Hold(HoldKind.LEGAL, date(2024, 1, 2)),))

    assert answer(result) == (Status.NEEDS_INFORMATION, None, "R-X")
    assert result.warnings == (words,)


INVALID = [
    ({"born_on": TODAY + DAY, "care_concluded_on": None}, "born_on"),
    ({"care_concluded_on": TODAY + DAY}, "care_concluded_on"),
    ({"last_contact_on": TODAY + DAY}, "last_contact_on"),
    ({"died_on": TODAY + DAY}, "died_on"),
    ({"known_on": TODAY + DAY}, "known_on"),
    ({"care_concluded_on": date(1975, 3, 8)}, "care_concluded_on"),
    ({"last_contact_on": date(1975, 3, 8)}, "last_contact_on"),
    ({"died_on": date(1975, 3, 8)}, "died_on"),
    ({"known_on": date(1975, 3, 8)}, "known_on"),
    ({"holds": (Hold(HoldKind.LEGAL, TODAY + DAY),)}, "holds"),
    ({"holds": (Hold(HoldKind.LEGAL, TODAY, TODAY + DAY),)}, "holds"),
    ({"holds": (Hold(HoldKind.LEGAL, TODAY, TODAY - DAY),)}, "holds"),
]


@pytest.mark.parametrize(("changed", "field"), INVALID)
def test_dates_that_cannot_be_right_give_no_date(changed, field):
    result = judged(**changed)

    assert answer(result) == (Status.INVALID, None, "R-V")
    assert [problem.field for problem in result.problems] == [field]


VALID = [
    {"care_concluded_on": TODAY},
    {"last_contact_on": TODAY},
    {"died_on": TODAY},
    {"known_on": TODAY},
    {"last_contact_on": date(1975, 3, 9)},
    {"holds": (Hold(HoldKind.LEGAL, TODAY, TODAY),)},
]


@pytest.mark.parametrize("changed", VALID)
def test_today_and_the_day_of_birth_are_dates_like_any_other(changed):
    assert judged(**changed).status is Status.RETAIN


def test_unknown_capacity_is_presumed_and_pointed_out():
    result = judged(capacity=Capacity.UNKNOWN)

    assert answer(result) == (Status.RETAIN, date(2030, 6, 15), "R-A1")
    assert [words[:26] for words in result.warnings] == ["Capacity is not recorded, "]


def test_paperwork_and_calls_after_death_are_pointed_out():
    result = judged(died_on=date(2022, 6, 1), last_contact_on=date(2022, 6, 10))

    assert answer(result) == (Status.RETAIN, date(2030, 6, 15), "R-A1")
    assert [words.split(":")[0] for words in result.warnings] == [
        "Care was concluded after the death",
        "The last contact was after the death",
    ]


def test_the_sentence_names_the_date_the_rule_the_reason_and_the_source():
    result = judged(born_on=date(2004, 8, 3), care_concluded_on=date(2021, 12, 1))

    assert result.words == (
        "Keep until 3 August 2030: 26th birthday, because the client was 17 when care ended or at "
        "the last contact (NHS Records Management Code of Practice 2021, appendix II)."
    )
