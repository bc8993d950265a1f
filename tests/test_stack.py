"""The grown installation under load while each of its processes is killed: nothing is lost."""

import contextlib
import datetime as dt
import json
import random
import socket
import subprocess
import sys
import threading
import time

import pytest

from tests.fire import traffic
from tests.payments.statement_files import Row, lloyds
from tests.profiles import CHOSEN, LONG
from tests.services import folder_of_ours
from tools.servers import FAST, HOST
from tools.stack import ROOT, Stack, wait_until_ready

pytestmark = pytest.mark.postgres
ROUNDS = 6 if CHOSEN == LONG else 1
MEMBERS = 2_000 if CHOSEN == LONG else 200
APPLICANTS = 24 if CHOSEN == LONG else 4
A_MOMENT, PATIENCE = 1.0, 120


def ports_in_a_row():
    """A port whose next one, and the one a thousand above, are free as well."""
    for port in random.sample(range(20_000, 30_000, 2), 100):
        with contextlib.ExitStack() as held, contextlib.suppress(OSError):
            for one in (port, port + 1, port + 1000):
                held.enter_context(socket.create_server((HOST, one)))
            return port
    raise OSError("no ports are free")


def said(stack, module, *words):
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=stack.environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout or "null")


@pytest.fixture(scope="module")
def stack():
    built = Stack(folder_of_ours("stack"), port=ports_in_a_row(), options=FAST)
    try:
        built.set_up(with_people=False)
        yield built
    finally:
        built.stop()


class Fire:
    """Kills one thing after the other, and remembers when database or cache were away."""

    def __init__(self, stack):
        self.stack, self.away = stack, []

    def spread(self):
        for name in list(self.stack.children):
            self.stack.kill(name)
            self.go_on()
            self.stack.start_the_dead()
            self.go_on()
        self.restart(self.stack.postgres)
        self.restart(self.stack.redis)

    def go_on(self):
        """Visitors go on for a moment."""
        end = time.monotonic() + A_MOMENT
        while time.monotonic() < end:
            threading.Event().wait(0.1)

    def restart(self, server):
        began = time.monotonic()
        server.stop()
        self.go_on()
        server.start()
        wait_until_ready(self.stack, threading.Event())
        self.away.append((began, time.monotonic()))
        self.stack.start_the_dead()

    def was_away(self, answer):
        return any(began < answer.ended and answer.began < ended for began, ended in self.away)


def statement(folder, debts):
    today = dt.datetime.now(dt.UTC).date()
    rows = [Row(today, debt["pence"], "P EXAMPLE", debt["reference"]) for debt in debts]
    file = folder / "statement.csv"
    file.write_bytes(lloyds(rows))
    return file


def by_bank(portal, stack, file, times):
    """The same statement over and over, and the nightly run: what the fire broke is done again."""
    for _ in range(times):
        with contextlib.suppress(subprocess.CalledProcessError):
            stack.manage("import_statement", str(file), "--account", "Current account")
        with contextlib.suppress(subprocess.CalledProcessError):
            stack.manage("run_schedule")
        if portal.over.is_set():
            return


def test_whatever_is_killed_nothing_is_lost_and_nobody_sees_an_error(stack, tmp_path):
    people = said(stack, "tests.fire.before", str(MEMBERS), str(APPLICANTS))
    half = len(people["debts"]) // 2
    by_paypal, transfers = people["debts"][:half], people["debts"][half:]
    file = statement(tmp_path, transfers)
    stack.start()
    wait_until_ready(stack, threading.Event())
    portal, fire = traffic.Portal(stack.sites, stack.paypal), Fire(stack)
    bounded = [
        threading.Thread(target=traffic.pay_all, args=(portal, by_paypal)),
        threading.Thread(target=traffic.apply_all, args=(portal, people["newcomers"])),
        threading.Thread(target=by_bank, args=(portal, stack, file, 3 * ROUNDS)),
    ]
    endless = [
        threading.Thread(target=traffic.search, args=(portal,)),
        threading.Thread(target=traffic.forge, args=(portal,)),
    ]

    for thread in (*bounded, *endless):
        thread.start()
    for _ in range(ROUNDS):
        fire.spread()
    for thread in bounded:
        thread.join(PATIENCE * ROUNDS)
    portal.over.set()
    for thread in endless:
        thread.join(PATIENCE)
    stack.manage("import_statement", str(file), "--account", "Current account")
    said(stack, "tests.fire.after", "calm")
    left = until_calm(stack)

    assert not any(thread.is_alive() for thread in (*bounded, *endless))
    assert {one.path: one.status for one in portal.answers if one.status == 500} == {}
    refused = [one for one in portal.answers if one.status > 500]
    assert [one for one in refused if not (one.is_page and fire.was_away(one))] == []
    assert (len(portal.answers) > 100, len(refused) > 0) == (True, True)
    assert json.loads(stack.manage("verify_history")) == []
    stack.manage("check_ledger")
    members = MEMBERS - len(people["debts"])
    assert left == {
        "waiting": 0,
        "files equal letters": True,
        "letters": left["letters"],
        "welcomes": len(people["debts"]),
        "active unpaid": 0,
        "paid inactive": 0,
        "payments": members + len(people["debts"]),
        "paid by PayPal": len(by_paypal),
        "by bank": len(transfers),
        "sent applications": APPLICANTS,
        "received": APPLICANTS,
        "messages waiting": 0,
        "messages": left["messages"],
    }
    assert left["messages"] > 0


def until_calm(stack):
    """What is there once nothing waits any more."""
    end = time.monotonic() + PATIENCE
    while True:
        left = said(stack, "tests.fire.after", "look")
        if time.monotonic() > end or not (left["waiting"] or left["messages waiting"]):
            return left
        threading.Event().wait(A_MOMENT)
