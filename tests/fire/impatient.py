"""A worker that soon gives the tasks of a dead one on, and is patient with a mail server."""

from cmsuk.settings import *  # noqa: F403
from cmsuk.settings import CELERY_BROKER_TRANSPORT_OPTIONS

CELERY_BROKER_TRANSPORT_OPTIONS = {**CELERY_BROKER_TRANSPORT_OPTIONS, "visibility_timeout": 15}
EMAIL_TIMEOUT = 120
