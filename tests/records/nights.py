"""A small world of records, and what a run of the schedule leaves of it."""

import datetime as dt

from foundation.models import Letter
from records import register
from records.models import ClientRecord, Review
from tests.factories import make_person
from tests.records.records import make_record


def world(on=dt.date(2026, 1, 10)):
    """Two owners, and records that fall due, change, wait or are held in the years after 2026."""
    at = dt.datetime(on.year, on.month, on.day, 9, 0, tzinfo=dt.UTC)
    first, second = make_person(), make_person()
    make_record(first, at=at, care_concluded_on=dt.date(2018, 3, 1))
    make_record(first, at=at, care_concluded_on=dt.date(2019, 2, 28))
    make_record(second, at=at, born_on=dt.date(2010, 2, 28), capacity="lacks")
    make_record(second, at=at, care_concluded_on=None)
    make_record(second, at=at, category="")
    held = make_record(first, at=at, care_concluded_on=dt.date(2018, 5, 5))
    register.open_hold(
        record_id=held.pk, kind="legal", opened_on=dt.date(2024, 5, 5), by=first.user, at=at
    )
    return first, second


def statuses():
    return list(ClientRecord.objects.order_by("pk").values_list("status", flat=True))


def state():
    """Everything that a run leaves behind, without its own diary and its moments."""
    return {
        "records": list(
            ClientRecord.objects.order_by("pk").values_list(
                "reference", "status", "retain_until", "rule", "look_again_on"
            )
        ),
        "reviews": list(
            Review.objects.order_by("record", "pk").values_list("record", "why", "outcome")
        ),
        "letters": sorted(Letter.objects.values_list("kind", "to", "subject", "text")),
    }
