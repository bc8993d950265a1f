"""What Celery does for the register."""

import logging

from celery import shared_task
from django.utils import timezone

from records import schedule

logger = logging.getLogger(__name__)


@shared_task
def run_schedule() -> None:
    found = schedule.run(on=timezone.localdate())
    logger.info("Client records: %s", found)
