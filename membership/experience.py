"""Months and hours of case management out of dated jobs, and the day on which they suffice.

How we count (CMSUK FAQ: 24 months or 2,500 hours of active case management):

- Only jobs that were case management count, and only days that are over: a current job counts up
  to, and without, the day of counting.
- The last day of a job is a day worked, so a job that ends on 31 March and one that starts on
  1 April join without a gap. Days worked in two jobs at once count once towards the months.
- A month runs to the same day of the next month; where that day does not exist it ends with the
  month. The whole months of each unbroken span are added. Days left over in several spans are
  put together, and every 31 of them make one more month: nobody loses a month to a short gap,
  and the sum can never exceed the calendar. What is left then is ignored.
- Hours are added over all jobs: the total where one is given, else hours a week times the weeks.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from foundation.dates import add_months

_DAY = dt.timedelta(days=1)
_LONGEST_MONTH = 31
_LOOK_AHEAD_YEARS = 60


@dataclass(frozen=True)
class Job:
    """`ended_on` is the last day worked, None for a current job; a total of hours beats a rate."""

    started_on: dt.date
    ended_on: dt.date | None = None
    case_management: bool = True
    hours_a_week: Decimal | None = None
    total_hours: int | None = None


@dataclass(frozen=True)
class JobCount:
    """Whether one job counts, why, and the days that do: from `started_on` up to `until_on`."""

    job: Job
    counts: bool
    reason: str
    until_on: dt.date
    low_hours: bool = False

    @property
    def days(self) -> int:
        return (self.until_on - self.job.started_on).days if self.counts else 0


@dataclass(frozen=True)
class Experience:
    """Whole months and whole hours; `low_hours` where the known hours a week are few."""

    months: int
    hours: int
    low_hours: bool
    jobs: tuple[JobCount, ...]


def count(jobs: Sequence[Job], *, on: dt.date, low_hours_a_week: int = 8) -> Experience:
    """The experience gathered before a day, with the verdict on every job."""
    counted = tuple(_count_job(job, on, low_hours_a_week) for job in jobs)
    spans = _spans(counted)
    hours = sum((_hours(each) for each in counted), Decimal(0))
    return Experience(
        months=_months(spans),
        hours=int(hours),
        low_hours=_few_hours(counted, spans, low_hours_a_week),
        jobs=counted,
    )


def reached_on(
    jobs: Sequence[Job], *, on: dt.date, months: int = 24, hours: int = 2500
) -> dt.date | None:
    """The first day, `on` or later, with enough months or hours if current jobs go on; else None.

    Jobs that have not started are left out. Neither count ever falls as days pass, so the day is
    found by halving.
    """
    started = [job for job in jobs if job.started_on <= on]

    def enough(day: dt.date) -> bool:
        experience = count(started, on=day)
        return experience.months >= months or experience.hours >= hours

    early, late = on, on.replace(year=on.year + _LOOK_AHEAD_YEARS, day=1)
    if enough(early):
        return early
    if not enough(late):
        return None
    while late - early > _DAY:
        middle = early + (late - early) // 2
        early, late = (early, middle) if enough(middle) else (middle, late)
    return late


@dataclass(frozen=True)
class Gap:
    """Days without any job: from the first of them up to, and without, `until_on`."""

    from_on: dt.date
    until_on: dt.date


def gaps(jobs: Sequence[Job], *, on: dt.date, months: int = 3) -> tuple[Gap, ...]:
    """The stretches of so many whole months without a job of any kind, since the first job."""
    worked = _merged(
        (job.started_on, on if job.ended_on is None else min(on, job.ended_on + _DAY))
        for job in jobs
        if job.started_on <= on
    )
    starts = [start for start, _until in worked[1:]] + [on]
    free = [Gap(until, start) for (_start, until), start in zip(worked, starts, strict=False)]
    return tuple(gap for gap in free if months_between(gap.from_on, gap.until_on) >= months)


def months_between(start: dt.date, until: dt.date) -> int:
    """Whole calendar months from a day up to, and without, another."""
    months = (until.year - start.year) * 12 + until.month - start.month
    return months if add_months(start, months) <= until else months - 1


def _count_job(job: Job, on: dt.date, low_hours_a_week: int) -> JobCount:
    until = on if job.ended_on is None else min(on, job.ended_on + _DAY)
    reason = _why_not(job, on)
    if reason:
        return JobCount(job, counts=False, reason=reason, until_on=job.started_on)
    counted = JobCount(job, counts=True, reason=_why(job, on), until_on=until)
    low = _few_hours((counted,), [(job.started_on, until)], low_hours_a_week)
    return JobCount(job, counts=True, reason=counted.reason, until_on=until, low_hours=low)


def _why_not(job: Job, on: dt.date) -> str:
    if not job.case_management:
        return "It does not count, because it was not a case management role."
    if job.ended_on is not None and job.ended_on < job.started_on:
        return "It does not count, because it ends before it starts. Correct the dates."
    if job.started_on > on:
        return "It does not count yet, because it starts in the future."
    return ""


def _why(job: Job, on: dt.date) -> str:
    still = job.ended_on is None or job.ended_on >= on
    words = "It counts up to today, as a current job." if still else "It counts in full."
    if job.total_hours is None and job.hours_a_week is None:
        words += " It adds months but no hours, because none are stated."
    return words


def _spans(counted: Iterable[JobCount]) -> list[tuple[dt.date, dt.date]]:
    """The days that count, as spans that neither overlap nor touch."""
    spans = _merged((each.job.started_on, each.until_on) for each in counted)
    return [span for span in spans if span[0] < span[1]]


def _merged(days: Iterable[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    spans: list[tuple[dt.date, dt.date]] = []
    for start, until in sorted(days):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], until))
        else:
            spans.append((start, until))
    return spans


def _months(spans: Iterable[tuple[dt.date, dt.date]]) -> int:
    whole = days = 0
    for start, until in spans:
        months = months_between(start, until)
        whole += months
        days += (until - add_months(start, months)).days
    return whole + days // _LONGEST_MONTH


def _hours(counted: JobCount) -> Decimal:
    job = counted.job
    if not counted.counts:
        return Decimal(0)
    if job.total_hours is not None:
        return Decimal(job.total_hours)
    return (job.hours_a_week or Decimal(0)) * counted.days / 7


def _few_hours(
    counted: Sequence[JobCount], spans: Iterable[tuple[dt.date, dt.date]], low_hours_a_week: int
) -> bool:
    """Whether hours are known for every job that counts and come to few a week on average."""
    jobs = [each for each in counted if each.counts]
    if any(each.job.total_hours is None and each.job.hours_a_week is None for each in jobs):
        return False
    days = sum((until - start).days for start, until in spans)
    return days > 0 and sum(map(_hours, jobs)) * 7 < low_hours_a_week * days
