"""What Celery does for the foundation."""

from celery import shared_task

from foundation import letters


@shared_task
def send_letter(letter_id: int) -> None:
    letters.send(letter_id)


@shared_task
def send_waiting_letters() -> None:
    letters.send_waiting()
