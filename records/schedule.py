"""The nightly run: judge again whose day has come, queue reviews. It never destroys a record.

What it costs follows what is due, not how many records there are.
"""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from records import answer_rows, redating, reviews, versions
from records.models import ClientRecord, RetentionRules, ScheduleRun
from records.retention import Status
from records.retention_rules import RuleSet

PUT_OFF = "put off"
LOT = 1_000
"""Records in a transaction, and as many as are ever held in memory."""


@dataclass(frozen=True)
class Found:
    """What one run found and did, and what it left alone and why, in counts."""

    dated_anew: int
    judged_again: int
    due_for_review: int
    kept_without_end: int
    reviews_queued: int
    reviews_closed: int
    queued_before: int
    put_off: int
    on_hold: int
    facts_missing: int
    to_correct: int


def run(*, on: dt.date) -> Found:
    """Do whatever is to be done on a day. Twice is the same as once; a killed run is taken up."""
    this = ScheduleRun.objects.create(judged_on=on, started_at=timezone.now())
    found = _run(on)
    for name, count in asdict(found).items():
        setattr(this, name, count)
    this.finished_at = timezone.now()
    this.save()
    return found


@transaction.atomic
def rehearse(*, on: dt.date) -> Found:
    """What `run` would find and do; everything is taken back, nothing is sent."""
    found = _run(on)
    transaction.set_rollback(True)
    return found


def _run(on: dt.date) -> Found:
    at, version = timezone.now(), versions.row_in_force(on=on)
    dated_anew = _date_anew(version, on, at)
    judged_again = _judge_again(versions.of_row(version), on)
    closed = reviews.close_not_due(None, on=on, at=at, by=None)
    queued = reviews.queue_waiting(ClientRecord.objects.all(), on=on)
    counts = _counts(on)
    return Found(
        dated_anew=dated_anew,
        judged_again=judged_again,
        due_for_review=counts.get(Status.DUE_FOR_REVIEW, 0),
        kept_without_end=counts.get(Status.INDEFINITE_REVIEW, 0),
        reviews_queued=queued,
        reviews_closed=closed,
        queued_before=reviews.how_many_open() - queued,
        put_off=counts.get(PUT_OFF, 0),
        on_hold=counts.get(Status.ON_HOLD, 0),
        facts_missing=counts.get(Status.NEEDS_INFORMATION, 0),
        to_correct=counts.get(Status.INVALID, 0),
    )


def _date_anew(version: RetentionRules, on: dt.date, at: dt.datetime) -> int:
    """Help with the lots of changed rules that are still to be done."""
    begun = redating.begin(version, on=on, at=at)
    return 0 if begun.finished_at else redating.work_off(begun, on=on, at=at)


def _judge_again(rules: RuleSet, on: dt.date) -> int:
    """Answer anew for every record whose stored answer time has overtaken, lot by lot."""
    done, is_more = 0, True
    while is_more:
        count = _judge_a_lot(rules, on)
        done += count
        is_more = count == LOT
    return done


@transaction.atomic
def _judge_a_lot(rules: RuleSet, on: dt.date) -> int:
    """How many there were. What is answered is no longer overtaken, so the next lot is another."""
    overtaken = ClientRecord.objects.overtaken(on).order_by("look_again_on")
    lot = answer_rows.read(overtaken[:LOT])
    answers = [(row.pk, answer_rows.judge(row, rules=rules, on=on)[1]) for row in lot]
    answer_rows.write_overtaken(answers, on=on)
    return len(lot)


def _counts(on: dt.date) -> dict[str, int]:
    """What waits and what is left alone, each out of an index of those records only."""
    records = ClientRecord.objects.order_by()
    put_off = Count("pk", filter=Q(extended_until__gte=on))
    waiting = records.for_a_person().values_list("status").annotate(count=Count("pk"), off=put_off)
    found = list(waiting)
    return {
        **{status: count for status, count, _off in found},
        **dict(records.without_answer().values_list("status").annotate(count=Count("pk"))),
        Status.ON_HOLD: records.held_beyond(on).count(),
        PUT_OFF: sum(off for _status, _count, off in found),
    }
