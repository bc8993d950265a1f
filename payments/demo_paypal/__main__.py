"""Run the pretend PayPal: `python -m payments.demo_paypal --port 8010 --state FILE`."""

import argparse
import logging
import signal
import sys
from pathlib import Path
from types import FrameType

from payments.demo_paypal.server import DemoPaypal


def main() -> int:
    parser = argparse.ArgumentParser(prog="payments.demo_paypal", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, required=True, help="the SQLite file to keep")
    parser.add_argument("--webhook-url", default="", help="where to send events")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="demo PayPal: %(message)s")
    signal.signal(signal.SIGTERM, _leave)
    site = DemoPaypal(state=options.state, port=options.port, webhook_url=options.webhook_url)
    logging.getLogger(__name__).info("listening on %s", site.base_url)
    try:
        site.serve()
    except KeyboardInterrupt:
        return 0
    return 0


def _leave(number: int, frame: FrameType | None) -> None:
    """Ask to end as Ctrl-C does."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
