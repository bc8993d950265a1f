"""Tasks of a killed worker go to another within seconds, and those of a living one to nobody."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
import redis
from django.db import connection

from foundation.models import Letter
from tests.factories import A_MOMENT
from tests.patience import PATIENCE

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WORKER = "celery -A cmsuk worker --loglevel ERROR --concurrency 1 --without-gossip"
GIVEN_ON_AFTER = 15  # seconds, as in tests/fire/impatient.py


@pytest.fixture
def broker():
    """A queue of our own on the tests' Redis."""
    url = f"{os.environ['TEST_REDIS_SERVER']}/15"
    store = redis.Redis.from_url(url)
    store.flushdb()
    yield store, url
    store.flushdb()
    store.close()


@contextlib.contextmanager
def worker(name, url, mail_port):
    database = connection.settings_dict
    address = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    process = subprocess.Popen(
        [sys.executable, "-m", *WORKER.split(), "--hostname", f"{name}@here"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.fire.impatient",
            "DATABASE_URL": f"postgres://{database['USER']}@{address}",
            "CELERY_BROKER_URL": url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        },
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def queue_a_letter(url):
    """Written as a room would, but told to this queue alone."""
    letter = Letter.objects.create(
        key="slow", kind="x", to="a@example.org", message_id="<1@x>", queued_at=A_MOMENT
    )
    code = (
        "import django; django.setup(); from foundation.tasks import send_letter; "
        f"send_letter.delay({letter.pk})"
    )
    environment = {**os.environ, "CELERY_BROKER_URL": url}
    environment["DJANGO_SETTINGS_MODULE"] = "cmsuk.settings"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def held(store):
    """How many tasks some worker has taken and not acknowledged."""
    return store.hlen("unacked")


def stays(is_so, *, seconds):
    """Whether it is so all the time."""
    end = time.monotonic() + seconds
    while is_so() and time.monotonic() < end:
        time.sleep(0.1)
    return is_so()


def test_a_task_that_is_held_stays_with_the_living_and_leaves_the_dead(broker):
    store, url = broker
    queue_a_letter(url)
    with socket.create_server(("127.0.0.1", 0)) as mail:
        mail.settimeout(PATIENCE)
        port = mail.getsockname()[1]
        with worker("busy", url, port) as busy, worker("idle", url, port):
            line, _address = mail.accept()
            with line:  # the busy one waits for a mail server that says nothing
                kept = stays(lambda: held(store) == 1, seconds=2 * GIVEN_ON_AFTER)
                os.killpg(busy.pid, signal.SIGKILL)
                mail.close()  # the other one is refused there, and done with it
                is_stuck = stays(lambda: held(store) or store.llen("celery"), seconds=PATIENCE)

    assert (kept, bool(is_stuck)) == (True, False)
