"""What `make run` starts, in full: from an empty folder to pages, and back to no process at all."""

import os
import socket
import subprocess
import sys

import pytest

from tests.services import free_port
from tests.test_house import ROOT

# The demo has a database of its own, so once is enough.
pytestmark = pytest.mark.postgres
ITS_PAYPAL = 1000


def started(folder, port):
    bare = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, "manage.py", "demo", "--port", str(port), "--check"],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def test_one_command_starts_everything_twice_and_leaves_nothing_running(tmp_path):
    port = free_port(beside=(ITS_PAYPAL,))

    first, again = started(tmp_path, port), started(tmp_path, port)

    for done in (first, again):
        assert (done.returncode, done.stderr) == (0, "")
        assert f"The portal is ready:  http://127.0.0.1:{port}/" in done.stdout
    for each in (port, port + ITS_PAYPAL):
        with socket.socket() as tried:
            assert tried.connect_ex(("127.0.0.1", each)) != 0
