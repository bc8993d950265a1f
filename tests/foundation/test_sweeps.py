"""Jobs that beat starts: each leaves a mark, and is missed after twice its interval."""

import datetime as dt

import pytest
from celery.schedules import crontab

from foundation import sweeps
from foundation.models import SweepRun
from foundation.recording import is_scheduled
from foundation.tasks import send_letter, send_waiting_letters
from tests.factories import A_MOMENT

pytestmark = pytest.mark.django_db
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
SCHEDULE = {
    "letters": {"task": "letters", "schedule": 60.0},
    "renewals": {"task": "renewals", "schedule": crontab(hour=0, minute=30)},
}


def names(at):
    return [one.name for one in sweeps.missed(SCHEDULE, at=at)]


@pytest.mark.parametrize(
    ("schedule", "interval"),
    [
        (60.0, MINUTE),
        (300, 5 * MINUTE),
        (crontab(hour=0, minute=10), DAY),
        (crontab(hour="6,18", minute=0), DAY / 2),
        (crontab(minute=0), DAY / 24),
        (crontab(hour=7, minute=0, day_of_week="mon"), 7 * DAY),
    ],
)
def test_the_time_between_two_runs_is_read_off_the_schedule(schedule, interval):
    assert sweeps.interval_of(schedule) == interval


@pytest.mark.parametrize(
    ("after", "missed"),
    [
        (2 * MINUTE, []),
        (2 * MINUTE + dt.timedelta(seconds=1), ["letters"]),
        (2 * DAY, ["letters"]),
        (2 * DAY + MINUTE, ["letters", "renewals"]),
    ],
)
def test_a_job_is_missed_after_twice_its_interval(after, missed):
    sweeps.finished("letters", at=A_MOMENT)
    sweeps.finished("renewals", at=A_MOMENT)

    assert names(A_MOMENT + after) == missed


@pytest.mark.parametrize(("days", "missed"), [(2, []), (3, ["renewals"])])
def test_a_job_that_never_ran_is_counted_from_the_first_that_did(days, missed):
    sweeps.finished("letters", at=A_MOMENT)
    sweeps.finished("letters", at=A_MOMENT + days * DAY)

    assert names(A_MOMENT + days * DAY) == missed


def test_where_nothing_ever_ran_everything_is_missed():
    assert names(A_MOMENT) == ["letters", "renewals"]


def test_a_job_that_breaks_off_again_and_again_is_missed_and_said_to_be_broken():
    sweeps.finished("renewals", at=A_MOMENT)
    sweeps.failed("renewals", at=A_MOMENT + 3 * DAY)
    sweeps.finished("letters", at=A_MOMENT + 3 * DAY)

    [found] = sweeps.missed(SCHEDULE, at=A_MOMENT + 3 * DAY)

    assert (found.name, found.since, found.is_broken) == ("renewals", A_MOMENT, True)


def test_a_job_has_one_row_however_often_it_runs():
    for minutes in range(3):
        sweeps.finished("letters", at=A_MOMENT + minutes * MINUTE)

    run = SweepRun.objects.get()
    assert (run.first_at, run.finished_at) == (A_MOMENT, A_MOMENT + 2 * MINUTE)


def test_the_worker_writes_down_what_beat_starts_and_nothing_else():
    send_waiting_letters.apply()
    send_letter.apply(args=[0])

    assert [run.name for run in SweepRun.objects.all()] == ["foundation.tasks.send_waiting_letters"]
    assert is_scheduled("foundation.tasks.send_letter") is False


def test_a_job_that_raises_is_written_down_as_failed():
    send_waiting_letters.apply(args=["one too many"])

    run = SweepRun.objects.get()
    assert (run.finished_at, run.failed_at is not None) == (None, True)
