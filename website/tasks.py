"""What Celery does that needs several rooms, and for the public pages."""

from celery import shared_task
from django.utils import timezone

from payments import reminders
from website import complaints, data_requests, packs, used


@shared_task
def remind_renewals() -> None:
    """The letters are the payments' own; what a member used is told by the rooms around them."""
    reminders.remind_renewals(at=timezone.now(), used=used.lines)


@shared_task
def remind_of_complaints() -> None:
    now = timezone.now()
    complaints.remind(on=timezone.localdate(now), at=now)


@shared_task
def remind_of_data_requests() -> None:
    now = timezone.now()
    data_requests.remind(on=timezone.localdate(now), at=now)


@shared_task
def put_pack_together(made_id: int) -> None:
    packs.put_together(made_id, at=timezone.now())
