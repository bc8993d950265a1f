"""Two runs at once, and a run beside an owner at work: one effect."""

import datetime as dt

import pytest

from foundation.models import Letter
from records import digest, register, reminders, schedule
from records.models import ClientRecord, Review, ScheduleRun
from tests.factories import A_DAY, A_MOMENT, make_person
from tests.races import at_once
from tests.records.records import make_record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
DAY = dt.timedelta(days=1)
ADDED = dt.datetime(2026, 1, 10, 9, 0, tzinfo=dt.UTC)


def test_two_runs_at_once_queue_and_write_once():
    owners = [make_person(), make_person()]
    for owner in owners * 10:
        make_record(owner, at=ADDED, care_concluded_on=dt.date(2018, 3, 1))

    at_once([lambda: schedule.run(on=A_DAY)] * 4)
    at_once([lambda: digest.write(on=A_DAY, at=A_MOMENT)] * 4)
    at_once([lambda: reminders.remind(on=A_DAY + 60 * DAY, at=A_MOMENT)] * 4)

    assert Review.objects.filter(settled_at=None).count() == 20
    assert sorted(Letter.objects.values_list("kind", flat=True)) == [
        *["records_digest"] * 2,
        *["records_reminder"] * 2,
    ]
    assert ScheduleRun.objects.exclude(finished_at=None).count() == 4


def test_a_correction_during_a_run_is_not_overwritten():
    owner = make_person()
    records = [
        make_record(owner, at=ADDED, care_concluded_on=dt.date(2018, 3, 1)) for _ in range(5)
    ]

    def correct():
        for record in records:
            register.open_hold(
                record_id=record.pk,
                kind="legal",
                opened_on=dt.date(2026, 2, 1),
                by=owner.user,
                at=dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC),
            )

    at_once([correct, *[lambda: schedule.run(on=A_DAY)] * 2])
    schedule.run(on=A_DAY)

    assert set(ClientRecord.objects.values_list("status", flat=True)) == {"on_hold"}
    assert Review.objects.filter(settled_at=None).count() == 0
