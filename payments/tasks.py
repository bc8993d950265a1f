"""What Celery does for payments: each task makes one call, and twice is as good as once."""

from celery import shared_task
from django.utils import timezone

from payments import attempts, invoicing, receipting, reminders, settlement, webhooks


@shared_task
def sync_open_attempts() -> None:
    attempts.sync_open(at=timezone.now())


@shared_task
def follow_webhook(event_pk: int) -> None:
    webhooks.follow(event_pk, at=timezone.now())


@shared_task
def process_waiting_webhooks() -> None:
    webhooks.follow_waiting(at=timezone.now())


@shared_task
def raise_missing_invoices() -> None:
    """Invoices for new fees, none for withdrawn ones, no paid fee unsettled, no paper missing."""
    now = timezone.now()
    invoicing.raise_missing(at=now)
    invoicing.withdraw_stale(at=now)
    settlement.activate_paid(at=now)
    receipting.write_missing(at=now)


@shared_task
def remind_renewals() -> None:
    reminders.remind_renewals(at=timezone.now())
