"""Real processes, killed by SIGKILL at named points of a payment: nothing is lost, nothing twice.

A point is a call to PayPal, before or after its effect, or a row being written in PostgreSQL, where
a trigger holds the process until it is dead.
"""

import contextlib
import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings as site
from django.db import connection

from foundation.models import Letter
from payments import invoicing
from payments.demo_paypal.answers import Answer
from payments.ledger_checks import violations
from payments.models import Attempt, Entry
from tests.factories import A_MOMENT, make_approved
from tests.patience import PATIENCE
from tests.payments import dying_steps
from tests.payments.money import MINUTE, is_active, money_of
from tests.profiles import CHOSEN, LONG

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CREATE, CAPTURE, REFUND = ("POST", "/orders"), ("POST", "/capture"), ("POST", "/refund")
ORDER = ("GET", "/v2/checkout/orders/")
KILLS = [
    ("come_back", "after", CAPTURE),
    ("come_back", "at", "payments_entry"),
    ("refund", "after", REFUND),
    ("pay", "at", "payments_attempt"),
    ("pay", "before", CREATE),
    ("pay", "after", CREATE),
    ("come_back", "before", ORDER),
    ("come_back", "after", ORDER),
    ("come_back", "before", CAPTURE),
    ("come_back", "at", "foundation_event"),
    ("come_back", "at", "membership_membership"),
    ("come_back", "at", "foundation_letter"),
    ("sweep", "before", CAPTURE),
    ("sweep", "after", CAPTURE),
    ("sweep", "at", "payments_entry"),
    ("message", "after", ORDER),
    ("message", "after", CAPTURE),
    ("message", "at", "payments_webhookevent"),
    ("message", "at", "foundation_letter"),
    ("refund", "at", "payments_refund"),
    ("refund", "before", REFUND),
    ("refund", "at", "payments_entry"),
    ("refund", "at", "foundation_letter"),
]


class Killer:
    """Watches one process, and kills it where it was told to."""

    def __init__(self, paypal, when, where):
        self.paypal, self.when, self.where = paypal, when, where
        self.process = None
        self.started = threading.Event()

    def run(self, step, invoice, at):
        command = [sys.executable, "-m", "tests.payments.dying", step, f"{invoice.pk}"]
        with self.trap():
            self.process = subprocess.Popen(
                [*command, at.isoformat()],
                cwd=site.BASE_DIR,
                env={**os.environ, **self.environment()},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            self.started.set()
            if self.when == "at":
                self.kill_in_the_database()
            _out, said = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == -signal.SIGKILL, said.decode()

    def environment(self):
        database = connection.settings_dict
        host = f"{database['HOST']}:{database['PORT']}"
        return {
            "DJANGO_SETTINGS_MODULE": "cmsuk.settings",
            "DATABASE_URL": f"postgres://{database['USER']}@{host}/{database['NAME']}",
            "PAYPAL_ENDPOINT": self.paypal.base_url,
        }

    @contextlib.contextmanager
    def trap(self):
        if self.when == "at":
            with holding(self.where):
                yield
            return
        ordinary = self.paypal.answer
        self.paypal.answer = lambda asked: self.answer(asked, ordinary)
        yield
        self.paypal.answer = ordinary

    def answer(self, asked, ordinary):
        method, part = self.where
        hit = asked.method == method and (
            asked.path.startswith(part) if method == "GET" else asked.path.endswith(part)
        )
        if hit and self.when == "after":
            ordinary(asked)
        if not hit:
            return ordinary(asked)
        self.started.wait(PATIENCE)
        self.process.kill()
        return Answer(503)

    def kill_in_the_database(self):
        """The trigger sleeps in it: then the process dies, and PostgreSQL sees it gone."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if found := asleep():
                self.process.kill()
                self.process.wait()
                run(f"SELECT pg_terminate_backend({found[0]})")
                return


@contextlib.contextmanager
def holding(table):
    """Whoever adds a row to the table sleeps, in the middle of its transaction."""
    run(
        "CREATE FUNCTION hold() RETURNS trigger AS"
        " 'BEGIN PERFORM pg_sleep(600); RETURN NEW; END' LANGUAGE plpgsql"
    )
    run(f"CREATE TRIGGER hold BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION hold()")
    try:
        yield
    finally:
        run(f"DROP TRIGGER hold ON {table}")
        run("DROP FUNCTION hold()")


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def asleep():
    found = run(
        "SELECT pid FROM pg_stat_activity"
        " WHERE wait_event = 'PgSleep' AND datname = current_database()"
    )
    return found[0] if found else None


@pytest.mark.parametrize(
    ("step", "when", "where"),
    KILLS if CHOSEN == LONG else KILLS[:3],
    ids=lambda one: one if isinstance(one, str) else " ".join(one),
)
def test_a_process_killed_there_leaves_the_money_right(paypal, step, when, where):
    invoice = invoicing.raise_for(make_approved(pence=7200), at=A_MOMENT)

    live(paypal, invoice, Killer(paypal, when, where), dying=step)

    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.refunded_pence) == ("part_refunded", dying_steps.REFUND_PENCE)
    assert money_of(invoice) == [7200, -dying_steps.REFUND_PENCE]
    assert Entry.objects.filter(kind="payment").count() == 1
    letters = Letter.objects.filter(kind__in=("receipt", "welcome", "refunded")).order_by("kind")
    assert list(letters.values_list("kind", flat=True)) == ["receipt", "refunded", "welcome"]
    assert is_active(invoice)
    assert list(violations()) == []


def live(paypal, invoice, killer, *, dying):
    """A payment and a refund; the process of one step dies, and people and sweeps go on."""
    at = A_MOMENT
    take(killer, "pay", invoice, at, dying=dying)
    paypal.press(Attempt.objects.get().order_id, "pay")
    if dying in ("sweep", "message"):
        killer.run(dying, invoice, at + 10 * MINUTE)
    take(killer, "come_back", invoice, at + 11 * MINUTE, dying=dying)
    for minutes in (13, 20):
        dying_steps.sweep(invoice.pk, at + minutes * MINUTE)
    take(killer, "refund", invoice, at + 25 * MINUTE, dying=dying)
    for later in (30 * MINUTE, 90 * MINUTE, dt.timedelta(days=2)):
        dying_steps.sweep(invoice.pk, at + later)


def take(killer, step, invoice, at, *, dying):
    """A step; where its process died, a person takes it again."""
    if step == dying:
        killer.run(step, invoice, at)
    getattr(dying_steps, step)(invoice.pk, at + MINUTE)
