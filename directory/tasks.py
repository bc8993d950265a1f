"""What the worker does for the directory: counting, the draw of the day, and what is overdue."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from directory import chasing, counting, draws, figures, freshness


@shared_task
def recount() -> None:
    counting.recount(at=timezone.now())


@shared_task
def draw_lots() -> None:
    draws.draw_lots(on=timezone.localdate())


@shared_task
def chase() -> None:
    chasing.chase(at=timezone.now())


@shared_task
def watch_listings() -> None:
    freshness.watch(at=timezone.now())


@shared_task
def count_unmet(area: str, expertise: str, on: str) -> None:
    figures.count_unmet(area=area, expertise=expertise, on=dt.date.fromisoformat(on))


@shared_task
def count_seen(listing_id: int, on: str) -> None:
    figures.count_seen(listing_id=listing_id, on=dt.date.fromisoformat(on))
