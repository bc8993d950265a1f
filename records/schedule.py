"""The nightly run: judge again whose day has come, queue reviews. It never destroys a record.

What it costs follows what is due, not how many records there are.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from operator import attrgetter

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from records import answer_rows, redating, reviews, versions
from records.answer_rows import Row
from records.chunks import work_through
from records.models import ClientRecord, RetentionRules, ScheduleRun
from records.retention import Status
from records.retention_rules import RuleSet

PUT_OFF = "put off"


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
    """Answer anew for every record whose stored answer time has overtaken."""

    def judge(lot: list[Row]) -> None:
        answer_rows.write([answer_rows.judge(row, rules=rules, on=on)[1] for row in lot])

    overtaken = ClientRecord.objects.overtaken(on)
    return work_through(overtaken, read=answer_rows.read, key=attrgetter("pk"), work=judge)


def _counts(on: dt.date) -> dict[str, int]:
    """How many records are neither simply kept nor in use, by status, out of their index."""
    put_off = Count("pk", filter=ClientRecord.objects.put_off_until(on))
    rows = ClientRecord.objects.not_at_rest().order_by().values_list("status")
    found = list(rows.annotate(count=Count("pk"), put_off=put_off))
    counts = {status: count for status, count, _put_off in found}
    return counts | {PUT_OFF: sum(put_off for _status, _count, put_off in found)}
