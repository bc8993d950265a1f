"""The office is written to when a scheduled job did not run."""

import datetime as dt

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from foundation import alarm, sweeps, tasks
from foundation.models import Letter
from tests.factories import A_MOMENT

pytestmark = pytest.mark.django_db
NIGHTLY = "records.tasks.run_schedule"
DAY = dt.timedelta(days=1)


def all_ran(at):
    for entry in django_settings.CELERY_BEAT_SCHEDULE.values():
        sweeps.finished(entry["task"], at=at)


def sound(at):
    return alarm.sound(alarm.missed(at=at), at=at)


def test_nobody_is_written_to_while_every_job_runs():
    all_ran(A_MOMENT)

    assert sound(A_MOMENT) is None
    assert not Letter.objects.exists()


def test_the_letter_names_the_job_and_when_it_last_ran():
    all_ran(A_MOMENT + 2 * DAY)
    sweeps.finished(NIGHTLY, at=A_MOMENT)

    on_time = sound(A_MOMENT + 2 * DAY)
    letter = sound(A_MOMENT + 2 * DAY + dt.timedelta(seconds=1))

    assert on_time is None
    assert letter.to == django_settings.SOCIETY["email"]
    assert letter.subject == "1 scheduled job did not run"
    assert "- client records: last ended well on 22 November 2026, 10:00" in letter.text


def test_a_job_that_broke_off_is_said_to():
    all_ran(A_MOMENT + 3 * DAY)
    sweeps.finished(NIGHTLY, at=A_MOMENT)
    sweeps.failed(NIGHTLY, at=A_MOMENT + DAY)

    assert "10:00, and broke off since" in sound(A_MOMENT + 3 * DAY).text


def test_there_is_one_letter_a_day():
    all_ran(A_MOMENT)

    letters = {sound(A_MOMENT + 10 * DAY + dt.timedelta(hours=hour)) for hour in range(6)}
    letters.add(sound(A_MOMENT + 11 * DAY))

    assert len(letters) == Letter.objects.count() == 2


def test_the_sweep_writes_the_letter():
    all_ran(timezone.now() - 10 * DAY)

    tasks.watch_jobs.apply().get()

    assert Letter.objects.get().kind == "office_jobs_missed"


def test_the_command_is_silent_while_all_is_well(capsys):
    all_ran(timezone.now())

    call_command("check_jobs")

    assert capsys.readouterr().out == "Every scheduled job has run in its time.\n"
    assert mail.outbox == []


def test_without_worker_and_beat_the_command_sends_the_letter_itself():
    all_ran(timezone.now() - 10 * DAY)
    sweeps.finished("foundation.tasks.send_waiting_letters", at=timezone.now())

    for _again in range(2):
        with pytest.raises(CommandError, match=r"Did not run: .*client records"):
            call_command("check_jobs")

    assert [letter.to for letter in mail.outbox] == [[django_settings.SOCIETY["email"]]]
