"""What Celery does for the register."""

import logging

from celery import shared_task
from django.utils import timezone

from records import care, keeping, schedule
from records.disposal import chasing

logger = logging.getLogger(__name__)


@shared_task
def run_schedule() -> None:
    found = schedule.run(on=timezone.localdate())
    logger.info("Client records: %s", found)


@shared_task
def care_for_registers() -> None:
    for what, count in care.sweep(at=timezone.now()).items():
        if count:
            logger.info("Registers: %s %s", count, what)


@shared_task
def clean_up() -> None:
    for found in keeping.run(on=timezone.localdate()):
        logger.info("Clean-up: %s %s %s", found.table, found.verb, found.rows)


@shared_task
def chase_disposals() -> None:
    logger.info("Disposals: %s reminders and endings", chasing.chase(at=timezone.now()))
