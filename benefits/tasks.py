"""What Celery does for benefits: each task makes one call, and twice is as good as once."""

from celery import shared_task
from django.utils import timezone

from benefits import bookings_sweep


@shared_task
def look_after_bookings() -> None:
    bookings_sweep.run(at=timezone.now())
