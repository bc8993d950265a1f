"""What Celery does for benefits."""

from celery import shared_task
from django.utils import timezone

from benefits import announcing


@shared_task
def look_after_announcements() -> None:
    announcing.look_after(at=timezone.now())


@shared_task
def write_a_lot(announcement_id: int) -> None:
    if announcing.write_a_lot(announcement_id, at=timezone.now()) is not None:
        announcing.ask_for_lot(announcement_id)
