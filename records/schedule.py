"""The nightly run: judge again, queue reviews, write to owners. It never destroys a record."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from foundation import letters
from foundation.dates import add_years
from foundation.models import Letter
from membership.models import Person
from records import reviews
from records.chunks import work_through
from records.models import ClientRecord, Hold, Review, ScheduleRun
from records.reckoning import ANSWER, RULES, reckon
from records.retention import Status

LONG_HOLD_YEARS = 1
"""A hold open for longer is mentioned to its owner."""


@dataclass(frozen=True)
class Found:
    """What one run found and did, in counts."""

    records: int
    judged_again: int
    due_for_review: int
    kept_without_end: int
    on_hold: int
    reviews_queued: int
    reviews_closed: int
    letters: int


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
    judged_again = _judge_again(on)
    every = ClientRecord.objects.all()
    closed = reviews.close_not_due(every, on=on, at=timezone.now(), by=None)
    queued = reviews.queue_waiting(every, on=on)
    written = _write_letters(on)
    return Found(
        **_counts(),
        judged_again=judged_again,
        reviews_queued=queued,
        reviews_closed=closed,
        letters=written,
    )


def _judge_again(on: dt.date) -> int:
    """Answer anew for every record whose stored answer time or the rules have overtaken."""

    def judge(lot: list[ClientRecord]) -> None:
        for record in lot:
            reckon(record, record.holds.all(), on=on)
        ClientRecord.objects.bulk_update(lot, ANSWER)

    stale = ClientRecord.objects.stale(on, rule_set=RULES.code).prefetch_related("holds")
    return work_through(stale, judge)


def _counts() -> dict[str, int]:
    return ClientRecord.objects.aggregate(
        records=Count("pk"),
        due_for_review=Count("pk", filter=Q(status=Status.DUE_FOR_REVIEW)),
        kept_without_end=Count("pk", filter=Q(status=Status.INDEFINITE_REVIEW)),
        on_hold=Count("pk", filter=Q(status=Status.ON_HOLD)),
    )


def _write_letters(on: dt.date) -> int:
    """One letter a week to each owner for whom something waits; how many were written."""
    waits = Review.objects.filter(record__register__owner=OuterRef("pk"), settled_at=None)
    owners = Person.objects.filter(Exists(waits), ~Q(email="")).order_by("pk")
    return sum(_write_letter(owner, on) for owner in owners.iterator())


@transaction.atomic
def _write_letter(owner: Person, on: dt.date) -> bool:
    """Queue the week's letter to one owner; False if it was written before."""
    year, week, _day = on.isocalendar()
    key = f"records {owner.key} {year}-W{week:02}"
    if Letter.objects.filter(key=key).exists():
        return False
    context = {
        **_waiting_for(owner, on),
        "owner": owner,
        "register_url": settings.SITE_URL + reverse("records:register"),
    }
    letters.queue(
        "records_digest", key=key, to=owner.email, context=context, subject_key=owner.history_key
    )
    return True


def _waiting_for(owner: Person, on: dt.date) -> dict[str, int]:
    """Counts only: a letter names no record."""
    reviews_open = Review.objects.filter(record__register__owner=owner, settled_at=None)
    long_ago = add_years(on, -LONG_HOLD_YEARS)
    holds = Hold.objects.filter(
        record__register__owner=owner, resolved_on=None, opened_on__lt=long_ago
    )
    return {
        "period_over": reviews_open.filter(why=Review.Why.PERIOD_OVER).count(),
        "indefinite": reviews_open.filter(why=Review.Why.INDEFINITE).count(),
        "long_holds": holds.count(),
    }
