"""The nightly run destroys nothing, and a run that was killed is taken up by the next."""

import datetime as dt
import sys

import pytest
from django.db import connection, transaction

from records import digest, redating, reminders, schedule
from records.models import ClientRecord, Hold, Review, ScheduleRun
from tests.factories import A_DAY, make_person
from tests.profiles import CHOSEN, LONG
from tests.records.nights import state, statuses, world
from tests.records.records import make_due_record, make_record

pytestmark = [pytest.mark.django_db, pytest.mark.soak]
DAY = dt.timedelta(days=1)


TEN_YEARS = 3653
EVERY = 1 if CHOSEN == LONG else 29
"""Every night in the long form; often enough to meet every date in the short one."""


def a_night(on):
    """Everything that beat starts for client records."""
    at = dt.datetime.combine(on, dt.time(2, 30), dt.UTC)
    schedule.run(on=on)
    digest.write(on=on, at=at)
    reminders.remind(on=on, at=at)
    redating.look_after(at=at)


def test_ten_years_of_runs_destroy_nothing():
    world()
    make_record(
        make_person(), at=dt.datetime(2026, 1, 10, 9, tzinfo=dt.UTC), known_on=A_DAY - 400 * DAY
    )
    kept = set(ClientRecord.objects.values_list("pk", "reference", "born_on"))
    holds = set(Hold.objects.values_list("pk", "resolved_on"))

    deletions = []

    def watch(execute, sql, params, many, context):
        deletions.extend([sql] if "DELETE" in sql.upper() else [])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        for night in range(0, TEN_YEARS, EVERY):
            a_night(dt.date(2026, 1, 10) + night * DAY)

    assert set(ClientRecord.objects.values_list("pk", "reference", "born_on")) == kept
    assert set(Hold.objects.values_list("pk", "resolved_on")) == holds
    assert deletions == []
    assert sorted(statuses()) == [
        "active",
        "due_for_review",
        "due_for_review",
        "due_for_review",
        "indefinite_review",
        "needs_information",
        "on_hold",
    ]
    assert Review.objects.filter(settled_at=None).count() == 4


class Killed(BaseException):
    """The process ended here."""


def run_until_line(number, *, on):
    """Run the schedule and end it before the given line is executed; False if it came through."""
    lines = 0

    def trace(frame, event, _arg):
        nonlocal lines
        if not frame.f_code.co_filename.endswith(
            (
                "records/schedule.py",
                "records/redating.py",
                "records/reviews.py",
            )
        ):
            return None
        if event == "line":
            lines += 1
            if lines == number:
                raise Killed
        return trace

    outer = sys.gettrace()
    sys.settrace(trace)
    try:
        schedule.run(on=on)
    except Killed:
        return True
    finally:
        sys.settrace(outer)
    return False


def test_a_run_killed_at_any_line_is_taken_up_by_the_next():
    world()
    make_due_record()
    on = dt.date(2028, 3, 1)
    with transaction.atomic():
        schedule.run(on=on)
        undisturbed = state()
        transaction.set_rollback(True)

    number, killed = 0, True
    while killed:
        number += 1
        with transaction.atomic():
            killed = run_until_line(number, on=on)
            schedule.run(on=on)
            ended = state()
            transaction.set_rollback(True)
        assert ended == undisturbed, f"killed before line {number} of the run"

    assert number > 100


def test_a_killed_run_is_seen_by_the_office():
    make_due_record()

    run_until_line(10, on=A_DAY)

    assert ScheduleRun.objects.get().finished_at is None
