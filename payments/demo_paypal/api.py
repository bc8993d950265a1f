"""The pretend PayPal's API for the portal: tokens, orders, captures, refunds and disputes."""

import base64
import binascii
import json
import re
import secrets
import time
from typing import Any

from payments import demo_paypal
from payments.demo_paypal.answers import Answer, Asked, as_json
from payments.demo_paypal.disputes import Disputes
from payments.demo_paypal.orders import Orders
from payments.demo_paypal.refunds import Refunds
from payments.demo_paypal.refusals import Refusal, malformed, not_found, unauthenticated
from payments.demo_paypal.store import Store
from payments.demo_paypal.webhooks import is_signed, raw_member

TOKEN_SECONDS = 32_400
LONGEST_PAGE = 50
ORDER = re.compile(r"/v2/checkout/orders/([A-Z0-9]+)(/capture)?")
CAPTURE = re.compile(r"/v2/payments/captures/([A-Z0-9]+)(/refund)?")
REFUND = re.compile(r"/v2/payments/refunds/([A-Z0-9]+)")
DISPUTE = re.compile(r"/v1/customer/disputes/([A-Z0-9-]+)")
DISPUTES = "/v1/customer/disputes"


class Api:
    """Answers every path under /v1/ and /v2/; what PayPal would refuse raises a Refusal."""

    def __init__(
        self, store: Store, *, orders: Orders, refunds: Refunds, disputes: Disputes
    ) -> None:
        self._store = store
        self._orders = orders
        self._refunds = refunds
        self._disputes = disputes

    def answer(self, asked: Asked) -> Answer:
        if asked.path == "/v1/oauth2/token":
            return self._token(asked)
        self._check_token(asked)
        if asked.method == "GET":
            return self._get(asked)
        document = _document(asked)
        if asked.path == "/v1/notifications/verify-webhook-signature":
            return self._verify(asked, document)
        request_id = asked.headers.get("paypal-request-id", "")
        if len(request_id) > 108:
            raise malformed("INVALID_STRING_LENGTH")
        status, view = self._post(asked.path, document, request_id)
        wants_all = asked.headers.get("prefer") == "return=representation"
        short = {name: view[name] for name in ("id", "status", "links")}
        return as_json(status, view if wants_all else short)

    def _post(
        self, path: str, document: dict[str, Any], request_id: str
    ) -> tuple[int, dict[str, Any]]:
        if path == "/v2/checkout/orders":
            return self._orders.create(document, request_id=request_id)
        if (order := ORDER.fullmatch(path)) and order[2]:
            return self._orders.capture(order[1], document, request_id=request_id)
        if (capture := CAPTURE.fullmatch(path)) and capture[2]:
            return self._refunds.refund(capture[1], document, request_id=request_id)
        raise not_found()

    def _get(self, asked: Asked) -> Answer:
        if asked.body:
            raise malformed("MALFORMED_REQUEST_JSON")
        if (order := ORDER.fullmatch(asked.path)) and not order[2]:
            return as_json(200, self._orders.show(order[1]))
        if (capture := CAPTURE.fullmatch(asked.path)) and not capture[2]:
            return as_json(200, self._orders.show_capture(capture[1]))
        if refund := REFUND.fullmatch(asked.path):
            return as_json(200, self._refunds.show(refund[1]))
        if dispute := DISPUTE.fullmatch(asked.path):
            return as_json(200, self._disputes.show(dispute[1]))
        if asked.path == DISPUTES:
            return as_json(200, self._dispute_page(asked.query))
        raise not_found()

    def _dispute_page(self, query: dict[str, list[str]]) -> dict[str, Any]:
        """PayPal wants to know since when, or which page comes next."""
        if ("start_time" in query) == ("next_page_token" in query):
            raise malformed("INVALID_PARAMETER_VALUE", "/start_time")
        size = query.get("page_size", ["10"])[0]
        if not size.isdigit() or not 1 <= int(size) <= LONGEST_PAGE:
            raise malformed("INVALID_PARAMETER_VALUE", "/page_size")
        return self._disputes.page(size=int(size), token=query.get("next_page_token", [""])[0])

    def _token(self, asked: Asked) -> Answer:
        expected = f"{demo_paypal.CLIENT_ID}:{demo_paypal.CLIENT_SECRET}"
        kind, _, given = asked.headers.get("authorization", "").partition(" ")
        if kind != "Basic" or _decoded(given) != expected:
            return as_json(401, {"error": "invalid_client", "error_description": "Demo PayPal."})
        if asked.form.get("grant_type") != "client_credentials":
            return as_json(400, {"error": "unsupported_grant_type", "error_description": "Demo."})
        token = secrets.token_urlsafe(24)
        with self._store.writing() as rows:
            rows.execute("DELETE FROM tokens WHERE good_until < ?", (time.time(),))
            rows.execute("INSERT INTO tokens VALUES (?, ?)", (token, time.time() + TOKEN_SECONDS))
        return as_json(
            200, {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}
        )

    def _check_token(self, asked: Asked) -> None:
        kind, _, token = asked.headers.get("authorization", "").partition(" ")
        query = "SELECT 1 FROM tokens WHERE token = ? AND good_until > ?"
        with self._store.writing() as rows:
            known = rows.execute(query, (token, time.time())).fetchone()
        if kind != "Bearer" or known is None:
            raise unauthenticated()

    def _verify(self, asked: Asked, question: dict[str, Any]) -> Answer:
        raw_event = raw_member(asked.body.decode(), "webhook_event")
        good = is_signed(
            question,
            raw_event,
            webhook_id=demo_paypal.WEBHOOK_ID,
            key=self._store.signing_key,
        )
        return as_json(200, {"verification_status": "SUCCESS" if good else "FAILURE"})


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
