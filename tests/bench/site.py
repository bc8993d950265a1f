"""The portal behind gunicorn on loopback, and how much of the processors it has used."""

import http.client
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import connection
from django.test import Client

from membership.models import User
from tests.services import die_with_parent, free_port

MILLION = 1_000_000
START_SECONDS = 60
TOKEN = "b" * 32
OURS = "tests.bench.wsgi"
FORM = "application/x-www-form-urlencoded"


class Site:
    """A worker with threads, as `make run` starts it, or several; asked one thing at a time."""

    def __init__(self, *, workers: int = 1, serves: str = OURS) -> None:
        self.workers, self.serves = workers, serves
        self.is_ours = serves == OURS

    def __enter__(self) -> Self:
        self.port = free_port()
        bind = f"127.0.0.1:{self.port}"
        command = ["gunicorn", self.serves, "--bind", bind, "--workers", str(self.workers)]
        command += ["--threads", "4", "--no-control-socket", "--log-level", "error"]
        command += ["--config", "python:cmsuk.serving"] if self.is_ours else []
        self._master = subprocess.Popen(
            [sys.executable, "-m", *command], preexec_fn=die_with_parent, stdout=sys.stderr
        )
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._master.poll() is not None or time.monotonic() > end:
                raise RuntimeError("gunicorn did not start.")
            time.sleep(0.1)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._master.terminate()
        self._master.wait(10)

    def fetch(
        self,
        path: str,
        *,
        user: User | None = None,
        posted: str | bytes | None = None,
        wanted: int = 200,
        **more: str,
    ) -> bytes:
        """Ask for a page, or post a form; any other answer than is wanted ends the benchmark."""
        method, headers = "GET", {"Cookie": f"csrftoken={TOKEN}", **more}
        if posted is not None:
            method = "POST"
            headers |= {"X-CSRFToken": TOKEN, "Content-Type": FORM, **more}
        if user is not None:
            headers["Cookie"] += f"; {session_of(user)}"
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        door.request(method, path, posted, headers)
        answer = door.getresponse()
        said = answer.read()
        door.close()
        if answer.status != wanted:
            raise RuntimeError(f"{path} answered {answer.status}")
        return said

    def used(self) -> float:
        """Milliseconds of processor time of the web worker and of the database's own processes."""
        return sum(map(_used, [*self._workers(), *_backends()]))

    def memory_mib(self) -> float:
        """What the workers and the process above them hold; pages that they share count once."""
        processes = [self._master.pid, *self._workers()]
        said = (Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in processes)
        lines = (line.split() for text in said for line in text.splitlines())
        return sum(int(line[1]) for line in lines if line[0] == "Pss:") / 1024

    def _workers(self) -> list[int]:
        children = Path(f"/proc/{self._master.pid}/task/{self._master.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def _answers(self) -> bool:
        try:
            self.fetch("/bare/")
        except OSError:
            return False
        return True


_sessions: dict[int, str] = {}


def session_of(user: User) -> str:
    """The cookie of a session that was begun here; the same one each time."""
    if user.pk not in _sessions:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        _sessions[user.pk] = f"{name}={client.cookies[name].value}"
    return _sessions[user.pk]


def used_here() -> float:
    """Milliseconds of processor time of this process and of the database's own for it."""
    mine = time.process_time() * 1_000
    if connection.vendor != "postgresql":
        return mine
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return mine + _used(cursor.fetchone()[0])


def _backends() -> list[int]:
    """The processes of PostgreSQL that serve others than this one."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def _used(pid: int) -> float:
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / MILLION
