"""What happens to an order at the pretend PayPal: made, approved, captured, settled later."""

import json
import secrets
import string
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from payments.demo_paypal.checks import check_order
from payments.demo_paypal.refusals import malformed, not_found, unprocessable
from payments.demo_paypal.store import Rows, Store
from payments.demo_paypal.webhooks import note_event, now_text

CREATE_PATH = "/v2/checkout/orders"
PLANS = ("pay", "decline", "pending", "slow_refund")
PAYER = {
    "payer_id": "DEMOPAYER0001",
    "email_address": "penny.payer@example.org",
    "name": {"given_name": "Penny", "surname": "Payer"},
}
Document = dict[str, Any]


class Orders:
    """Every change is one transaction, with the event that tells of it."""

    def __init__(self, store: Store, *, base_url: str, merchant_id: str) -> None:
        self._store = store
        self._base_url = base_url
        self._merchant_id = merchant_id

    def create(self, body: Document, *, request_id: str) -> tuple[int, Document]:
        """201 and a new order, or 200 and the one this request id made before."""
        check_order(body, request_id=request_id)
        sent = json.dumps(body, sort_keys=True)
        unit = body["purchase_units"][0]
        with self._store.writing() as rows:
            known = _known(rows, CREATE_PATH, request_id, sent)
            if known:
                return 200, known["view"]
            if rows.invoice_taken(unit.get("invoice_id", "")):
                raise unprocessable("DUPLICATE_INVOICE_ID", "/purchase_units/0/invoice_id")
            view = self._new_view(body)
            context = body.get("payment_source", {}).get("paypal", {}).get("experience_context", {})
            rows.add_order(
                view,
                return_url=context.get("return_url", ""),
                cancel_url=context.get("cancel_url", ""),
            )
            rows.remember(CREATE_PATH, request_id, sent, view["id"])
        return 201, view

    def show(self, order_id: str) -> Document:
        with self._store.writing() as rows:
            return _order(rows, order_id)["view"]  # type: ignore[no-any-return]

    def row(self, order_id: str) -> Document:
        """The order with its plan and the addresses to send the payer back to."""
        with self._store.writing() as rows:
            return _order(rows, order_id)

    def latest(self) -> list[Document]:
        with self._store.writing() as rows:
            return rows.latest_orders()

    def choose(self, order_id: str, plan: str) -> Document:
        """The payer's choice on the approval page; only an order that waits can be approved."""
        with self._store.writing() as rows:
            order = _order(rows, order_id)
            if order["view"]["status"] in ("PAYER_ACTION_REQUIRED", "CREATED"):
                order["plan"] = plan
                order["view"]["status"] = "APPROVED"
                order["view"]["payer"] = PAYER
                rows.save_order(order)
                note_event(rows, "CHECKOUT.ORDER.APPROVED", "checkout-order", order["view"])
        return order

    def capture(self, order_id: str, body: Document, *, request_id: str) -> tuple[int, Document]:
        """Take the money as the payer's choice allows; a second capture is refused."""
        if body:
            raise malformed("NOT_SUPPORTED")
        path = f"{CREATE_PATH}/{order_id}/capture"
        with self._store.writing() as rows:
            order = _order(rows, order_id)
            if _known(rows, path, request_id, "{}"):
                return 200, order["view"]
            declined = _refuse_capture(rows, order)
            if not declined:
                self._take(rows, order)
                rows.remember(path, request_id, "{}", order_id)
        if declined:
            refusal = unprocessable("INSTRUMENT_DECLINED")
            refusal.links = [self._approval_link(order_id, "redirect")]
            raise refusal
        return 201, order["view"]

    def show_capture(self, capture_id: str) -> Document:
        with self._store.writing() as rows:
            order = rows.order_of_capture(capture_id)
            if order is None or not capture_id:
                raise not_found()
            return _capture_of(order["view"])

    def settle_pending(self, capture_id: str, *, completed: bool) -> None:
        """PayPal's later word on money that was pending."""
        with self._store.writing() as rows:
            order = rows.order_of_capture(capture_id)
            if order is None or not capture_id:
                raise not_found()
            capture = _capture_of(order["view"])
            if capture["status"] != "PENDING":
                return
            capture["status"] = "COMPLETED" if completed else "DECLINED"
            capture["update_time"] = now_text()
            capture.pop("status_details", None)
            if completed:
                capture["seller_receivable_breakdown"] = _breakdown(capture["amount"])
            rows.save_order(order)
            event = "PAYMENT.CAPTURE.COMPLETED" if completed else "PAYMENT.CAPTURE.DENIED"
            note_event(rows, event, "capture", capture)

    def _take(self, rows: Rows, order: Document) -> None:
        view = order["view"]
        capture = self._new_capture(view, pending=order["plan"] == "pending")
        view["purchase_units"][0]["payments"] = {"captures": [capture]}
        view["status"] = "COMPLETED"
        view["update_time"] = now_text()
        order["capture_id"] = capture["id"]
        rows.save_order(order)
        note_event(rows, f"PAYMENT.CAPTURE.{capture['status']}", "capture", capture)

    def _new_view(self, body: Document) -> Document:
        order_id = _new_id()
        payee = {"email_address": "treasurer@example.org", "merchant_id": self._merchant_id}
        rel = "payer-action" if "payment_source" in body else "approve"
        return {
            "id": order_id,
            "intent": "CAPTURE",
            "status": "PAYER_ACTION_REQUIRED" if "payment_source" in body else "CREATED",
            "purchase_units": [{**body["purchase_units"][0], "payee": payee}],
            "create_time": now_text(),
            "links": [
                {
                    "href": f"{self._base_url}{CREATE_PATH}/{order_id}",
                    "rel": "self",
                    "method": "GET",
                },
                self._approval_link(order_id, rel),
            ],
        }

    def _approval_link(self, order_id: str, rel: str) -> dict[str, str]:
        href = f"{self._base_url}/checkoutnow?token={order_id}"
        return {"href": href, "rel": rel, "method": "GET"}

    def _new_capture(self, view: Document, *, pending: bool) -> Document:
        unit = view["purchase_units"][0]
        capture = {
            "id": _new_id(),
            "status": "PENDING" if pending else "COMPLETED",
            "amount": {key: unit["amount"][key] for key in ("currency_code", "value")},
            "final_capture": True,
            "custom_id": unit.get("custom_id", ""),
            "invoice_id": unit.get("invoice_id", ""),
            "create_time": now_text(),
            "supplementary_data": {"related_ids": {"order_id": view["id"]}},
            "links": [
                {
                    "href": f"{self._base_url}{CREATE_PATH}/{view['id']}",
                    "rel": "up",
                    "method": "GET",
                }
            ],
        }
        if pending:
            return {**capture, "status_details": {"reason": "PENDING_REVIEW"}}
        return {**capture, "seller_receivable_breakdown": _breakdown(capture["amount"])}


def _order(rows: Rows, order_id: str) -> Document:
    order = rows.order(order_id)
    if order is None:
        raise not_found()
    return order


def _known(rows: Rows, path: str, request_id: str, sent: str) -> Document | None:
    """The order of an earlier call with this request id; another body under it is refused."""
    seen = rows.replay(path, request_id) if request_id else None
    if seen is None:
        return None
    if seen[0] != sent:
        raise unprocessable("DUPLICATE_REQUEST_ID")
    return _order(rows, seen[1])


def _refuse_capture(rows: Rows, order: Document) -> bool:
    """Raise what PayPal would; True for a declined card: the payer must choose again."""
    view = order["view"]
    if view["status"] == "COMPLETED":
        raise unprocessable("ORDER_ALREADY_CAPTURED")
    if view["status"] != "APPROVED":
        raise unprocessable("ORDER_NOT_APPROVED")
    invoice_id = view["purchase_units"][0].get("invoice_id", "")
    if rows.invoice_taken(invoice_id, but_order=order["id"]):
        raise unprocessable("DUPLICATE_INVOICE_ID")
    if order["plan"] != "decline":
        return False
    view["status"] = "PAYER_ACTION_REQUIRED"
    rows.save_order(order)
    return True


def _capture_of(view: Document) -> Document:
    capture: Document = view["purchase_units"][0]["payments"]["captures"][0]
    return capture


def _breakdown(amount: dict[str, str]) -> Document:
    """PayPal's usual cut: 2.9 per cent and 30 pence."""
    gross = Decimal(amount["value"])
    fee = (gross * Decimal("0.029") + Decimal("0.30")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    sums = {"gross_amount": gross, "paypal_fee": fee, "net_amount": gross - fee}
    code = amount["currency_code"]
    return {name: {"currency_code": code, "value": f"{sum_:.2f}"} for name, sum_ in sums.items()}


def _new_id() -> str:
    return "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(17))
