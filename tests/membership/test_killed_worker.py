"""A worker that is killed between the decision and its letter: the letter still goes, once."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone

from foundation import outbox
from foundation.letters import LEASE
from foundation.models import Letter
from foundation.tasks import send_waiting_letters
from membership import lifecycle
from membership.models import Application, FeeDue
from tests.factories import make_application, make_fee_rate, make_officer
from tests.patience import PATIENCE

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
WORKER = "celery -A cmsuk worker --pool solo --loglevel ERROR --without-gossip --without-mingle"


@contextmanager
def worker(mail_port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A real worker on this test's database and queue, whose mail goes to a port of ours."""
    database = connection.settings_dict
    address = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = {
        **os.environ,
        "DATABASE_URL": f"postgres://{database['USER']}@{address}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
    }
    process = subprocess.Popen([sys.executable, "-m", *WORKER.split()], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_the_letter_of_a_decision_survives_the_death_of_the_worker(settings, tmp_path):
    current_app.control.purge()
    make_fee_rate()
    application = make_application(state=Application.State.SUBMITTED)

    with socket.create_server(("127.0.0.1", 0)) as mail:
        mail.settimeout(PATIENCE)
        with worker(mail.getsockname()[1]) as process:
            lifecycle.approve(
                application_id=application.pk,
                by=make_officer(),
                at=timezone.now(),
                override_reason="Known.",
            )
            # The worker has taken the letter up and waits for a server that says nothing.
            line, _address = mail.accept()
            with line:
                process.send_signal(signal.SIGKILL)
                ended = process.wait()
    left = Letter.objects.get(kind="approved")
    settings.EMAIL_BACKEND, settings.OUTBOX_DIR = "foundation.outbox.OutboxBackend", tmp_path
    too_early = send_waiting_letters.apply().state
    kept_at_once = outbox.kept()
    Letter.objects.update(claimed_at=timezone.now() - LEASE - dt.timedelta(seconds=1))
    for _ in range(3):
        send_waiting_letters.apply()

    assert ended == -signal.SIGKILL
    assert (left.tries, left.sent_at, left.claimed_at is None) == (1, None, False)
    assert (too_early, kept_at_once) == ("SUCCESS", [])
    assert [one.subject for one in outbox.kept()] == ["Your application is approved"]
    assert Letter.objects.get(kind="approved").sent_at is not None
    assert FeeDue.objects.count() == 1
