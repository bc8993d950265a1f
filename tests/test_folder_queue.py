"""The laptop's queue: nothing is read half written, nothing is lost, and the oldest comes first."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import Empty
from time import monotonic

import pytest
from kombu import Connection, Queue

from tests.patience import PATIENCE

MESSAGES = 400
LISTENERS = 8


@pytest.fixture
def connect(tmp_path):
    """A connection of its own for each thread, as for each process."""
    for name in ("queue", "processed", "control"):
        (tmp_path / name).mkdir()

    def connected():
        return Connection(
            "filesystem://localhost//",
            transport="cmsuk.folder_queue:Transport",
            transport_options={
                "data_folder_in": str(tmp_path / "queue"),
                "data_folder_out": str(tmp_path / "queue"),
                "processed_folder": str(tmp_path / "processed"),
                "control_folder": str(tmp_path / "control"),
            },
        )

    # Threads share what kombu remembers of queues, processes do not: it is there before they begin.
    with connected() as connection:
        connection.SimpleQueue("letters").close()
    return connected


def put(connect, count):
    with connect() as connection, connection.SimpleQueue("letters") as queue:
        for number in range(count):
            queue.put({"number": number})


def taken(connect, count):
    """What somebody reads who looks all the time."""
    found = []
    with connect() as connection, connection.SimpleQueue("letters", no_ack=True) as queue:
        until = monotonic() + PATIENCE
        while len(found) < count and monotonic() < until:
            with suppress(Empty):
                found.append(queue.get_nowait().payload["number"])
    return found


def test_who_reads_while_another_writes_gets_every_message_whole_and_in_order(connect, tmp_path):
    with ThreadPoolExecutor(2) as threads:
        reading = threads.submit(taken, connect, MESSAGES)
        threads.submit(put, connect, MESSAGES).result()

    assert reading.result() == list(range(MESSAGES))
    assert [path.name for path in (tmp_path / "queue").iterdir()] == []
    assert [path.name for path in (tmp_path / "control").iterdir()] == ["letters.exchange"]


def test_all_who_begin_to_listen_at_once_are_listed(connect):
    def listen(number):
        with connect() as connection:
            Queue(f"queue-{number}", exchange="news", channel=connection).declare()

    with ThreadPoolExecutor(LISTENERS) as threads:
        list(threads.map(listen, range(LISTENERS)))

    with connect() as connection:
        listed = {one.queue for one in connection.default_channel.get_table("news")}
    assert listed == {f"queue-{number}" for number in range(LISTENERS)}
