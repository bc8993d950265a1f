"""Dates anew after a change of rules: every record, by any workers, whatever is killed."""

import datetime as dt
import sys

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from records import moves_page, redating, register, schedule, tasks
from records.models import ClientRecord, Redating, RedatingLot
from tests.factories import A_DAY, A_MOMENT, make_person
from tests.records.records import (
    hold_on,
    make_draft_retention_rules,
    make_due_record,
    make_record,
    make_retention_rules,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_lots(monkeypatch):
    monkeypatch.setattr(redating, "LOT_KEYS", 2)


def some_records():
    """One of each kind that the rules tell apart."""
    owner = make_person()
    return [
        make_record(owner),
        make_due_record(owner),
        make_record(owner, category="mental_health", died_on=dt.date(2024, 1, 1)),
        make_record(owner, capacity="lacks"),
        make_record(owner, category=""),
        hold_on(make_record(owner)).record,
        make_record(owner, care_concluded_on=None),
    ]


def begin(**figures):
    make_retention_rules(**figures)
    return redating.begin_due(on=A_DAY, at=A_MOMENT)


def work_off(begun):
    return redating.work_off(begun, on=A_DAY, at=A_MOMENT)


def answers():
    return list(ClientRecord.objects.order_by("pk").values_list("rule_set", "retain_until"))


def test_every_record_is_dated_anew(small_lots):
    some_records()
    begun = begin(adult_years=10)

    done = work_off(begun)

    begun.refresh_from_db()
    assert done == 7
    assert begun.finished_at == A_MOMENT
    assert answers() == [
        ("2026-2", dt.date(2032, 6, 15)),
        ("2026-2", dt.date(2025, 6, 15)),
        ("2026-2", dt.date(2042, 6, 15)),
        ("2026-2", None),
        ("2026-2", None),
        ("2026-2", dt.date(2032, 6, 15)),
        ("2026-2", None),
    ]


def test_it_is_planned_once_a_version_and_not_before_its_day():
    some_records()
    redating.begin_due(on=A_DAY, at=A_MOMENT)
    make_retention_rules(effective_from=A_DAY + dt.timedelta(days=1))

    early = redating.begin_due(on=A_DAY, at=A_MOMENT)
    due = redating.begin_due(on=A_DAY + dt.timedelta(days=1), at=A_MOMENT)
    lots = RedatingLot.objects.count()
    again = redating.begin_due(on=A_DAY + dt.timedelta(days=1), at=A_MOMENT)

    assert (str(early.rules), str(due.rules)) == ("2026-1", "2026-2")
    assert (again, RedatingLot.objects.count()) == (due, lots)


def test_later_rules_end_the_work_on_earlier_ones(small_lots):
    some_records()
    earlier = begin(adult_years=10)
    make_retention_rules(version="2026-3", effective_from=A_DAY + dt.timedelta(days=1))

    later = redating.begin_due(on=A_DAY + dt.timedelta(days=1), at=A_MOMENT)

    assert redating.do_a_lot(earlier.pk, on=A_DAY, at=A_MOMENT) is None
    assert list(Redating.objects.under_way()) == [later]


def test_a_record_that_slips_in_by_the_old_rules_is_found_before_the_end(small_lots):
    some_records()
    begun = begin(adult_years=10)
    while RedatingLot.objects.filter(done_at=None).exists():
        redating._finish_next(begun.pk, on=A_DAY, at=A_MOMENT)
    ClientRecord.objects.filter(pk=ClientRecord.objects.latest("pk").pk).update(rule_set="2026-1")

    redating.finish(begun.pk, at=A_MOMENT)
    begun.refresh_from_db()
    held_open = begun.finished_at is None
    work_off(begun)

    begun.refresh_from_db()
    assert held_open
    assert begun.finished_at == A_MOMENT
    assert set(ClientRecord.objects.values_list("rule_set", flat=True)) == {"2026-2"}


class Killed(BaseException):
    """The process ended here."""


def work_until_line(number, begun):
    """Work off, and end before the given line is executed; False if it came through."""
    lines = 0

    def trace(frame, event, _arg):
        nonlocal lines
        if not frame.f_code.co_filename.endswith(("records/redating.py", "records/reckoning.py")):
            return None
        if event == "line":
            lines += 1
            if lines == number:
                raise Killed
        return trace

    outer = sys.gettrace()
    sys.settrace(trace)
    try:
        work_off(begun)
    except Killed:
        return True
    finally:
        sys.settrace(outer)
    return False


@pytest.mark.soak
def test_a_worker_killed_at_any_line_leaves_nothing_out_and_nothing_twice(small_lots):
    some_records()
    begun = begin(adult_years=10)
    with transaction.atomic():
        work_off(begun)
        undisturbed = answers(), moves_page.of(begun)
        transaction.set_rollback(True)

    number, killed = 0, True
    while killed:
        number += 1
        with transaction.atomic():
            killed = work_until_line(number, begun)
            work_off(begun)
            ended = answers(), moves_page.of(begun)
            transaction.set_rollback(True)
        assert ended == undisturbed, f"killed before line {number}"

    assert number > 100


def test_the_nightly_run_finishes_what_the_workers_left(small_lots):
    some_records()
    begun = begin(adult_years=10)
    redating.do_a_lot(begun.pk, on=A_DAY, at=A_MOMENT)

    found = schedule.run(on=A_DAY)

    begun.refresh_from_db()
    assert (found.dated_anew, begun.finished_at is not None) == (5, True)
    assert set(ClientRecord.objects.values_list("rule_set", flat=True)) == {"2026-2"}


def test_a_review_that_longer_rules_make_needless_is_closed():
    make_due_record(care_concluded_on=dt.date(2018, 6, 15))
    make_retention_rules(adult_years=10)

    found = schedule.run(on=A_DAY)

    assert (found.reviews_closed, found.due_for_review) == (1, 0)


def test_lots_are_handed_to_workers_and_not_again_while_they_work(small_lots, handed_out):
    some_records()
    make_retention_rules()

    first = redating.look_after(at=A_MOMENT)
    begun = Redating.objects.under_way().get()
    redating.do_a_lot(begun.pk, on=A_DAY, at=A_MOMENT)
    busy = redating.look_after(at=A_MOMENT + dt.timedelta(minutes=9))
    stalled = redating.look_after(at=A_MOMENT + dt.timedelta(minutes=10))

    assert (first, busy, stalled) == (4, 0, 3)
    assert handed_out == [("records.tasks.do_a_lot", [begun.pk])] * 7


def test_the_tasks_do_it(small_lots, handed_out):
    some_records()
    make_retention_rules(effective_from=dt.date(2001, 1, 1))

    tasks.look_after_dates.apply().get()
    for _name, arguments in handed_out:
        tasks.do_a_lot.apply(arguments).get()
    tasks.look_after_dates.apply().get()

    assert not Redating.objects.under_way().exists()
    assert set(ClientRecord.objects.values_list("rule_set", flat=True)) == {"2026-2"}


@pytest.fixture
def handed_out(monkeypatch):
    """What would have gone to the workers."""
    sent = []

    class Queue:
        @staticmethod
        def send_task(name, args=()):
            sent.append((name, args))

    monkeypatch.setattr(redating, "current_app", Queue)
    return sent


def test_a_trial_counts_by_way_and_category_and_changes_nothing(small_lots, handed_out):
    some_records()
    before = answers()
    draft = make_draft_retention_rules(adult_years=4, mental_health_years=25, child_age=30)

    trial = redating.try_out(draft, at=A_MOMENT)
    work_off(trial)

    moves = moves_page.of(trial)
    general, mental, unknown = moves.lines
    assert (general.earlier, general.later, general.same, general.falls_due) == (3, 0, 2, 1)
    assert (mental.earlier, mental.later, mental.same) == (0, 1, 0)
    assert (unknown.earlier, unknown.same) == (0, 1)
    assert (moves.records, moves.moved) == (7, 4)
    assert answers() == before
    assert not Redating.objects.under_way().exists()


def test_the_reading_of_the_faq_moves_dates_earlier(handed_out):
    make_record(
        category="mental_health",
        last_contact_on=dt.date(2023, 6, 15),
        care_concluded_on=dt.date(2024, 6, 15),
    )
    make_record()

    trial = redating.try_out(make_draft_retention_rules(reading="faq_only"), at=A_MOMENT)
    work_off(trial)

    total = moves_page.of(trial).total
    assert (total.earlier, total.later, total.same) == (1, 0, 1)


def test_a_trial_that_runs_is_not_begun_twice(handed_out):
    some_records()
    draft = make_draft_retention_rules()

    assert redating.try_out(draft, at=A_MOMENT) == redating.try_out(draft, at=A_MOMENT)


def test_a_lot_takes_the_same_number_of_queries_for_one_record_and_for_three():
    def queries():
        ClientRecord.objects.update(rule_set="2026-1")
        Redating.objects.all().delete()
        begun = redating.begin_due(on=A_DAY, at=A_MOMENT)
        with CaptureQueriesContext(connection) as captured:
            redating.do_a_lot(begun.pk, on=A_DAY, at=A_MOMENT)
        return len([each for each in captured if "UPDATE" not in each["sql"]])

    make_retention_rules()
    make_record()
    one = queries()
    hold_on(make_record())
    make_record()

    assert queries() == one


def test_an_owner_who_changes_a_record_meanwhile_is_not_overwritten():
    record = make_record()
    begun = begin(adult_years=10)
    register.open_hold(
        record_id=record.pk, kind="legal", opened_on=A_DAY, by=record.owner.user, at=A_MOMENT
    )

    work_off(begun)

    record.refresh_from_db()
    assert (record.status, record.retain_until) == ("on_hold", dt.date(2032, 6, 15))
