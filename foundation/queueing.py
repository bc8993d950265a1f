"""Work for the queue, handed over once what it needs is stored."""

from celery import current_app
from django.db import transaction


def after_commit(task: str, *args: object) -> None:
    """Ask a worker for a task by name when this transaction is committed.

    Where the queue is away nobody sees an error: what has to be done is stored by then, and its
    sweep finds it. By name, since the task calls what asks for it.
    """

    # Not `functools.partial`: of what fails Django writes the name to the log, and it has none.
    def send() -> None:
        current_app.send_task(task, args=args)

    transaction.on_commit(send, robust=True)
