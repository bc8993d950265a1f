"""The pretend PayPal's web server: its API for the portal, its pages for the payer."""

import base64
import binascii
import json
import logging
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from payments import demo_paypal
from payments.demo_paypal import pages
from payments.demo_paypal.orders import PLANS, Orders
from payments.demo_paypal.refusals import Refusal, malformed, not_found, unauthenticated
from payments.demo_paypal.store import Store
from payments.demo_paypal.webhooks import Courier, is_signed, raw_member

logger = logging.getLogger(__name__)

LONGEST_BODY = 1_000_000
TOKEN_SECONDS = 32_400
STYLE = Path(__file__).with_name("page.css")
API = re.compile(r"/v[12]/")
ORDER = re.compile(r"/v2/checkout/orders/([A-Z0-9]+)(/capture)?")
CAPTURE = re.compile(r"/v2/payments/captures/([A-Z0-9]+)")


@dataclass(frozen=True)
class Asked:
    """One request, read whole."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        fields = parse_qs(self.body.decode("utf-8", "replace"))
        return {name: values[0] for name, values in fields.items()}


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def as_json(status: int, document: dict[str, Any]) -> Answer:
    headers = {"Content-Type": "application/json", "Paypal-Debug-Id": secrets.token_hex(7)}
    return Answer(status, json.dumps(document).encode(), headers)


def as_page(html: str, *, status: int = 200, form_targets: str = "") -> Answer:
    policy = f"default-src 'none'; style-src 'self'; form-action 'self' {form_targets}".strip()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'; base-uri 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Answer(status, html.encode(), headers)


def see_other(location: str) -> Answer:
    return Answer(303, headers={"Location": location})


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
        self._server.shutdown()
        self._server.server_close()
        if self._courier:
            self._courier.stop()

    def answer(self, asked: Asked) -> Answer:
        """Everything the server says; a refusal comes back in PayPal's shape."""
        try:
            if API.match(asked.path):
                return self._api(asked)
            return self._page(asked)
        except Refusal as refusal:
            if API.match(asked.path):
                return as_json(refusal.status, refusal.body())
            text = "This pretend PayPal knows no such order."
            return as_page(pages.message_page("Not found", text), status=refusal.status)
        finally:
            if self._courier and asked.method == "POST":
                self._courier.wake()

    def _api(self, asked: Asked) -> Answer:
        if asked.path == "/v1/oauth2/token":
            return self._token(asked)
        self._check_token(asked)
        if asked.method == "GET":
            return self._api_get(asked)
        document = _document(asked)
        if asked.path == "/v1/notifications/verify-webhook-signature":
            return self._verify(asked, document)
        request_id = asked.headers.get("paypal-request-id", "")
        if len(request_id) > 108:
            raise malformed("INVALID_STRING_LENGTH")
        order = ORDER.fullmatch(asked.path)
        if order and order[2]:
            status, view = self.orders.capture(order[1], document, request_id=request_id)
        elif asked.path == "/v2/checkout/orders":
            status, view = self.orders.create(document, request_id=request_id)
        else:
            raise not_found()
        wants_all = asked.headers.get("prefer") == "return=representation"
        short = {name: view[name] for name in ("id", "status", "links")}
        return as_json(status, view if wants_all else short)

    def _api_get(self, asked: Asked) -> Answer:
        if asked.body:
            raise malformed("MALFORMED_REQUEST_JSON")
        if (order := ORDER.fullmatch(asked.path)) and not order[2]:
            return as_json(200, self.orders.show(order[1]))
        if capture := CAPTURE.fullmatch(asked.path):
            return as_json(200, self.orders.show_capture(capture[1]))
        raise not_found()

    def _token(self, asked: Asked) -> Answer:
        expected = f"{demo_paypal.CLIENT_ID}:{demo_paypal.CLIENT_SECRET}"
        kind, _, given = asked.headers.get("authorization", "").partition(" ")
        if kind != "Basic" or _decoded(given) != expected:
            return as_json(401, {"error": "invalid_client", "error_description": "Demo PayPal."})
        if asked.form.get("grant_type") != "client_credentials":
            return as_json(400, {"error": "unsupported_grant_type", "error_description": "Demo."})
        token = secrets.token_urlsafe(24)
        with self.store.writing() as rows:
            rows.execute("DELETE FROM tokens WHERE good_until < ?", (time.time(),))
            rows.execute("INSERT INTO tokens VALUES (?, ?)", (token, time.time() + TOKEN_SECONDS))
        return as_json(
            200, {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}
        )

    def _check_token(self, asked: Asked) -> None:
        kind, _, token = asked.headers.get("authorization", "").partition(" ")
        query = "SELECT 1 FROM tokens WHERE token = ? AND good_until > ?"
        with self.store.writing() as rows:
            known = rows.execute(query, (token, time.time())).fetchone()
        if kind != "Bearer" or known is None:
            raise unauthenticated()

    def _verify(self, asked: Asked, question: dict[str, Any]) -> Answer:
        raw_event = raw_member(asked.body.decode(), "webhook_event")
        good = is_signed(
            question,
            raw_event,
            webhook_id=demo_paypal.WEBHOOK_ID,
            key=self.store.signing_key,
        )
        return as_json(200, {"verification_status": "SUCCESS" if good else "FAILURE"})

    def _page(self, asked: Asked) -> Answer:
        match asked.method, asked.path:
            case "GET", "/":
                return as_page(pages.orders_page(self.orders.latest()))
            case "GET", "/checkoutnow":
                return self._show_approval(asked.query.get("token", [""])[0])
            case "POST", "/checkoutnow":
                return self._choose(asked.form)
            case "POST", "/captures":
                self.orders.settle_pending(
                    asked.form.get("capture", ""), completed=asked.form.get("choice") == "complete"
                )
                return see_other("/")
            case "GET", "/page.css":
                return Answer(200, STYLE.read_bytes(), {"Content-Type": "text/css; charset=utf-8"})
            case "GET", "/healthz":
                return Answer(200, b"ok\n", {"Content-Type": "text/plain"})
        raise not_found()

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
        self._write(self.site.answer(asked))

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


def _document(asked: Asked) -> dict[str, Any]:
    if asked.headers.get("content-type", "").split(";")[0] != "application/json":
        raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE")
    try:
        document = json.loads(asked.body or b"{}")
    except ValueError:
        raise malformed("MALFORMED_REQUEST_JSON") from None
    if not isinstance(document, dict):
        raise malformed("MALFORMED_REQUEST_JSON")
    return document


def _decoded(basic: str) -> str:
    try:
        return base64.b64decode(basic, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
