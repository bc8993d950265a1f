"""The nightly run: finds what is due, once, whatever happens to it; and destroys nothing."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from records import register, schedule, tasks
from records.models import ClientRecord, Review, ScheduleRun
from tests.factories import A_DAY, A_MOMENT
from tests.records.nights import state, statuses, world
from tests.records.records import make_due_record, make_record

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_record_is_kept_on_its_last_day_and_waits_the_day_after():
    world()
    last_day = dt.date(2026, 3, 1)

    schedule.run(on=last_day)
    on_the_last_day = statuses()[0], Review.objects.count()
    schedule.run(on=last_day + DAY)

    assert on_the_last_day == ("retain", 0)
    assert (statuses()[0], Review.objects.count()) == ("due_for_review", 1)


def test_a_client_lacking_capacity_comes_of_age_overnight():
    world()

    schedule.run(on=dt.date(2028, 2, 27))
    before = statuses()[2]
    schedule.run(on=dt.date(2028, 2, 28))

    assert (before, statuses()[2]) == ("retain", "indefinite_review")
    assert Review.objects.filter(why=Review.Why.INDEFINITE).count() == 1


def test_a_run_says_what_it_found():
    world()
    schedule.run(on=dt.date(2026, 1, 10))
    ScheduleRun.objects.all().delete()

    found = schedule.run(on=dt.date(2027, 3, 1))

    assert found == schedule.Found(
        dated_anew=0,
        judged_again=2,
        due_for_review=2,
        kept_without_end=0,
        reviews_queued=2,
        reviews_closed=0,
        queued_before=0,
        put_off=0,
        on_hold=1,
        facts_missing=1,
        to_correct=0,
    )
    run = ScheduleRun.objects.get()
    assert (run.judged_on, run.judged_again, run.facts_missing) == (dt.date(2027, 3, 1), 2, 1)
    assert run.finished_at >= run.started_at


def test_a_second_run_on_the_same_day_changes_nothing():
    world()
    schedule.run(on=dt.date(2027, 3, 1))
    once = state()

    found = schedule.run(on=dt.date(2027, 3, 1))

    assert state() == once
    assert (found.judged_again, found.reviews_queued, found.queued_before) == (0, 0, 2)


def test_a_record_put_off_comes_back_the_day_after():
    record = make_due_record()
    register.keep_longer(
        record_id=record.pk,
        until=dt.date(2027, 5, 1),
        because="A claim.",
        by=record.owner.user,
        at=A_MOMENT,
    )

    queued = [
        schedule.run(on=day).reviews_queued for day in (dt.date(2027, 5, 1), dt.date(2027, 5, 2))
    ]

    assert queued == [0, 1]


def test_what_an_owner_put_off_is_left_alone_and_counted():
    record = make_due_record()
    register.keep_longer(
        record_id=record.pk,
        until=dt.date(2027, 5, 1),
        because="A claim.",
        by=record.owner.user,
        at=A_MOMENT,
    )

    found = schedule.run(on=dt.date(2027, 5, 1))

    assert (found.reviews_queued, found.queued_before, found.put_off) == (0, 0, 1)


def test_records_of_other_rules_are_judged_again():
    record = make_record()
    ClientRecord.objects.update(rule_set="faq_only", retain_until=dt.date(2020, 1, 1))

    schedule.run(on=A_DAY)

    record.refresh_from_db()
    assert (record.rule_set, record.retain_until) == ("2026-1", dt.date(2030, 6, 15))


def test_the_command_prints_its_counts_as_json(capsys):
    make_due_record()

    call_command("run_schedule")

    said = json.loads(capsys.readouterr().out)
    assert (said["dry_run"], said["due_for_review"], said["queued_before"]) == (False, 1, 1)
    assert ScheduleRun.objects.count() == 1


def test_a_dry_run_says_the_same_and_changes_nothing(capsys):
    make_due_record()
    Review.objects.all().delete()

    call_command("run_schedule", "--dry-run")

    said = json.loads(capsys.readouterr().out)
    assert (said["dry_run"], said["reviews_queued"]) == (True, 1)
    assert (ScheduleRun.objects.count(), Review.objects.count()) == (0, 0)


def test_the_task_is_the_one_that_beat_starts(settings):
    make_due_record()
    names = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]

    tasks.run_schedule.apply().get()

    assert names.count(tasks.run_schedule.name) == 1
    assert ScheduleRun.objects.count() == 1


def test_a_run_takes_the_same_number_of_queries_for_one_record_and_for_three():
    def queries():
        ClientRecord.objects.update(look_again_on=A_DAY)
        with CaptureQueriesContext(connection) as captured:
            schedule.run(on=A_DAY)
        return len(captured)

    make_record()
    schedule.run(on=A_DAY)
    one = queries()
    make_record()
    make_record()

    assert queries() == one
