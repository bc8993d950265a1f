"""Facts of an ordinary record, judged with something changed."""

from datetime import date, timedelta

from records.retention import assess
from records.retention_facts import Capacity, Category, Facts
from records.retention_rules import NHS_2021

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
BORN = date(2003, 5, 14)


def a_record(**changed):
    facts = {
        "born_on": date(1975, 3, 9),
        "capacity": Capacity.HAS,
        "category": Category.GENERAL,
        "care_concluded_on": date(2022, 6, 15),
    }
    return Facts(**(facts | changed))


def judged(rules=NHS_2021, on=TODAY, **changed):
    return assess(a_record(**changed), rules=rules, on=on)


def answer(result):
    return result.status, result.retain_until, result.rule.code


def candidates(result):
    return [(each.rule.code, each.until) for each in result.candidates]
