"""The Celery application: workers and beat of every room."""

import os

from celery import Celery

from cmsuk import tracing  # noqa: F401  # numbers go along with every task
from cmsuk.holding import StillHolding

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cmsuk.settings")

app = Celery("cmsuk", task_cls="foundation.recording:RecordedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["consumer"].add(StillHolding)
