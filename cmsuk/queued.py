"""Asks the queue how much waits in it."""

from typing import Any

from celery import current_app
from kombu.exceptions import ChannelError, OperationalError

SECONDS = 2


def length() -> int | None:
    """How many tasks wait for a worker; None while the queue is away."""
    try:
        with current_app.connection_for_read(connect_timeout=SECONDS) as door:
            door.ensure_connection(max_retries=1, timeout=SECONDS)
            name = current_app.conf.task_default_queue
            channel: Any = door.default_channel
            return int(channel.queue_declare(queue=name, passive=True).message_count)
    except ChannelError:  # a queue in which nothing waits does not exist
        return 0
    except (OperationalError, OSError):
        return None
