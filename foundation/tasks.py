"""What Celery does for the foundation."""

from celery import shared_task
from django.utils import timezone

from foundation import anchors, letters


@shared_task
def send_letter(letter_id: int) -> None:
    letters.send(letter_id)


@shared_task
def send_waiting_letters() -> None:
    letters.send_waiting()


@shared_task
def anchor_history() -> None:
    anchors.anchor(at=timezone.now())
