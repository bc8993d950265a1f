"""Starts a real PostgreSQL and a real Redis for the tests, before the settings are read.

Loaded by `-p tests.services`. The servers come out of wheels, live on free ports in a folder of
their own, and die with the tests. CMSUK_TEST_LEG=sqlite runs the same tests on the laptop's
defaults instead: SQLite, the database cache and the filesystem broker.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tools.servers import FAST, Postgres, Redis, Server, die_with_parent, free_port

__all__ = ("die_with_parent", "folder_of_ours", "free_port", "until_the_end")


def folder_of_ours(name: str) -> Path:
    """A folder that goes when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix=f"cmsuk-{name}-"))
    folder.chmod(0o755)
    at_the_end(lambda: shutil.rmtree(folder, ignore_errors=True))
    return folder


def until_the_end(server: Server) -> None:
    server.start()
    at_the_end(server.stop)


def at_the_end(act) -> None:
    """When this process ends, and not when one that it forked does."""
    owner = os.getpid()
    atexit.register(lambda: os.getpid() == owner and act())


def prepare() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    os.environ["VAR_DIR"] = str(folder_of_ours("var"))
    if os.environ.get("CMSUK_TEST_LEG") == "sqlite":
        return
    if not worker:
        postgres, redis = Postgres(folder_of_ours("pg"), options=FAST), Redis(folder_of_ours("rd"))
        until_the_end(postgres)
        until_the_end(redis)
        os.environ["DATABASE_URL"] = postgres.url()
        os.environ["TEST_REDIS_SERVER"] = redis.url()
    # A database of its own for each worker, so that one's flush is not another's surprise.
    number = int(worker.removeprefix("gw") or 0)
    os.environ["REDIS_URL"] = f"{os.environ['TEST_REDIS_SERVER']}/{number}"


prepare()
