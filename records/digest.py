"""Once a week each owner for whom something waits in a register is told so, in counts.

A letter names no record: e-mail is read on its way, and a reference belongs to a client.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.urls import reverse

from foundation.dates import add_years
from foundation.links import absolute
from foundation.models import Letter
from membership import post
from membership.models import Person
from records import recipients
from records.models import ClientRecord, Hold, Review
from records.retention import Status

LONG_HOLD_YEARS = 1
"""A hold open for longer is mentioned to its owner."""
OWNER_OF_RECORD = f"{recipients.REGISTER_OF_RECORD}__owner"
OWNER_OF_REVIEW = f"{recipients.REGISTER_OF_REVIEW}__owner"
OWNERS = 200
"""So many owners are looked up at a time."""

Counts = dict[int, Counter[str]]


def write(*, on: dt.date, at: dt.datetime) -> int:
    """One letter a week to each owner for whom something waits; how many were written now."""
    waiting = counts(on=on)
    keys = sorted(waiting)
    lots = (keys[first : first + OWNERS] for first in range(0, len(keys), OWNERS))
    return sum(_write_lot(lot, waiting, on=on, at=at) for lot in lots)


def counts(*, on: dt.date) -> Counts:
    """What waits for each owner, by the owner's key. Three queries, whatever waits."""
    found: Counts = defaultdict(Counter)
    for owner, name, count in _rows(on):
        found[owner][name] += count
    return found


def _rows(on: dt.date) -> Iterator[tuple[int, str, int]]:
    reviews = Review.objects.filter(settled_at=None)
    yield from _grouped(reviews, OWNER_OF_REVIEW, "why")
    incomplete = ClientRecord.objects.filter(status__in=(Status.NEEDS_INFORMATION, Status.INVALID))
    yield from _grouped(incomplete, OWNER_OF_RECORD, "status")
    long_ago = add_years(on, -LONG_HOLD_YEARS)
    holds = Hold.objects.filter(resolved_on=None, opened_on__lt=long_ago)
    for owner, count in _grouped(holds, OWNER_OF_REVIEW):
        yield owner, "long_holds", count


def _grouped(rows: QuerySet, *by: str) -> Iterator[tuple[Any, ...]]:
    yield from rows.order_by().values_list(*by).annotate(count=Count("pk"))


def _write_lot(owners: Sequence[int], waiting: Counts, *, on: dt.date, at: dt.datetime) -> int:
    people = {_key(one, on): one for one in recipients.who_can_be_written_to(owners)}
    written = set(Letter.objects.filter(key__in=people).values_list("key", flat=True))
    found = [(key, owner) for key, owner in people.items() if key not in written]
    for key, owner in found:
        _write(owner, key, waiting[owner.pk], at=at)
    return len(found)


def _key(owner: Person, on: dt.date) -> str:
    year, week, _day = on.isocalendar()
    return f"records {owner.key} {year}-W{week:02}"


@transaction.atomic
def _write(owner: Person, key: str, waiting: Counter[str], *, at: dt.datetime) -> None:
    post.tell(
        owner,
        "records_digest",
        key=key,
        at=at,
        owner=owner,
        period_over=waiting[Review.Why.PERIOD_OVER],
        indefinite=waiting[Review.Why.INDEFINITE],
        facts_missing=waiting[Status.NEEDS_INFORMATION],
        to_correct=waiting[Status.INVALID],
        long_holds=waiting["long_holds"],
        register_url=absolute(reverse("records:register")),
    )
