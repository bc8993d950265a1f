"""Who gets an announcement: queries, asked when it begins and again before each letter."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from benefits.models import Announcement, NewsConsent
from membership import standing
from membership.models import Person


def agreed(announcement: Announcement) -> QuerySet[Person]:
    """Whoever agreed to news of one of its topics, and has not taken it back."""
    consents = NewsConsent.objects.open().filter(
        person=OuterRef("pk"), topic__in=announcement.topics.values("pk")
    )
    return Person.objects.filter(Exists(consents), merged_into=None).exclude(email="")


def members(announcement: Announcement, *, on: dt.date) -> QuerySet[Person]:
    """Active members of its types."""
    return standing.active(on, types=announcement.types)


def of(announcement: Announcement, *, on: dt.date) -> QuerySet[Person]:
    """Those to whom it goes on a day."""
    return agreed(announcement) & members(announcement, on=on)


def count(announcement: Announcement, *, on: dt.date) -> int:
    return of(announcement, on=on).count()
