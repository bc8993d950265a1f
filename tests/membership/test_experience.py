"""Months and hours of case management, and the day on which they suffice."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.experience import (
    Experience,
    Gap,
    Job,
    count,
    gaps,
    months_between,
    reached_on,
)

TODAY = dt.date(2026, 11, 22)


def day(text):
    return dt.date.fromisoformat(text)


def job(started, ended=None, **facts):
    return Job(started_on=day(started), ended_on=day(ended) if ended else None, **facts)


@pytest.mark.parametrize(
    ("started", "ended", "months"),
    [
        ("2020-01-01", "2020-12-31", 12),
        ("2020-01-01", "2020-12-30", 11),
        ("2020-01-15", "2022-01-14", 24),
        ("2020-01-15", "2022-01-13", 23),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-02-29", "2025-02-27", 11),
        ("2023-01-31", "2023-02-28", 1),
        ("2023-01-31", "2023-02-27", 0),
    ],
)
def test_a_month_runs_to_the_same_day_of_the_next(started, ended, months):
    assert count([job(started, ended)], on=TODAY).months == months


def test_a_current_job_counts_up_to_the_day_of_counting():
    started = [job("2024-11-22")]

    assert count(started, on=day("2026-11-21")).months == 23
    assert count(started, on=day("2026-11-22")).months == 24


def test_a_job_that_ends_in_the_future_counts_as_a_current_one():
    assert count([job("2025-11-22", "2027-06-30")], on=TODAY).months == 12


def test_overlapping_jobs_count_once_towards_the_months_and_both_towards_the_hours():
    jobs = [
        job("2024-01-01", "2024-12-31", total_hours=600),
        job("2024-07-01", "2025-06-30", total_hours=400),
    ]

    experience = count(jobs, on=TODAY)

    assert (experience.months, experience.hours) == (18, 1000)


def test_a_job_within_another_adds_no_months():
    jobs = [job("2024-01-01", "2025-12-31"), job("2024-03-01", "2024-05-31")]

    assert count(jobs, on=TODAY).months == 24


def test_a_job_that_starts_the_day_after_another_ends_joins_without_a_gap():
    jobs = [job("2024-01-15", "2024-03-31"), job("2024-04-01", "2024-07-14")]

    assert count(jobs, on=TODAY).months == 6


def test_days_left_over_in_several_spans_are_put_together():
    sixteen_and_fifteen_days = [job("2024-01-01", "2024-01-16"), job("2024-03-01", "2024-03-15")]
    fifteen_and_fifteen_days = [job("2024-01-01", "2024-01-15"), job("2024-03-01", "2024-03-15")]

    assert count(sixteen_and_fifteen_days, on=TODAY).months == 1
    assert count(fifteen_and_fifteen_days, on=TODAY).months == 0


def test_only_case_management_counts():
    nursing = job("2010-01-01", "2020-12-31", case_management=False, hours_a_week=Decimal(37))

    experience = count([nursing, job("2024-01-01", "2024-06-30")], on=TODAY)

    assert (experience.months, experience.hours) == (6, 0)
    assert [each.counts for each in experience.jobs] == [False, True]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (
            job("2024-05-01", "2024-04-30"),
            "It does not count, because it ends before it starts. Correct the dates.",
        ),
        (job("2026-11-23"), "It does not count yet, because it starts in the future."),
        (
            job("2024-05-01", case_management=False),
            "It does not count, because it was not a case management role.",
        ),
    ],
)
def test_a_job_that_does_not_count_says_why(entry, reason):
    (verdict,) = count([entry], on=TODAY).jobs

    assert (verdict.counts, verdict.reason, verdict.days) == (False, reason, 0)


@pytest.mark.parametrize(
    ("entry", "days", "reason"),
    [
        (job("2024-05-01", "2024-05-01", total_hours=7), 1, "It counts in full."),
        (job("2024-05-01", "2024-05-02", hours_a_week=Decimal(7)), 2, "It counts in full."),
        (job("2026-11-20", "2026-11-21", total_hours=7), 2, "It counts in full."),
        (
            job("2026-11-20", "2026-11-22", total_hours=7),
            *(2, "It counts up to today, as a current job."),
        ),
        (job("2026-11-20", total_hours=7), 2, "It counts up to today, as a current job."),
        (job("2026-11-22", total_hours=7), 0, "It counts up to today, as a current job."),
    ],
)
def test_a_job_counts_for_the_days_that_are_over(entry, days, reason):
    (verdict,) = count([entry], on=TODAY).jobs

    assert (verdict.counts, verdict.reason, verdict.days) == (True, reason, days)


def test_a_job_that_starts_today_adds_nothing_yet_and_breaks_no_span():
    experience = count([job("2026-11-22", hours_a_week=Decimal(1))], on=TODAY)

    assert (experience.months, experience.hours, experience.low_hours) == (0, 0, False)


def test_a_single_day_with_few_hours_is_flagged():
    experience = count([job("2024-05-01", "2024-05-01", total_hours=1)], on=TODAY)

    assert experience.low_hours is True


def test_whole_months_of_several_spans_are_added():
    jobs = [job("2020-01-01", "2020-12-31"), job("2024-01-01", "2024-06-30")]

    assert count(jobs, on=TODAY).months == 18


@pytest.mark.parametrize(("hours", "low"), [(7, True), (8, False), (9, False)])
def test_exactly_eight_hours_a_week_are_not_few(hours, low):
    one_week = job("2024-01-01", "2024-01-07", total_hours=hours)

    assert count([one_week], on=TODAY).low_hours is low


def test_without_any_job_the_hours_are_a_whole_number():
    assert count([], on=TODAY) == Experience(0, 0, low_hours=False, jobs=())


def test_a_job_that_starts_today_is_a_current_one():
    assert reached_on([job("2026-11-22")], on=TODAY) == day("2028-11-22")


def test_the_day_is_found_from_a_leap_day_as_well():
    assert reached_on([job("2024-02-29")], on=day("2024-02-29"), months=12) == day("2025-03-01")
    assert reached_on([job("2040-02-29")], on=day("2040-02-29"), months=12) == day("2041-03-01")


def test_a_job_without_hours_says_that_it_adds_none():
    (verdict,) = count([job("2024-01-01", "2024-12-31")], on=TODAY).jobs

    assert verdict.reason == (
        "It counts in full. It adds months but no hours, because none are stated."
    )


def test_hours_a_week_are_multiplied_by_the_weeks():
    four_weeks = job("2024-01-01", "2024-01-28", hours_a_week=Decimal("37.5"))

    assert count([four_weeks], on=TODAY).hours == 150


def test_a_total_of_hours_wins_over_hours_a_week():
    entry = job("2024-01-01", "2024-12-31", hours_a_week=Decimal(37), total_hours=100)

    assert count([entry], on=TODAY).hours == 100


@pytest.mark.parametrize(("hours", "low"), [("7.9", True), ("8", False)])
def test_fewer_than_eight_hours_a_week_are_flagged(hours, low):
    experience = count([job("2024-01-01", hours_a_week=Decimal(hours))], on=TODAY)

    assert experience.low_hours is low
    assert experience.jobs[0].low_hours is low


def test_two_small_jobs_at_once_are_not_few_hours_together():
    jobs = [job("2024-01-01", hours_a_week=Decimal(5)) for _ in range(2)]

    experience = count(jobs, on=TODAY)

    assert [each.low_hours for each in experience.jobs] == [True, True]
    assert not experience.low_hours


def test_unknown_hours_are_not_called_few():
    assert not count([job("2024-01-01")], on=TODAY).low_hours


def test_no_jobs_are_no_experience():
    experience = count([], on=TODAY)

    assert (experience.months, experience.hours, experience.low_hours) == (0, 0, False)


def test_the_day_of_24_months_is_the_second_anniversary():
    assert reached_on([job("2026-01-15")], on=TODAY) == day("2028-01-15")


def test_hours_can_be_reached_before_the_months():
    full_time = job("2026-01-05", hours_a_week=Decimal(50))

    assert reached_on([full_time], on=TODAY) == day("2026-01-05") + dt.timedelta(weeks=50)


def test_experience_that_suffices_is_reached_today():
    assert reached_on([job("2020-01-01")], on=TODAY) == TODAY


@pytest.mark.parametrize(
    "jobs",
    [
        [],
        [job("2024-01-01", "2024-12-31")],
        [job("2024-01-01", case_management=False)],
        [job("2027-01-01")],
    ],
)
def test_without_a_current_case_management_job_the_day_never_comes(jobs):
    assert reached_on(jobs, on=TODAY) is None


DAYS = st.dates(min_value=dt.date(2015, 1, 1), max_value=dt.date(2026, 12, 31))
JOBS = st.lists(
    st.builds(
        Job,
        started_on=DAYS,
        ended_on=st.none() | DAYS,
        case_management=st.booleans(),
        hours_a_week=st.none() | st.decimals(0, 60, places=1),
        total_hours=st.none() | st.integers(0, 3000),
    ),
    max_size=6,
)


@given(JOBS, DAYS)
def test_months_never_exceed_the_calendar(jobs, on):
    experience = count(jobs, on=on)

    counted = [each for each in experience.jobs if each.counts]
    first = min((each.job.started_on for each in counted), default=on)
    last = max((each.until_on for each in counted), default=on)
    assert experience.months <= months_between(first, last)


@given(JOBS, DAYS, st.integers(0, 100))
def test_experience_never_falls_as_days_pass(jobs, on, days):
    before, after = count(jobs, on=on), count(jobs, on=on + dt.timedelta(days=days))

    assert before.months <= after.months
    assert before.hours <= after.hours


@given(JOBS, DAYS)
def test_the_day_reached_is_the_first_that_suffices(jobs, on):
    reached = reached_on(jobs, on=on)

    if reached is not None and reached > on:
        started = [each for each in jobs if each.started_on <= on]
        eve = count(started, on=reached - dt.timedelta(days=1))
        then = count(started, on=reached)
        assert eve.months < 24
        assert eve.hours < 2500
        assert then.months >= 24 or then.hours >= 2500


@given(JOBS, DAYS)
def test_the_order_of_jobs_does_not_matter(jobs, on):
    forwards, backwards = count(jobs, on=on), count(jobs[::-1], on=on)

    assert (forwards.months, forwards.hours) == (backwards.months, backwards.hours)


def gaps_between(first_end, second_start, on=dt.date(2026, 11, 22)):
    jobs = [
        Job(started_on=dt.date(2020, 1, 1), ended_on=first_end),
        Job(started_on=second_start, case_management=False),
    ]
    return [(gap.from_on, gap.until_on) for gap in gaps(jobs, on=on)]


@pytest.mark.parametrize(
    ("second_start", "found"),
    [
        (dt.date(2021, 6, 30), []),
        (dt.date(2021, 7, 1), [(dt.date(2021, 4, 1), dt.date(2021, 7, 1))]),
    ],
)
def test_three_whole_months_without_a_job_are_a_gap(second_start, found):
    assert gaps_between(dt.date(2021, 3, 31), second_start) == found


def test_the_time_since_the_last_job_is_a_gap_as_well():
    job = Job(started_on=dt.date(2020, 1, 1), ended_on=dt.date(2026, 7, 31))

    found = gaps([job], on=dt.date(2026, 11, 22))

    assert found == (Gap(dt.date(2026, 8, 1), dt.date(2026, 11, 22)),)


def test_without_a_job_there_is_no_gap():
    assert gaps([], on=dt.date(2026, 11, 22)) == ()


def test_a_job_that_starts_today_ends_a_gap():
    jobs = [job("2024-01-01", "2024-12-31"), job("2026-11-22")]

    assert gaps(jobs, on=TODAY) == (Gap(day("2025-01-01"), TODAY),)
