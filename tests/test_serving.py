"""The portal is loaded once, before gunicorn makes its workers."""

import resource
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings

from cmsuk import serving

LOADED_ONCE = """
import gc, sys
import cmsuk.wsgi
from cmsuk import serving
from django.db import connection
connection.ensure_connection()
before = "directory.views" in sys.modules
serving.when_ready(None)
print(before, "directory.views" in sys.modules, "celery.app.amqp" in sys.modules)
print(connection.connection, gc.get_freeze_count() > 0)
"""


def test_pages_are_loaded_before_workers_are_made_and_no_connection_is_shared(tmp_path):
    environment = {"VAR_DIR": str(tmp_path), "PATH": ""}

    said = subprocess.run(
        [sys.executable, "-c", LOADED_ONCE],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout.split() == ["False", "True", "True", "None", "True"]


def test_what_lies_free_between_is_given_back_after_every_hundredth_page():
    pieces = [bytes(3_000) for _number in range(20_000)]
    kept = pieces[::20]
    del pieces
    before = held_mib()

    serving.post_request(SimpleNamespace(nr=99), None)
    not_yet = held_mib()
    serving.post_request(SimpleNamespace(nr=100), None)

    assert len(kept) == 1_000
    assert before - not_yet < 1
    assert before - held_mib() > 30


def held_mib():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1_048_576
