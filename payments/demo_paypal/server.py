"""The pretend PayPal's web server: its API for the portal, its pages for the payer."""

import contextlib
import logging
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from payments import demo_paypal
from payments.demo_paypal import pages
from payments.demo_paypal.answers import Answer, Asked, as_json, as_page, see_other
from payments.demo_paypal.api import Api
from payments.demo_paypal.disputes import Disputes
from payments.demo_paypal.faults import FaultPlan
from payments.demo_paypal.orders import PLANS, Orders
from payments.demo_paypal.refunds import Refunds
from payments.demo_paypal.refusals import Refusal, not_found
from payments.demo_paypal.store import Store
from payments.demo_paypal.webhooks import Courier

logger = logging.getLogger(__name__)

LONGEST_BODY = 1_000_000
STYLE = Path(__file__).with_name("page.css")
API = re.compile(r"/v[12]/")


class DemoPaypal:
    """One pretend PayPal on loopback. `port` 0 takes a free one; `base_url` tells which."""

    def __init__(self, *, state: Path, port: int = 0, webhook_url: str = "") -> None:
        handler = type("BoundHandler", (Handler,), {"site": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self.base_url = f"http://127.0.0.1:{self._server.server_port}"
        self.store = Store(state)
        self.orders = Orders(
            self.store, base_url=self.base_url, merchant_id=demo_paypal.MERCHANT_ID
        )
        self.refunds = Refunds(self.store, base_url=self.base_url)
        self.disputes = Disputes(
            self.store, base_url=self.base_url, merchant_id=demo_paypal.MERCHANT_ID
        )
        self.faults = FaultPlan()
        self._api = Api(
            self.store, orders=self.orders, refunds=self.refunds, disputes=self.disputes
        )
        self._courier: Courier | None = None
        if webhook_url:
            self._courier = Courier(
                self.store, webhook_url=webhook_url, webhook_id=demo_paypal.WEBHOOK_ID
            )
        self._thread = threading.Thread(target=self.serve, name="demo-paypal", daemon=True)

    def serve(self) -> None:
        """Answer until stopped."""
        if self._courier:
            self._courier.start()
        self._server.serve_forever(poll_interval=0.1)

    def start(self) -> None:
        """Serve on a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        self.faults.hang_up()
        self._server.shutdown()
        self._server.server_close()
        if self._courier:
            self._courier.stop()

    def said(self, asked: Asked) -> Answer | None:
        """What goes over the line to the caller; None where it is cut."""
        return (
            self.faults.answer(asked, self.answer) if API.match(asked.path) else self.answer(asked)
        )

    def answer(self, asked: Asked) -> Answer:
        """Everything the server says; a refusal comes back in PayPal's shape."""
        try:
            if API.match(asked.path):
                return self._api.answer(asked)
            return self._page(asked)
        except Refusal as refusal:
            if API.match(asked.path):
                return as_json(refusal.status, refusal.body())
            text = "This pretend PayPal knows no such order."
            return as_page(pages.message_page("Not found", text), status=refusal.status)
        finally:
            if self._courier and asked.method == "POST":
                self._courier.wake()

    def _page(self, asked: Asked) -> Answer:
        match asked.method, asked.path:
            case "GET", "/":
                return as_page(pages.orders_page(self.orders.latest()))
            case "GET", "/checkoutnow":
                return self._show_approval(asked.query.get("token", [""])[0])
            case "POST", "/checkoutnow":
                return self._choose(asked.form)
            case "POST", "/captures":
                return self._act(asked.form.get("capture", ""), asked.form.get("choice", ""))
            case "GET", "/page.css":
                return Answer(200, STYLE.read_bytes(), {"Content-Type": "text/css; charset=utf-8"})
            case "GET", "/healthz":
                return Answer(200, b"ok\n", {"Content-Type": "text/plain"})
        raise not_found()

    def _act(self, capture_id: str, choice: str) -> Answer:
        """What may happen to a payment afterwards, by a button on the list of orders."""
        match choice:
            case "complete" | "deny":
                self.orders.settle_pending(capture_id, completed=choice == "complete")
            case "refund" | "reverse":
                self.refunds.by_hand(capture_id, reversed_=choice == "reverse")
            case "dispute":
                self.disputes.open(capture_id)
        return see_other("/")

    def _show_approval(self, order_id: str) -> Answer:
        order = self.orders.row(order_id)
        if order["view"]["status"] in ("PAYER_ACTION_REQUIRED", "CREATED"):
            page = pages.approval_page(order)
            return as_page(page, form_targets=pages.form_targets(order))
        return as_page(pages.settled_page(order))

    def _choose(self, form: dict[str, str]) -> Answer:
        order_id, choice = form.get("token", ""), form.get("choice", "")
        if choice not in PLANS:
            return see_other(pages.cancel_address(self.orders.row(order_id)))
        return see_other(pages.return_address(self.orders.choose(order_id, choice)))


class Handler(BaseHTTPRequestHandler):
    """Reads a request whole and writes one answer."""

    site: ClassVar[DemoPaypal]
    protocol_version = "HTTP/1.1"
    timeout = 60

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # who asked has hung up
            super().handle()

    def _respond(self) -> None:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        if length > LONGEST_BODY:
            self.close_connection = True
            self._write(Answer(413))
            return
        asked = Asked(
            method=self.command,
            path=parts.path,
            query=parse_qs(parts.query),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
        )
        answer = self.site.said(asked)
        if answer is None:
            self.close_connection = True
            return
        self._write(answer)

    do_GET = do_POST = _respond  # noqa: N815 - the names http.server looks for

    def _write(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Method and path only: query strings stay out of the log."""
        logger.info("%s %s", self.command, urlsplit(self.path).path)
