"""A living worker tells Redis which tasks it still holds, so that only a dead one's are given on.

Redis knows no consumers: kombu gives a task to another worker once nobody has acknowledged it for
`visibility_timeout` seconds, whether its worker died or is just busy. A short time would run every
long task over and over, a long one would leave the tasks of a killed worker lying for an hour. So
the time is short, and each worker renews its claim while it lives.
"""

import time
from typing import Any

from celery import bootsteps
from celery.worker import state

SECONDS = 5


class StillHolding(bootsteps.StartStopStep):
    """Part of a worker that listens to Redis; idle with any other broker."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **kwargs: Any) -> None:
        super().__init__(consumer, **kwargs)
        self._timer: Any = None

    def start(self, consumer: Any) -> None:
        if hasattr(consumer.task_consumer.channel, "unacked_index_key"):
            self._timer = consumer.timer.call_repeatedly(SECONDS, renew, (consumer,))

    def stop(self, consumer: Any) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def renew(consumer: Any) -> None:
    """Move what this worker holds to the end of the line of those to be given on."""
    channel = consumer.task_consumer.channel
    now = time.time()
    held = {request.message.delivery_tag: now for request in list(state.requests.values())}
    if held:
        with channel.conn_or_acquire() as redis:
            redis.zadd(channel.unacked_index_key, held, xx=True)
