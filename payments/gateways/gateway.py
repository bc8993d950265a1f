"""The calls that the portal makes to PayPal, in values of its own."""

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

from payments.gateways.disputes import Dispute, DisputePage, read_dispute, read_dispute_page
from payments.gateways.errors import UNREADABLE, PaypalError
from payments.gateways.orders import (
    Capture,
    NewOrder,
    Order,
    OrderRequest,
    Refund,
    RefundRequest,
    UnreadableOrder,
    read_capture,
    read_new_order,
    read_order,
    read_refund,
    write_order,
    write_refund,
)

if TYPE_CHECKING:
    from payments.gateways.paypal import Transport

SIGNATURE_HEADERS = {
    "auth_algo": "PAYPAL-AUTH-ALGO",
    "cert_url": "PAYPAL-CERT-URL",
    "transmission_id": "PAYPAL-TRANSMISSION-ID",
    "transmission_sig": "PAYPAL-TRANSMISSION-SIG",
    "transmission_time": "PAYPAL-TRANSMISSION-TIME",
}
DISPUTES_A_PAGE = 50
Answer = TypeVar("Answer")


class PaypalGateway:
    """Every method may raise PaypalError; none touches the database."""

    def __init__(self, transport: "Transport", *, webhook_id: str) -> None:
        self._transport = transport
        self._webhook_id = webhook_id

    def create_order(self, wanted: OrderRequest, *, request_id: str) -> NewOrder:
        """Make an order, or find the one that this request id made in the last six hours."""
        answer = self._transport.post("v2/checkout/orders", write_order(wanted), _as(request_id))
        return _read(read_new_order, answer)

    def order(self, order_id: str) -> Order:
        """The order as it stands, captures and refunds and all."""
        return self._get(read_order, "v2/checkout/orders", order_id)

    def capture(self, order_id: str, *, request_id: str) -> Order:
        """Take the money of an approved order; look at each capture before calling it paid."""
        path = f"v2/checkout/orders/{quote(order_id, safe='')}/capture"
        return _read(read_order, self._transport.post(path, {}, _as(request_id)))

    def get_capture(self, capture_id: str) -> Capture:
        """One capture as it stands."""
        return self._get(read_capture, "v2/payments/captures", capture_id)

    def refund(self, capture_id: str, wanted: RefundRequest, *, request_id: str) -> Refund:
        """Give money back, or find what this request id gave back in the last 45 days."""
        path = f"v2/payments/captures/{quote(capture_id, safe='')}/refund"
        return _read(read_refund, self._transport.post(path, write_refund(wanted), _as(request_id)))

    def get_refund(self, refund_id: str) -> Refund:
        """One refund or reversal as it stands."""
        return self._get(read_refund, "v2/payments/refunds", refund_id)

    def dispute(self, dispute_id: str) -> Dispute:
        """One dispute as it stands."""
        return self._get(read_dispute, "v1/customer/disputes", dispute_id)

    def disputes(self, *, since: str, page_token: str = "") -> DisputePage:
        """Disputes opened since a moment (ISO 8601, at most 180 days ago), a page at a time."""
        asked = {"page_size": str(DISPUTES_A_PAGE)}
        asked |= {"next_page_token": page_token} if page_token else {"start_time": since}
        answer = self._transport.get(f"v1/customer/disputes?{urlencode(asked)}")
        return _read(read_dispute_page, answer)

    def verify_webhook(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Whether PayPal signed exactly these bytes. Raises when PayPal cannot say."""
        signed = {key: headers.get(header, "") for key, header in SIGNATURE_HEADERS.items()}
        if not all(signed.values()) or not _is_one_object(raw):
            return False
        known = json.dumps({**signed, "webhook_id": self._webhook_id}).encode()
        body = known[:-1] + b', "webhook_event": ' + raw + b"}"
        try:
            answer = self._transport.post("v1/notifications/verify-webhook-signature", body)
        except PaypalError as error:
            if error.status in (400, 422):
                return False
            raise
        return bool(answer.get("verification_status") == "SUCCESS")

    def _get(self, reader: Callable[[Mapping[str, Any]], Answer], path: str, key: str) -> Answer:
        return _read(reader, self._transport.get(f"{path}/{quote(key, safe='')}"))


def _as(request_id: str) -> dict[str, str]:
    """The same request id is the same request, however often it is sent."""
    return {"PayPal-Request-Id": request_id, "Prefer": "return=representation"}


def _read(reader: Callable[[Mapping[str, Any]], Answer], answer: Mapping[str, Any]) -> Answer:
    try:
        return reader(answer)
    except (UnreadableOrder, AttributeError, TypeError):
        raise PaypalError(status=None, name=UNREADABLE) from None


def _is_one_object(raw: bytes) -> bool:
    """Raw bytes are spliced into our call, so they must be one JSON object and no more."""
    try:
        return isinstance(json.loads(raw.decode("utf-8")), dict)
    except (ValueError, RecursionError):
        return False
