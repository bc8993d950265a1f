"""The settings of a worker that gives a dead one's tasks on within eight seconds, for tests."""

from cmsuk.settings import *  # noqa: F403
from cmsuk.settings import CELERY_BROKER_TRANSPORT_OPTIONS

CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "visibility_timeout": 8}
