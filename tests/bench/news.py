"""An announcement to ten thousand: two workers beside one."""

from django.db import connection
from django.utils import timezone

from benefits import announcing
from benefits.models import NewsConsent
from membership.models import Person
from tests.bench import two_workers
from tests.bench.timing import Result
from tests.benefits.announcing import make_announcement, topic
from tests.factories import make_officer

RECIPIENTS = 10_000
BLOCKS = 5


def measure() -> list[Result]:
    """On PostgreSQL alone: SQLite lets one write at a time."""
    if connection.vendor != "postgresql":
        return []
    now, found = timezone.now(), topic()
    people = Person.objects.filter(listing__isnull=False, merged_into=None).order_by("pk")
    NewsConsent.objects.bulk_create(
        [
            NewsConsent(person_id=pk, topic=found, wording=found.wording, given_at=now)
            for pk in people.values_list("pk", flat=True)[:RECIPIENTS]
        ],
        ignore_conflicts=True,
        batch_size=1_000,
    )
    announcement = make_announcement()
    officer = make_officer()
    announcing.plan(announcement.pk, send_at=now, by=officer, at=now)
    announcing.begin(announcement.pk, at=now)
    return [
        two_workers.over_one(
            "an announcement",
            "letters",
            announcement.pk,
            lots=announcement.lots.count(),
            blocks=BLOCKS,
            scale=f"{announcement.recipients.count():,} recipients",
        )
    ]
