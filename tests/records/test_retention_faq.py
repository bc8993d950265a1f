"""The FAQ's own figures: no 26th birthday, no ten years, no restart by a later contact."""

from datetime import date

from foundation.dates import birthday
from records.retention import Status
from records.retention_facts import Category
from records.retention_rules import FAQ_ONLY
from tests.records.judged import BORN, answer, candidates, judged


def test_a_child_of_17_is_kept_to_the_25th_birthday():
    result = judged(FAQ_ONLY, born_on=BORN, care_concluded_on=birthday(BORN, 17))

    assert candidates(result) == [("R-C1", birthday(BORN, 25))]


def test_the_period_counts_from_the_end_of_care_alone():
    result = judged(FAQ_ONLY, last_contact_on=date(2023, 1, 10))

    assert result.retain_until == date(2030, 6, 15)


def test_a_contact_as_an_adult_adds_nothing_to_a_childs_record():
    result = judged(
        FAQ_ONLY,
        born_on=BORN,
        care_concluded_on=date(2012, 1, 1),
        last_contact_on=birthday(BORN, 18),
    )

    assert candidates(result) == [("R-C1", birthday(BORN, 25))]


def test_mental_health_counts_from_the_last_contact_even_when_it_is_earlier():
    result = judged(FAQ_ONLY, category=Category.MENTAL_HEALTH, last_contact_on=date(2021, 1, 10))

    assert answer(result) == (Status.RETAIN, date(2041, 1, 10), "R-M1")


def test_mental_health_without_a_contact_counts_from_the_end_of_care():
    result = judged(FAQ_ONLY, category=Category.MENTAL_HEALTH)

    assert answer(result) == (Status.RETAIN, date(2042, 6, 15), "R-M1")


def test_a_mental_health_record_is_kept_eight_years_after_death():
    result = judged(
        FAQ_ONLY,
        category=Category.MENTAL_HEALTH,
        care_concluded_on=date(2005, 1, 1),
        died_on=date(2023, 4, 5),
    )

    assert answer(result) == (Status.RETAIN, date(2031, 4, 5), "R-M2")
