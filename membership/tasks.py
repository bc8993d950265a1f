"""What Celery does for membership."""

from celery import shared_task
from django.utils import timezone

from membership import (
    assurances,
    checks_due,
    courses,
    evidence_files,
    lifecycle,
    referees,
    watch,
)


@shared_task
def lapse_due() -> None:
    lifecycle.lapse_due(at=timezone.now())


@shared_task
def raise_renewals() -> None:
    lifecycle.raise_renewals(at=timezone.now())


@shared_task
def end_offers() -> None:
    lifecycle.end_offers(at=timezone.now())


@shared_task
def remind_referees() -> None:
    referees.remind_due(at=timezone.now())


@shared_task
def care_for_drafts() -> None:
    lifecycle.care_for_drafts(at=timezone.now())


@shared_task
def mark_refused_referees() -> None:
    referees.mark_refused(at=timezone.now())


@shared_task
def tell_qualified() -> None:
    lifecycle.tell_qualified(at=timezone.now())


@shared_task
def ask_what_follows_courses() -> None:
    courses.ask_what_follows(at=timezone.now())


@shared_task
def scan_waiting_files() -> None:
    evidence_files.scan_waiting(at=timezone.now())


@shared_task
def sweep_stray_files() -> None:
    evidence_files.sweep_strays(at=timezone.now())


@shared_task
def watch_registrations() -> None:
    watch.watch_registrations(at=timezone.now())


@shared_task
def watch_assurances() -> None:
    assurances.watch_assurances(at=timezone.now())


@shared_task
def tell_of_checks_due() -> None:
    checks_due.tell_the_office(at=timezone.now())
