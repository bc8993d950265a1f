"""Counts what happens: searches that found nobody, and pages of members that were opened.

A page hands the counting to the worker; no visitor is noted, and of a place its region alone.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F

from directory.filters import Filters
from directory.models import Listing, Seen, Unmet
from foundation.queueing import after_commit


def note_unmet(filters: Filters, *, on: dt.date) -> None:
    """Hand over that nobody was found."""
    area = filters.area or (filters.place.region_id if filters.place else "")
    after_commit("directory.tasks.count_unmet", area, " ".join(filters.expertise), on.isoformat())


def note_seen(listing: Listing, *, on: dt.date) -> None:
    """Hand over that somebody opened the page of a member."""
    after_commit("directory.tasks.count_seen", listing.pk, on.isoformat())


@transaction.atomic
def count_unmet(*, area: str, expertise: str, on: dt.date) -> None:
    row, _made = Unmet.objects.get_or_create(
        month=on.replace(day=1), area=area, expertise=expertise
    )
    Unmet.objects.filter(pk=row.pk).update(times=F("times") + 1)


@transaction.atomic
def count_seen(*, listing_id: int, on: dt.date) -> None:
    """Once more; nothing where the listing is gone meanwhile."""
    if not Listing.objects.filter(pk=listing_id).exists():
        return
    row, _made = Seen.objects.get_or_create(listing_id=listing_id, month=on.replace(day=1))
    Seen.objects.filter(pk=row.pk).update(times=F("times") + 1)
