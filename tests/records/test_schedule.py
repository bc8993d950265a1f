"""The nightly run: finds what is due, once, whatever happens to it; and destroys nothing."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.models import Letter
from membership.models import Person
from records import register, schedule, tasks
from records.models import ClientRecord, Review, ScheduleRun
from tests.factories import A_DAY, A_MOMENT, make_person
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

    found = schedule.run(on=dt.date(2027, 3, 1))

    assert found == schedule.Found(
        records=6,
        judged_again=2,
        due_for_review=2,
        kept_without_end=0,
        on_hold=1,
        reviews_queued=2,
        reviews_closed=0,
        letters=1,
    )
    run = ScheduleRun.objects.get()
    assert (run.judged_on, run.records, run.letters) == (dt.date(2027, 3, 1), 6, 1)
    assert run.finished_at >= run.started_at


def test_a_second_run_on_the_same_day_changes_nothing():
    world()
    schedule.run(on=dt.date(2027, 3, 1))
    once = state()

    found = schedule.run(on=dt.date(2027, 3, 1))

    assert state() == once
    assert (found.judged_again, found.reviews_queued, found.letters) == (0, 0, 0)


def test_an_owner_gets_one_letter_a_week_while_something_waits():
    owner = make_due_record().owner
    make_due_record(owner)
    monday = dt.date(2026, 11, 23)

    for day in (monday, monday + DAY, monday + 6 * DAY, monday + 7 * DAY):
        schedule.run(on=day)

    letters = Letter.objects.filter(kind="records_digest")
    assert [letter.to for letter in letters] == [owner.email, owner.email]


def test_an_owner_for_whom_nothing_waits_gets_no_letter():
    make_record()
    due = make_due_record()

    schedule.run(on=A_DAY)

    assert list(Letter.objects.values_list("to", flat=True)) == [due.owner.email]


def test_the_letter_counts_and_names_no_record():
    owner = make_person()
    make_due_record(owner, reference="CM-8801")
    make_record(owner, reference="CM-8802", capacity="lacks")
    held = make_record(owner, reference="CM-8803")
    register.open_hold(
        record_id=held.pk,
        kind="legal",
        opened_on=A_DAY.replace(year=2025) - DAY,
        by=owner.user,
        at=A_MOMENT,
    )

    schedule.run(on=A_DAY)

    letter = Letter.objects.get()
    assert letter.subject == "Your client records: 2 to review"
    assert "- 1 due for review" in letter.text
    assert "- 1 kept without an end date" in letter.text
    assert "1 hold has been open for over a year" in letter.text
    assert "/records/" in letter.text
    assert "CM-88" not in letter.text + letter.html + letter.subject


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


def test_records_of_other_rules_are_judged_again():
    record = make_record()
    ClientRecord.objects.update(rule_set="faq_only", retain_until=dt.date(2020, 1, 1))

    schedule.run(on=A_DAY)

    record.refresh_from_db()
    assert (record.rule_set, record.retain_until) == ("nhs_2021", dt.date(2030, 6, 15))


def test_the_command_prints_its_counts_as_json(capsys):
    make_due_record()

    call_command("run_schedule")

    said = json.loads(capsys.readouterr().out)
    assert (said["dry_run"], said["records"], said["due_for_review"]) == (False, 1, 1)
    assert ScheduleRun.objects.count() == 1


def test_a_dry_run_says_the_same_and_changes_nothing(capsys):
    make_due_record()
    Review.objects.all().delete()

    call_command("run_schedule", "--dry-run")

    said = json.loads(capsys.readouterr().out)
    assert (said["dry_run"], said["reviews_queued"], said["letters"]) == (True, 1, 1)
    assert (ScheduleRun.objects.count(), Review.objects.count(), Letter.objects.count()) == (
        0,
        0,
        0,
    )


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
    one = queries()
    make_record()
    make_record()

    assert queries() == one


def test_owners_without_an_address_do_not_stop_the_run():
    nobody = make_person()
    make_due_record(nobody)
    other = make_due_record()
    Person.objects.filter(pk=nobody.pk).update(email="")

    schedule.run(on=A_DAY)

    assert list(Letter.objects.values_list("to", flat=True)) == [other.owner.email]
