"""Disputes at the pretend PayPal: opened and resolved by hand, told by events, listed."""

import json
import secrets
import time
from typing import Any

from payments.demo_paypal.refusals import not_found
from payments.demo_paypal.store import Rows, Store
from payments.demo_paypal.webhooks import note_event, now_text

Document = dict[str, Any]
SHORT = ("dispute_id", "reason", "status", "dispute_amount", "create_time", "update_time")


class Disputes:
    """One row a case; every change is one transaction, with the event that tells of it."""

    def __init__(self, store: Store, *, base_url: str, merchant_id: str) -> None:
        self._store = store
        self._base_url = base_url
        self._merchant_id = merchant_id

    def show(self, dispute_id: str) -> Document:
        with self._store.writing() as rows:
            return _dispute(rows, dispute_id)

    def page(self, *, size: int, token: str = "") -> Document:
        """Cases in short, newest first, and a link to the next page."""
        start = int(token) if token.isdigit() else 0
        with self._store.writing() as rows:
            found = rows.execute(
                "SELECT view FROM disputes ORDER BY made_at DESC, id LIMIT ? OFFSET ?",
                (size + 1, start),
            ).fetchall()
        items = [json.loads(row[0]) for row in found[:size]]
        page: Document = {"items": [{name: one[name] for name in SHORT} for one in items]}
        if len(found) > size:
            way = f"/v1/customer/disputes?page_size={size}&next_page_token={start + size}"
            page["links"] = [{"href": f"{self._base_url}{way}", "rel": "next", "method": "GET"}]
        return page

    def open(self, capture_id: str) -> Document:
        """The payer complains about a payment; once a payment."""
        with self._store.writing() as rows:
            order = rows.order_of_capture(capture_id) if capture_id else None
            if order is None:
                raise not_found()
            dispute_id = f"PP-D-{capture_id[:8]}"
            known = rows.execute("SELECT view FROM disputes WHERE id = ?", (dispute_id,)).fetchone()
            if known:
                return dict(json.loads(known[0]))
            unit = order["view"]["purchase_units"][0]
            view = self._new(dispute_id, capture_id, unit)
            row = (dispute_id, json.dumps(view), time.time())
            rows.execute("INSERT INTO disputes VALUES (?, ?, ?)", row)
            note_event(rows, "CUSTOMER.DISPUTE.CREATED", "dispute", view)
        return view

    def resolve(self, dispute_id: str, *, for_buyer: bool) -> None:
        """PayPal's decision; the money follows by a refund of its own."""
        with self._store.writing() as rows:
            view = _dispute(rows, dispute_id)
            if view["status"] == "RESOLVED":
                return
            side = "BUYER" if for_buyer else "SELLER"
            view |= {
                "status": "RESOLVED",
                "update_time": _stamp(),
                "dispute_outcome": {"outcome_code": f"RESOLVED_{side}_FAVOUR"},
            }
            rows.execute(
                "UPDATE disputes SET view = ? WHERE id = ?", (json.dumps(view), dispute_id)
            )
            note_event(rows, "CUSTOMER.DISPUTE.RESOLVED", "dispute", view)

    def _new(self, dispute_id: str, capture_id: str, unit: Document) -> Document:
        transaction = {
            "seller_transaction_id": capture_id,
            "custom": unit.get("custom_id", ""),
            "invoice_number": unit.get("invoice_id", ""),
            "seller": {"merchant_id": self._merchant_id},
        }
        return {
            "dispute_id": dispute_id,
            "create_time": _stamp(),
            "update_time": _stamp(),
            "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
            "status": "WAITING_FOR_SELLER_RESPONSE",
            "dispute_amount": {key: unit["amount"][key] for key in ("currency_code", "value")},
            "dispute_life_cycle_stage": "INQUIRY",
            "dispute_channel": "INTERNAL",
            "seller_response_due_date": now_text(),
            "disputed_transactions": [transaction],
        }


def _dispute(rows: Rows, dispute_id: str) -> Document:
    found = rows.execute("SELECT view FROM disputes WHERE id = ?", (dispute_id,)).fetchone()
    if found is None:
        raise not_found()
    return dict(json.loads(found[0]))


def _stamp() -> str:
    """PayPal's moments of disputes carry milliseconds; ours never repeat."""
    return f"{now_text()[:-1]}.{secrets.randbelow(1000):03d}Z"
