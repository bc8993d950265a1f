"""The grown installation on this machine: the processes of docker-compose.yml without containers.

python -m tools.stack --port 8000

PostgreSQL and Redis out of wheels, two web servers, two workers, two beats (doubled on purpose:
that does no harm) and the pretend PayPal, all on loopback. A process that ends is started again, as
`restart: unless-stopped` does. What they keep lies in var/stack.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.servers import HOST, Postgres, Redis, die_with_parent

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS, LOOK_SECONDS = 120, 0.3
Child = subprocess.Popen[bytes]


class Stack:
    """Every process by name. Two ports are the web's; PayPal has the first one's plus 1000."""

    def __init__(self, base: Path, *, port: int, options: tuple[str, ...] = ()) -> None:
        self.base, self.port = base, port
        self.postgres = Postgres(made(base / "postgres"), options=options)
        self.redis = Redis(made(base / "redis"))
        self.children: dict[str, Child] = {}
        made(base / "log")

    @property
    def sites(self) -> list[str]:
        return [f"http://{HOST}:{self.port + number}" for number in range(2)]

    @property
    def paypal(self) -> str:
        return f"http://{HOST}:{self.port + 1000}"

    @property
    def environment(self) -> dict[str, str]:
        """The same names as in docker-compose.yml; the demo's PayPal and letters."""
        return {
            **os.environ,
            "DATABASE_URL": self.postgres.url(),
            "REDIS_URL": self.redis.url(0),
            "CELERY_BROKER_URL": self.redis.url(1),
            "SITE_URL": self.sites[0],
            "PAYPAL_ENDPOINT": self.paypal,
            "VAR_DIR": str(made(self.base / "var")),
        }

    def commands(self) -> dict[str, list[str]]:
        """What docker-compose.yml starts, with ports and names of this machine."""
        web = "gunicorn cmsuk.wsgi --config python:cmsuk.serving --workers 2 --threads 4"
        web += " --no-control-socket --log-level warning"
        worker = "celery -A cmsuk worker --loglevel WARNING --concurrency 2"
        beat = "celery -A cmsuk beat --loglevel WARNING --pidfile="
        said = {"paypal": f"payments.demo_paypal --port {self.port + 1000}"}
        for number in range(2):
            said[f"web-{number + 1}"] = f"{web} --bind {HOST}:{self.port + number}"
            said[f"worker-{number + 1}"] = f"{worker} --hostname worker{number + 1}@%h"
            schedule = self.base / f"beat-{number + 1}"
            said[f"beat-{number + 1}"] = f"{beat} --schedule {schedule}"
        return {name: [sys.executable, "-m", *words.split()] for name, words in said.items()}

    def set_up(self, *, with_people: bool = True) -> None:
        """Both servers, tables, style sheets and the demo's people, as far as they are missing."""
        self.postgres.start()
        self.redis.start()
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        if with_people:
            self.manage("fill_demo")

    def manage(self, *words: str) -> str:
        """What a command of the portal prints. Raises CalledProcessError."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout

    def start(self) -> None:
        for name in self.commands():
            self.start_one(name)

    def start_one(self, name: str) -> None:
        with (self.base / "log" / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                self.commands()[name],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def start_the_dead(self) -> None:
        """As a container that is restarted: whatever ended is started again."""
        for name, child in list(self.children.items()):
            if child.poll() is not None:
                self.start_one(name)

    def kill(self, name: str) -> None:
        """SIGKILL to a process and all that it forked."""
        child = self.children[name]
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def is_ready(self) -> bool:
        return all(answers(f"{site}/readyz") for site in self.sites)

    def stop(self) -> None:
        """Web, workers and beats first: each finishes what it is at."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        for name, child in self.children.items():
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                self.kill(name)
        self.redis.stop()
        self.postgres.stop()


def made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # loopback
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def keep_going(stack: Stack, stopped: threading.Event) -> None:
    while not stopped.wait(LOOK_SECONDS):
        stack.start_the_dead()


def wait_until_ready(stack: Stack, stopped: threading.Event) -> None:
    end = time.monotonic() + READY_SECONDS
    while not stopped.wait(LOOK_SECONDS) and not stack.is_ready():
        if time.monotonic() > end:
            raise SystemExit(f"It did not get ready. Logs are in {stack.base / 'log'}.")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools.stack", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--check", action="store_true", help="start, wait until ready, stop")
    options = parser.parse_args()
    stopped = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda _number, _frame: stopped.set())
    base = Path(os.environ.get("VAR_DIR", str(ROOT / "var"))).resolve() / "stack"
    stack = Stack(base, port=options.port)
    try:
        print("Setting up ...", flush=True)
        stack.set_up()
        stack.start()
        wait_until_ready(stack, stopped)
        print(welcome(stack), flush=True)
        if not options.check:
            keep_going(stack, stopped)
    finally:
        stack.stop()
    return 0


def welcome(stack: Stack) -> str:
    return f"""
The grown installation is ready:  {" and ".join(stack.sites)}   (Ctrl-C stops everything)

PostgreSQL  {stack.postgres.url()}
Redis       {stack.redis.url()}
Logs        {stack.base / "log"}

Who to sign in as is in the README. Kill what you like: it is started again.
"""


if __name__ == "__main__":
    sys.exit(main())
