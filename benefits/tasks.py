"""What Celery does for benefits: each task makes one call, and twice is as good as once."""

from celery import shared_task
from django.utils import timezone

from benefits import announcing, bookings_sweep, owing


@shared_task
def look_after_bookings() -> None:
    bookings_sweep.run(at=timezone.now())


@shared_task
def remind_of_differences() -> None:
    owing.remind_of_differences(at=timezone.now())


@shared_task
def look_after_announcements() -> None:
    announcing.look_after(at=timezone.now())


@shared_task
def write_a_lot(announcement_id: int) -> None:
    if announcing.write_a_lot(announcement_id, at=timezone.now()) is not None:
        announcing.ask_for_lot(announcement_id)
