"""Run the pretend PayPal: `python -m payments.demo_paypal --port 9000`.

It keeps its state under VAR_DIR and sends its events to SITE_URL, both out of the environment.
"""

import argparse
import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from payments.demo_paypal.server import DemoPaypal


def main() -> int:
    parser = argparse.ArgumentParser(prog="payments.demo_paypal", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, default=kept_state(), help="the SQLite file")
    parser.add_argument("--webhook-url", default=webhook_url(), help="where events are sent")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="demo PayPal: %(message)s")
    signal.signal(signal.SIGTERM, _leave)
    site = DemoPaypal(state=options.state, port=options.port, webhook_url=options.webhook_url)
    try:
        site.serve()
    except KeyboardInterrupt:
        return 0
    return 0


def kept_state() -> Path:
    return Path(os.environ.get("VAR_DIR", "var")) / "demo-paypal.sqlite3"


def webhook_url() -> str:
    site = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
    return f"{site}/payments/paypal/webhook/"


def _leave(number: int, frame: FrameType | None) -> None:
    """Ask to end as Ctrl-C does."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
