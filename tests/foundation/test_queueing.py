"""Workers are asked once the commit is safe, and nobody's page fails for want of the queue."""

import logging

import pytest
from django.db import connection, transaction

from foundation.queueing import after_commit

TASK = "waits.for.nobody"


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_refuses_stops_no_page_and_is_told_to_the_log(caplog):
    caplog.set_level(logging.ERROR, logger="django.db.backends.base")

    with transaction.atomic():
        after_commit(TASK, object())  # no queue takes that: it cannot be written down

    assert connection.in_atomic_block is False
    assert ["after_commit" in record.getMessage() for record in caplog.records] == [True]


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_asks_nobody_for_anything(caplog):
    caplog.set_level(logging.ERROR, logger="django.db.backends.base")

    with transaction.atomic():
        after_commit(TASK, object())
        transaction.set_rollback(True)

    assert caplog.records == []
