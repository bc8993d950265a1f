"""What Celery does for the public pages."""

from celery import shared_task
from django.utils import timezone

from website import complaints


@shared_task
def remind_of_complaints() -> None:
    now = timezone.now()
    complaints.remind(on=timezone.localdate(now), at=now)
