"""Money that goes back at the pretend PayPal: asked for, in its own pages, or taken by a bank."""

import json
import secrets
import string
from decimal import Decimal
from typing import Any

from payments.demo_paypal.checks import check_amount
from payments.demo_paypal.refusals import malformed, not_found, unprocessable
from payments.demo_paypal.store import Rows, Store
from payments.demo_paypal.webhooks import note_event, now_text

Document = dict[str, Any]
KNOWN = {"amount", "custom_id", "invoice_id", "note_to_payer"}
LENGTHS = {"custom_id": 127, "invoice_id": 127, "note_to_payer": 255}


class Refunds:
    """Every change is one transaction, with the event that tells of it."""

    def __init__(self, store: Store, *, base_url: str) -> None:
        self._store = store
        self._base_url = base_url

    def refund(self, capture_id: str, body: Document, *, request_id: str) -> tuple[int, Document]:
        """201 and a new refund, or 200 and the one that this request id made before."""
        _check(body)
        path, sent = f"/v2/payments/captures/{capture_id}/refund", json.dumps(body, sort_keys=True)
        with self._store.writing() as rows:
            order = _order_of(rows, capture_id)
            seen = rows.replay(path, request_id) if request_id else None
            if seen and seen[0] != sent:
                raise unprocessable("DUPLICATE_REQUEST_ID")
            if seen:
                return 200, _refund_of(order, seen[1])
            made = self._give_back(rows, order, body, event="PAYMENT.CAPTURE.REFUNDED")
            rows.remember(path, request_id, sent, made["id"])
        return 201, made

    def all(self) -> list[Document]:
        """Every refund there is, of the newest order first."""
        with self._store.writing() as rows:
            orders = rows.latest_orders(limit=100_000)
        return [dict(one) for order in orders for one in _payments(order).get("refunds", [])]

    def show(self, refund_id: str) -> Document:
        for refund in self.all():
            if refund["id"] == refund_id:
                return refund
        raise not_found()

    def by_hand(self, capture_id: str, *, value: str = "", reversed_: bool = False) -> Document:
        """A refund in PayPal's own pages, or a reversal by the payer's bank; all that is left."""
        event = f"PAYMENT.CAPTURE.{'REVERSED' if reversed_ else 'REFUNDED'}"
        with self._store.writing() as rows:
            order = _order_of(rows, capture_id)
            code = _capture(order)["amount"]["currency_code"]
            body = {"amount": {"currency_code": code, "value": value}} if value else {}
            return self._give_back(rows, order, body, event=event)

    def settle(self, refund_id: str, *, completed: bool) -> None:
        """PayPal's later word on a refund that was pending."""
        with self._store.writing() as rows:
            for order in rows.latest_orders(limit=100_000):
                for refund in _payments(order).get("refunds", []):
                    if refund["id"] == refund_id and refund["status"] == "PENDING":
                        _finish(rows, order, refund, completed=completed)

    def _give_back(self, rows: Rows, order: Document, body: Document, *, event: str) -> Document:
        capture = _capture(order)
        left = _left(order)
        value = Decimal(body["amount"]["value"]) if "amount" in body else left
        _refuse(capture, body, value, left)
        is_slow = order["plan"] == "slow_refund" and event.endswith("REFUNDED")
        refund = {
            "id": _new_id(),
            "status": "PENDING" if is_slow else "COMPLETED",
            "amount": {**capture["amount"], "value": f"{value:.2f}"},
            "custom_id": body.get("custom_id") or capture.get("custom_id", ""),
            "invoice_id": body.get("invoice_id") or capture.get("invoice_id", ""),
            "note_to_payer": body.get("note_to_payer", ""),
            "create_time": now_text(),
            "update_time": now_text(),
            "links": self._links(capture),
        }
        _payments(order).setdefault("refunds", []).append(refund)
        gone = Decimal(capture["amount"]["value"]) - _left(order)
        total = {**capture["amount"], "value": f"{gone:.2f}"}
        kept = {**capture["amount"], "value": "0.00"}  # PayPal keeps its charge
        breakdown = {"paypal_fee": kept, "total_refunded_amount": total}
        refund["seller_payable_breakdown"] = breakdown
        if is_slow:
            refund["status_details"] = {"reason": "ECHECK"}
        _restate(order)
        rows.save_order(order)
        note_event(rows, "PAYMENT.REFUND.PENDING" if is_slow else event, "refund", refund)
        return refund

    def _links(self, capture: Document) -> list[Document]:
        href = f"{self._base_url}/v2/payments/captures/{capture['id']}"
        return [{"href": href, "rel": "up", "method": "GET"}]


def _check(body: Document) -> None:
    for field in body:
        if field not in KNOWN:
            raise malformed("NOT_SUPPORTED", f"/{field}")
    for field, longest in LENGTHS.items():
        if field in body and not 1 <= len(str(body[field])) <= longest:
            raise malformed("INVALID_STRING_LENGTH", f"/{field}")
    if "amount" in body:
        check_amount(body["amount"])


def _refuse(capture: Document, body: Document, value: Decimal, left: Decimal) -> None:
    """Raise what PayPal would."""
    if capture["status"] == "PENDING":
        raise unprocessable("PENDING_CAPTURE")
    if capture["status"] == "DECLINED":
        raise not_found()
    if left <= 0:
        raise unprocessable("CAPTURE_FULLY_REFUNDED")
    if "amount" in body and body["amount"]["currency_code"] != capture["amount"]["currency_code"]:
        raise unprocessable("CURRENCY_MISMATCH")
    if value > left:
        raise unprocessable("REFUND_AMOUNT_EXCEEDED")


def _finish(rows: Rows, order: Document, refund: Document, *, completed: bool) -> None:
    refund["status"] = "COMPLETED" if completed else "FAILED"
    refund["update_time"] = now_text()
    refund.pop("status_details", None)
    _restate(order)
    rows.save_order(order)
    event = "PAYMENT.CAPTURE.REFUNDED" if completed else "PAYMENT.REFUND.FAILED"
    note_event(rows, event, "refund", refund)


def _restate(order: Document) -> None:
    """The capture says how much of it went back."""
    capture, left = _capture(order), _left(order)
    whole = Decimal(capture["amount"]["value"])
    some = "PARTIALLY_REFUNDED" if left < whole else "COMPLETED"
    capture["status"] = some if left else "REFUNDED"
    capture["update_time"] = now_text()


def _left(order: Document) -> Decimal:
    refunds = _payments(order).get("refunds", [])
    gone = [Decimal(one["amount"]["value"]) for one in refunds if one["status"] != "FAILED"]
    return Decimal(_capture(order)["amount"]["value"]) - sum(gone, Decimal(0))


def _order_of(rows: Rows, capture_id: str) -> Document:
    order = rows.order_of_capture(capture_id) if capture_id else None
    if order is None:
        raise not_found()
    return order


def _refund_of(order: Document, refund_id: str) -> Document:
    return next(dict(one) for one in _payments(order)["refunds"] if one["id"] == refund_id)


def _payments(order: Document) -> Document:
    payments: Document = order["view"]["purchase_units"][0].get("payments", {})
    return payments


def _capture(order: Document) -> Document:
    capture: Document = _payments(order)["captures"][0]
    return capture


def _new_id() -> str:
    return "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(17))
