"""What Celery does for the foundation."""

from celery import shared_task
from django.utils import timezone

from foundation import alarm, anchors, letters, made_files


@shared_task
def send_letter(letter_id: int) -> None:
    letters.send(letter_id)


@shared_task
def send_waiting_letters() -> None:
    letters.send_waiting()


@shared_task
def anchor_history() -> None:
    anchors.anchor(at=timezone.now())


@shared_task
def watch_jobs() -> None:
    now = timezone.now()
    alarm.sound(alarm.missed(at=now), at=now)


@shared_task
def look_after_made_files() -> None:
    made_files.sweep(at=timezone.now())
