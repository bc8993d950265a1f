"""What Celery does for the register."""

import logging

from celery import shared_task
from django.utils import timezone

from records import care, digest, importing, keeping, redating, reminders, schedule
from records.import_progress import tell

logger = logging.getLogger(__name__)


@shared_task
def run_schedule() -> None:
    found = schedule.run(on=timezone.localdate())
    logger.info("Client records: %s", found)


@shared_task
def write_digests() -> None:
    written = digest.write(on=timezone.localdate(), at=timezone.now())
    logger.info("Digests of client records: %s", written)


@shared_task
def remind_of_reviews() -> None:
    told = reminders.remind(on=timezone.localdate(), at=timezone.now())
    logger.info("Reminders of client records: %s", told)


@shared_task
def look_after_dates() -> None:
    redating.look_after(at=timezone.now())


@shared_task
def do_a_lot(redating_id: int) -> None:
    redating.do_a_lot(redating_id, on=timezone.localdate(), at=timezone.now())


@shared_task
def care_for_registers() -> None:
    for what, count in care.sweep(at=timezone.now()).items():
        if count:
            logger.info("Registers: %s %s", count, what)


@shared_task
def take_import(batch_id: int, seen: str, user_id: int) -> None:
    """Taken twice is taken once; what cannot be taken is said on its page."""
    importing.take_or_say_why(
        batch_id=batch_id, seen=seen, user_id=user_id, at=timezone.now(), tell=tell(batch_id)
    )


@shared_task
def clean_up() -> None:
    for found in keeping.run(on=timezone.localdate()):
        logger.info("Clean-up: %s %s %s", found.table, found.verb, found.rows)
