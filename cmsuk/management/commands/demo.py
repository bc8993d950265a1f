"""One command for the whole portal: web, worker, beat and the demo PayPal under one supervisor."""

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cmsuk.made_up import people
from cmsuk.made_up.people import PASSWORD

TO_TRY = (
    (people.OFFICER, "the office: decides, checks registers, records bank payments"),
    (people.APPROVED, "approved, with a fee to pay: press Pay"),
    (people.MEMBER, "an active, listed Case Manager with a register of client records"),
    (people.DRAFT, "half an application, to be gone on with"),
    (people.SUBMITTED, "an application that waits for the office"),
    (people.GRACE, "a membership that has just run out"),
)
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
HOST = "127.0.0.1"
READY_SECONDS = 60


def die_with_parent() -> None:
    """Whatever kills the supervisor ends its children (Linux)."""
    if LIBC is not None:
        LIBC.prctl(1, signal.SIGTERM)


class Command(BaseCommand):
    help = "Set up the database, fill it with made-up people, and run everything until Ctrl-C."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--check", action="store_true", help="start, wait until ready, stop")

    def handle(self, *args: Any, port: int, check: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is the demo. PAYPAL_ENV asks for real payments: see docs/.")
        refuse_a_taken_port(port)
        refuse_a_taken_port(paypal_port(port))
        self.set_up(port)
        stopped = stop_on_signals()
        children = start_children(port)
        try:
            wait_until_ready(port, children, stopped)
            if not stopped:
                self.stdout.write(welcome(port))
                self.stdout.flush()
            if not check:
                watch(children, stopped)
        finally:
            end(children)

    def set_up(self, port: int) -> None:
        """Everything that a first start needs; quick when it has been done."""
        self.stdout.write("Setting up ...")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        collect_static_files()
        fill(port)


def refuse_a_taken_port(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken. Stop what uses it, or choose another: PORT=8010 make run"
            ) from error


def paypal_port(port: int) -> int:
    """The demo PayPal's own port, the same at every start so that open orders stay valid."""
    return port + 1000


def collect_static_files() -> None:
    """Compress style sheets once; again only when one of them is newer."""
    stamp = Path(settings.STATIC_ROOT) / "collected"
    sources = [settings.BASE_DIR / "static", settings.BASE_DIR / "requirements.lock"]
    files = [file for source in sources for file in [source, *source.rglob("*")]]
    newest = max(file.stat().st_mtime for file in files)
    if stamp.exists() and stamp.stat().st_mtime > newest:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.touch()


def fill(port: int) -> None:
    """In a process of its own, so that the letters it writes lead to this very port."""
    command = [sys.executable, "manage.py", "fill_demo"]
    filled = subprocess.run(command, cwd=settings.BASE_DIR, env=environment(port), check=False)
    if filled.returncode:
        raise CommandError("The made-up people could not be filled in. The reason stands above.")


def environment(port: int) -> dict[str, str]:
    """What the processes of the demo are told beside their command."""
    return {
        **os.environ,
        "SITE_URL": f"http://{HOST}:{port}",
        "PAYPAL_ENDPOINT": f"http://{HOST}:{paypal_port(port)}",
        "VAR_DIR": str(settings.VAR_DIR),
    }


def commands(port: int) -> dict[str, list[str]]:
    """The processes of the demo by name; the same programs as in production."""
    web = f"gunicorn cmsuk.wsgi --bind {HOST}:{port} --no-control-socket --workers 1 --threads 4"
    worker = "celery -A cmsuk worker --loglevel WARNING --pool threads --concurrency 4"
    said = {
        "paypal": f"payments.demo_paypal --port {paypal_port(port)}",
        "web": f"{web} --log-level warning",
        "worker": f"{worker} --without-gossip --without-mingle --without-heartbeat",
        "beat": "celery -A cmsuk beat --loglevel WARNING --pidfile=",
    }
    return {name: [sys.executable, "-m", *words.split()] for name, words in said.items()}


def start_children(port: int) -> dict[str, "subprocess.Popen[bytes]"]:
    told = environment(port)
    return {name: start(name, command, told) for name, command in commands(port).items()}


def start(name: str, command: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """One process, in a session of its own, with its words in a file of its own."""
    with log_of(name).open("ab") as log:
        return subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )


def log_of(name: str) -> Path:
    folder = Path(settings.VAR_DIR) / "log"
    folder.mkdir(exist_ok=True)
    return folder / f"{name}.log"


def stop_on_signals() -> list[int]:
    """A list that is no longer empty once somebody asked us to stop."""
    stopped: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)

    signal.signal(signal.SIGINT, note)
    signal.signal(signal.SIGTERM, note)
    return stopped


def wait_until_ready(
    port: int, children: dict[str, "subprocess.Popen[bytes]"], stopped: list[int]
) -> None:
    end = time.monotonic() + READY_SECONDS
    while not stopped:
        if answers(port) and answers(paypal_port(port)):
            return
        refuse_the_dead(children)
        if time.monotonic() > end:
            raise CommandError(f"The web server did not answer within {READY_SECONDS} seconds.")
        time.sleep(0.1)


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), 0.3):
        return True
    return False


def watch(children: dict[str, "subprocess.Popen[bytes]"], stopped: list[int]) -> None:
    while not stopped:
        refuse_the_dead(children)
        time.sleep(0.3)


def refuse_the_dead(children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise CommandError(
                f"{name} ended with code {child.returncode}; the rest was stopped. "
                f"Its last words are in {log_of(name)}."
            )


def end(children: dict[str, "subprocess.Popen[bytes]"]) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def welcome(port: int) -> str:
    """What to open, who to be, and what to try; everybody has the same password."""
    site = f"http://{HOST}:{port}"
    logins = "\n".join(f"  {who.email:<24} {words}" for who, words in TO_TRY)
    return f"""
The portal is ready:  {site}/        (Ctrl-C stops everything)

Sign in with the password “{PASSWORD}” as
{logins}

Letters are read at    {site}/outbox/
The office works at    {site}/admin/
Logs are in            {log_of("web").parent}

Try: sign up as a nurse and apply, follow the referees' links in the outbox, approve as the
office, press Pay, switch your directory entry on, and find yourself by postcode.
"""
