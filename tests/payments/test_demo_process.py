"""The pretend PayPal as a process of its own, started by the environment alone."""

import os
import signal
import subprocess
import sys

import pytest
import requests

from tests.patience import PATIENCE
from tests.services import free_port

NO_DJANGO = "import sys, payments.demo_paypal.server; sys.exit('django' in sys.modules)"


def test_the_pretend_paypal_needs_no_django():
    assert subprocess.run([sys.executable, "-c", NO_DJANGO], check=False).returncode == 0


def test_it_starts_answers_keeps_its_state_and_ends_when_asked(tmp_path):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "payments.demo_paypal", "--port", str(port)],
        env={**os.environ, "VAR_DIR": str(tmp_path), "SITE_URL": "http://127.0.0.1:9"},
    )
    try:
        answer = ask_until_ready(process, f"http://127.0.0.1:{port}/healthz")
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(PATIENCE)

    assert (answer.text, code) == ("ok\n", 0)
    assert (tmp_path / "demo-paypal.sqlite3").exists()


def ask_until_ready(process, url):
    while process.poll() is None:
        try:
            return requests.get(url, timeout=PATIENCE)
        except requests.ConnectionError:
            continue
    return pytest.fail("The process ended before it answered.")
