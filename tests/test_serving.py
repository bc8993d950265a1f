"""The portal is loaded once, before gunicorn makes its workers."""

import subprocess
import sys

from django.conf import settings

LOADED_ONCE = """
import gc, sys
import cmsuk.wsgi
from cmsuk import serving
from django.db import connection
connection.ensure_connection()
before = "directory.views" in sys.modules
serving.when_ready(None)
print(before, "directory.views" in sys.modules, connection.connection, gc.get_freeze_count() > 0)
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

    assert said.stdout.split() == ["False", "True", "None", "True"]
