"""From a clone to the first page of `make run`, with the packages where pip keeps them."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.timing import Result, result

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_SECONDS, PATIENCE_SECONDS = 60, 600
PORT = 8790


def measure() -> list[Result]:
    """Twice, since the first time pip may have to fetch; the second is what counts."""
    _first, second = (seconds() for _time in range(2))
    return [
        result(
            "clone to first page",
            second,
            MOST_SECONDS,
            target=1,
            scale="make run, packages kept",
            unit="s",
        )
    ]


def seconds() -> float:
    folder = Path(tempfile.mkdtemp(prefix="cmsuk-clone-"))
    kept = {name: value for name, value in os.environ.items() if name != "VAR_DIR"}
    began = time.monotonic()
    subprocess.run(["git", "clone", "--quiet", ROOT, folder / "portal"], check=True)
    portal = subprocess.Popen(
        [sys.executable, "tools/dev.py", "run"],
        cwd=folder / "portal",
        env={**kept, "PORT": str(PORT)},
        stdout=sys.stderr,
        start_new_session=True,
    )
    try:
        while not answers():
            if portal.poll() is not None or time.monotonic() - began > PATIENCE_SECONDS:
                raise RuntimeError("The portal did not start.")
            time.sleep(0.2)
        return time.monotonic() - began
    finally:
        os.killpg(portal.pid, signal.SIGTERM)
        portal.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def answers() -> bool:
    door = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    try:
        door.request("GET", "/")
        return door.getresponse().status == 200
    except OSError:
        return False
    finally:
        door.close()
