"""The kind of task that leaves a mark when it ends, so that a job that stopped is missed."""

from typing import Any

from celery import Task
from django.conf import settings
from django.utils import timezone

from foundation import sweeps


class RecordedTask(Task):
    """Celery makes every task of this kind; only those that beat starts are written down."""

    abstract = True

    def on_success(self, retval: Any, task_id: str, args: Any, kwargs: Any) -> None:
        if is_scheduled(self.name):
            sweeps.finished(self.name, at=timezone.now())

    def on_failure(
        self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any
    ) -> None:
        if is_scheduled(self.name):
            sweeps.failed(self.name, at=timezone.now())


def is_scheduled(name: str) -> bool:
    return any(entry["task"] == name for entry in settings.CELERY_BEAT_SCHEDULE.values())
