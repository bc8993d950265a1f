"""Each retention rule on each side of its numbers, and which of them governs."""

from datetime import date

import pytest

from foundation.dates import birthday
from records.retention import INDEFINITE, Status
from records.retention_facts import Capacity, Category, Hold, HoldKind
from tests.records.judged import BORN, DAY, TODAY, answer, candidates, judged


def test_an_adult_record_is_kept_eight_years_after_care():
    result = judged()

    assert answer(result) == (Status.RETAIN, date(2030, 6, 15), "R-A1")
    assert candidates(result) == [("R-A1", date(2030, 6, 15))]
    assert result.warnings == ()


def test_the_last_day_is_still_kept_and_the_next_is_due():
    last_day = date(2030, 6, 15)

    assert judged(on=last_day).status is Status.RETAIN
    assert judged(on=last_day + DAY).status is Status.DUE_FOR_REVIEW


def test_care_that_ended_on_a_leap_day_is_kept_to_a_leap_day_eight_years_on():
    result = judged(care_concluded_on=date(2016, 2, 29), on=date(2024, 2, 29))

    assert answer(result) == (Status.RETAIN, date(2024, 2, 29), "R-A1")


@pytest.mark.parametrize(
    ("ended_on", "until", "rule"),
    [
        (birthday(BORN, 17) - DAY, birthday(BORN, 25), "R-C1"),
        (birthday(BORN, 17), birthday(BORN, 26), "R-C2"),
        (birthday(BORN, 18) - DAY, birthday(BORN, 26), "R-C2"),
        (birthday(BORN, 18), birthday(BORN, 26), "R-A1"),
    ],
)
def test_the_17th_and_the_18th_birthday_divide_the_rules(ended_on, until, rule):
    result = judged(born_on=BORN, care_concluded_on=ended_on)

    assert (result.retain_until, result.rule.code) == (until, rule)


@pytest.mark.parametrize(
    ("ended_on", "until", "rule"),
    [
        (date(2025, 2, 28), date(2033, 3, 1), "R-C1"),
        (date(2025, 3, 1), date(2034, 3, 1), "R-C2"),
        (date(2026, 2, 28), date(2034, 3, 1), "R-C2"),
        (date(2026, 3, 1), date(2034, 3, 1), "R-A1"),
    ],
)
def test_a_leap_day_child_comes_of_age_on_the_first_of_march(ended_on, until, rule):
    result = judged(born_on=date(2008, 2, 29), care_concluded_on=ended_on)

    assert (result.retain_until, result.rule.code) == (until, rule)


def test_a_contact_at_17_after_care_as_a_child_adds_the_26th_birthday():
    result = judged(
        born_on=BORN, care_concluded_on=date(2012, 1, 1), last_contact_on=birthday(BORN, 17)
    )

    assert candidates(result) == [("R-C1", birthday(BORN, 25)), ("R-C2", birthday(BORN, 26))]


def test_a_contact_as_an_adult_adds_the_adult_rule_to_a_childs_record():
    result = judged(
        born_on=BORN, care_concluded_on=date(2012, 1, 1), last_contact_on=birthday(BORN, 18)
    )

    assert candidates(result) == [("R-C1", birthday(BORN, 25)), ("R-A1", birthday(BORN, 26))]


def test_an_earlier_contact_does_not_shorten_the_period():
    assert judged(last_contact_on=date(2021, 1, 1)).retain_until == date(2030, 6, 15)


def test_a_later_contact_starts_the_period_again_and_is_pointed_out():
    result = judged(last_contact_on=date(2023, 1, 10))

    assert result.retain_until == date(2031, 1, 10)
    assert result.warnings == (
        "The last contact was after the end of care: the record came back into use.",
    )


def test_an_adult_lacking_capacity_is_kept_without_an_end():
    result = judged(capacity=Capacity.LACKS, category=Category.MENTAL_HEALTH)

    assert answer(result) == (Status.INDEFINITE_REVIEW, INDEFINITE, "R-A2")
    assert candidates(result) == [("R-A1", date(2030, 6, 15)), ("R-M1", date(2042, 6, 15))]


@pytest.mark.parametrize(
    ("on", "until"),
    [(date(2028, 5, 3), birthday(date(2010, 5, 4), 25)), (date(2028, 5, 4), INDEFINITE)],
)
def test_lacking_capacity_counts_from_the_18th_birthday(on, until):
    result = judged(on=on, born_on=date(2010, 5, 4), capacity=Capacity.LACKS)

    assert result.retain_until == until


def test_a_child_lacking_capacity_is_to_be_looked_at_again_at_18():
    result = judged(born_on=date(2010, 5, 4), capacity=Capacity.LACKS)

    assert result.warnings == (
        "The client is under 18: look at capacity again at the 18th birthday.",
    )


def test_death_ends_the_indefinite_rule():
    result = judged(capacity=Capacity.LACKS, died_on=date(2024, 2, 29))

    assert answer(result) == (Status.RETAIN, date(2032, 2, 29), "R-D1")


def test_death_ends_care_that_nobody_concluded():
    result = judged(care_concluded_on=None, died_on=date(2023, 8, 1))

    assert answer(result) == (Status.RETAIN, date(2031, 8, 1), "R-D1")
    assert candidates(result) == [("R-A1", date(2031, 8, 1)), ("R-D1", date(2031, 8, 1))]


def test_a_child_who_died_is_kept_to_the_birthday_that_would_have_been():
    result = judged(born_on=date(2011, 9, 2), care_concluded_on=None, died_on=date(2019, 1, 5))

    assert answer(result) == (Status.RETAIN, date(2036, 9, 2), "R-C1")


def test_a_mental_health_record_is_kept_twenty_years():
    assert judged(category=Category.MENTAL_HEALTH).retain_until == date(2042, 6, 15)


def test_ten_years_after_death_outlast_twenty_years_after_contact():
    result = judged(
        category=Category.MENTAL_HEALTH,
        care_concluded_on=date(2008, 2, 1),
        died_on=date(2023, 4, 5),
    )

    assert answer(result) == (Status.RETAIN, date(2033, 4, 5), "R-M3")
    assert [code for code, _ in candidates(result)] == ["R-A1", "R-M1", "R-D1", "R-M2", "R-M3"]


@pytest.mark.parametrize(
    ("known_on", "until", "rule"),
    [
        (birthday(BORN, 18) - DAY, birthday(BORN, 21), "R-L2"),
        (birthday(BORN, 18), birthday(BORN, 21), "R-L1"),
    ],
)
def test_the_day_of_knowledge_counts_as_a_child_or_as_an_adult(known_on, until, rule):
    result = judged(born_on=BORN, care_concluded_on=date(2012, 1, 1), known_on=known_on)

    assert candidates(result)[0] == (rule, until)


def test_a_late_claim_outlasts_the_25th_birthday():
    result = judged(
        born_on=date(2000, 2, 1),
        care_concluded_on=date(2010, 2, 1),
        known_on=date(2024, 2, 29),
    )

    assert answer(result) == (Status.RETAIN, date(2027, 3, 1), "R-L1")


def test_an_open_hold_keeps_the_record_and_still_shows_the_date():
    open_hold = Hold(HoldKind.LEGAL, date(2024, 1, 2))

    result = judged(care_concluded_on=date(2010, 1, 1), holds=(open_hold,))

    assert answer(result) == (Status.ON_HOLD, date(2018, 1, 1), "R-A1")
    assert result.words == (
        "Keep while open: a legal case. Without that, keep until 1 January 2018, because the "
        "client was an adult by then (NHS Records Management Code of Practice 2021, appendix II; "
        "CMSUK FAQ)."
    )


def test_an_open_hold_comes_before_an_indefinite_review():
    result = judged(capacity=Capacity.LACKS, holds=(Hold(HoldKind.INQUIRY, date(2024, 1, 2)),))

    assert answer(result) == (Status.ON_HOLD, INDEFINITE, "R-A2")


def test_one_open_hold_among_resolved_ones_is_enough():
    holds = (
        Hold(HoldKind.COMPLAINT, date(2022, 1, 2), date(2022, 2, 2)),
        Hold(HoldKind.SAFEGUARDING, date(2023, 1, 2)),
    )

    assert judged(holds=holds).status is Status.ON_HOLD


@pytest.mark.parametrize(
    ("resolved_on", "status"),
    [(TODAY, Status.RETAIN), (TODAY - DAY, Status.DUE_FOR_REVIEW)],
)
def test_a_resolved_hold_keeps_the_record_to_that_day(resolved_on, status):
    hold = Hold(HoldKind.COMPLAINT, date(2024, 1, 2), resolved_on)

    result = judged(care_concluded_on=date(2010, 1, 1), holds=(hold,))

    assert answer(result) == (status, resolved_on, "R-H1")


def test_every_resolved_hold_is_a_candidate():
    holds = (
        Hold(HoldKind.LEGAL, date(2023, 1, 2), date(2024, 2, 2)),
        Hold(HoldKind.COMPLAINT, date(2022, 1, 2), date(2022, 2, 2)),
    )

    result = judged(holds=holds)

    assert candidates(result) == [
        ("R-H1", date(2022, 2, 2)),
        ("R-H1", date(2024, 2, 2)),
        ("R-A1", date(2030, 6, 15)),
    ]


OF_AGE = {
    "born_on": BORN,
    "care_concluded_on": birthday(BORN, 18) - DAY,
    "last_contact_on": birthday(BORN, 18),
}
ON_THE_SAME_DAY = [
    (OF_AGE, "R-C2", "R-A1"),
    ({"category": Category.MENTAL_HEALTH, "died_on": date(2032, 6, 15)}, "R-M1", "R-M3"),
    ({"died_on": date(2022, 6, 15)}, "R-D1", "R-A1"),
    ({"known_on": date(2027, 6, 15)}, "R-A1", "R-L1"),
    ({"holds": (Hold(HoldKind.LEGAL, date(2029, 1, 1), date(2030, 6, 15)),)}, "R-A1", "R-H1"),
]


@pytest.mark.parametrize(("changed", "governs", "yields"), ON_THE_SAME_DAY)
def test_of_two_rules_on_one_day_the_first_in_order_governs(changed, governs, yields):
    result = judged(on=date(2040, 1, 1), **changed)

    last_day = [code for code, until in candidates(result) if until == result.retain_until]
    assert {governs, yields} <= set(last_day)
    assert result.rule.code == governs


def test_the_25th_birthday_governs_over_a_death_eight_years_before_it():
    result = judged(
        born_on=date(2001, 7, 7),
        care_concluded_on=date(2010, 1, 1),
        died_on=date(2018, 7, 7),
    )

    assert answer(result) == (Status.DUE_FOR_REVIEW, date(2026, 7, 7), "R-C1")
