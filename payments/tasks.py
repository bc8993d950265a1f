"""What Celery does for payments: each task makes one call, and twice is as good as once."""

import logging

from celery import shared_task
from django.utils import timezone

from foundation.one_by_one import in_turn
from payments import (
    arrivals,
    attempts,
    bank_feed,
    bank_lines,
    disputes,
    invoicing,
    ledger_checks,
    paypal_account,
    receipting,
    refunds,
    settlement,
    spent_credit,
    statement_uploads,
    statement_work,
    webhooks,
)

logger = logging.getLogger(__name__)


@shared_task
def sync_open_attempts() -> None:
    """Attempts, and the refunds of those that are paid."""
    now = timezone.now()
    attempts.sync_open(at=now)
    refunds.sync_due(at=now)


@shared_task
def sweep_disputes() -> None:
    disputes.sweep(at=timezone.now())


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
    in_turn(
        lambda: invoicing.raise_missing(at=now),
        lambda: invoicing.withdraw_stale(at=now),
        lambda: spent_credit.put_right(at=now),
        lambda: settlement.activate_paid(at=now),
        lambda: receipting.write_missing(at=now),
    )


@shared_task
def check_ledger() -> None:
    ledger_checks.report(at=timezone.now())


@shared_task
def work_on_statement(upload_id: int) -> None:
    statement_work.work(upload_id, at=timezone.now())


@shared_task
def go_on_with_statements() -> None:
    statement_work.go_on(at=timezone.now())


@shared_task
def look_after_bank_lines() -> None:
    """Book what an import that was cut short left, and what PayPal charged and paid out; forget
    old uploads, look at the feed's age.
    """
    now = timezone.now()
    in_turn(
        lambda: bank_lines.post_proved(at=now),
        lambda: paypal_account.book_missing(at=now),
        lambda: statement_uploads.drop_old(at=now),
        lambda: bank_feed.watch(at=now),
    )


@shared_task
def bring_in_members(file_id: int) -> None:
    """Brought in twice is brought in once."""
    arrivals.bring_in(file_id, at=timezone.now())


@shared_task
def write_to_arrivals(file_id: int) -> None:
    arrivals.write_letters(file_id, at=timezone.now())


@shared_task
def look_after_arrivals() -> None:
    for what, count in arrivals.look_after(at=timezone.now()).items():
        if count:
            logger.info("Members from files: %s %s", count, what)
