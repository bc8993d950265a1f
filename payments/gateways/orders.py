"""PayPal's Orders v2 bodies, written and read as values of our own, in whole pence.

Whatever is read raises UnreadableOrder where PayPal left out what it promises.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from foundation.pence import CURRENCY, decimal_string

NOT_APPROVED_YET = frozenset({"CREATED", "SAVED", "PAYER_ACTION_REQUIRED"})


class UnreadableOrder(ValueError):
    """PayPal's answer lacks what its contract promises."""


@dataclass(frozen=True)
class Money:
    """An amount in pence (hundredths of its currency); only GBP may be booked."""

    pence: int
    currency: str = CURRENCY


@dataclass(frozen=True)
class Capture:
    """One taking of money: COMPLETED is paid, PENDING not yet, DECLINED and FAILED never."""

    id: str
    status: str
    amount: Money
    reason: str = ""
    fee_pence: int | None = None
    happened_at: str = ""


@dataclass(frozen=True)
class Refund:
    """Money that went back: COMPLETED is gone, PENDING on its way, FAILED and CANCELLED stayed.

    `custom_id` is ours where we asked for it. `total_pence` is all that went back of its capture
    up to now, where PayPal says so. `fee_back_pence` is what PayPal gave back of its own charge.
    """

    id: str
    status: str
    amount: Money
    custom_id: str = ""
    capture_id: str = ""
    total_pence: int | None = None
    fee_back_pence: int = 0
    reason: str = ""
    happened_at: str = ""


@dataclass(frozen=True)
class Order:
    id: str
    status: str
    custom_id: str
    amount: Money
    payee_merchant_id: str
    captures: tuple[Capture, ...] = ()
    refunds: tuple[Refund, ...] = ()

    @property
    def is_approved(self) -> bool:
        return self.status == "APPROVED"

    @property
    def waits_for_payer(self) -> bool:
        return self.status in NOT_APPROVED_YET


@dataclass(frozen=True)
class NewOrder:
    id: str
    approval_url: str


@dataclass(frozen=True)
class OrderRequest:
    """What we ask PayPal to sell: `attempt_ref` is ours, `invoice_id` must be unique at PayPal."""

    attempt_ref: str
    invoice_id: str
    description: str
    amount_pence: int
    brand_name: str
    return_url: str
    cancel_url: str


@dataclass(frozen=True)
class RefundRequest:
    """What we ask PayPal to give back; `ref` is ours, the payer reads `note`."""

    ref: str
    amount_pence: int
    note: str = ""


def write_amount(pence: int) -> dict[str, str]:
    """Exact text of positive pence as PayPal wants it: 7200 -> "72.00"."""
    if pence <= 0:
        raise ValueError("An amount for PayPal is a whole number of pence above zero.")
    return {"currency_code": CURRENCY, "value": decimal_string(pence)}


def read_amount(money: Mapping[str, Any]) -> Money:
    """Exact pence of PayPal's text; refuses text that would lose digits."""
    value = money.get("value")
    if not isinstance(value, str):
        raise UnreadableOrder("An amount came without its value as text.")
    try:
        pence = Decimal(value) * 100
    except InvalidOperation as error:
        raise UnreadableOrder("An amount came that is not a number.") from error
    if not pence.is_finite() or pence != pence.to_integral_value():
        raise UnreadableOrder("An amount came in parts of a penny.")
    return Money(pence=int(pence), currency=str(money.get("currency_code", "")))


def write_order(wanted: OrderRequest) -> dict[str, Any]:
    """The body of a create call: card first, no shipping, no slow eChecks."""
    return {
        "intent": "CAPTURE",
        "purchase_units": [
            {
                "reference_id": "default",
                "custom_id": wanted.attempt_ref,
                "invoice_id": wanted.invoice_id,
                "description": wanted.description[:127],
                "amount": write_amount(wanted.amount_pence),
            }
        ],
        "payment_source": {"paypal": {"experience_context": _experience(wanted)}},
    }


def _experience(wanted: OrderRequest) -> dict[str, str]:
    return {
        "brand_name": wanted.brand_name[:127],
        "locale": "en-GB",
        "landing_page": "GUEST_CHECKOUT",
        "shipping_preference": "NO_SHIPPING",
        "user_action": "PAY_NOW",
        "payment_method_preference": "IMMEDIATE_PAYMENT_REQUIRED",
        "return_url": wanted.return_url,
        "cancel_url": wanted.cancel_url,
    }


def read_new_order(answer: Mapping[str, Any]) -> NewOrder:
    """The order's id and the page to send the payer to."""
    links = {link.get("rel"): link.get("href") for link in answer.get("links", [])}
    url = links.get("payer-action") or links.get("approve")
    if not answer.get("id") or not url:
        raise UnreadableOrder("A new order came without its id or its approval page.")
    return NewOrder(id=str(answer["id"]), approval_url=str(url))


def read_order(answer: Mapping[str, Any]) -> Order:
    """An order with every capture that lies under it."""
    units = answer.get("purchase_units") or []
    if not answer.get("id") or not answer.get("status") or len(units) != 1:
        raise UnreadableOrder("An order came without its id, status or one purchase unit.")
    unit = units[0]
    payments = unit.get("payments") or {}
    return Order(
        id=str(answer["id"]),
        status=str(answer["status"]),
        custom_id=str(unit.get("custom_id", "")),
        amount=read_amount(unit.get("amount") or {}),
        payee_merchant_id=str((unit.get("payee") or {}).get("merchant_id", "")),
        captures=tuple(read_capture(capture) for capture in payments.get("captures") or []),
        refunds=tuple(read_refund(refund) for refund in payments.get("refunds") or []),
    )


def read_capture(answer: Mapping[str, Any]) -> Capture:
    """One capture; PayPal's own fee is known only once the money has come."""
    if not answer.get("id") or not answer.get("status"):
        raise UnreadableOrder("A capture came without its id or its status.")
    fee = (answer.get("seller_receivable_breakdown") or {}).get("paypal_fee")
    return Capture(
        id=str(answer["id"]),
        status=str(answer["status"]),
        amount=read_amount(answer.get("amount") or {}),
        reason=str((answer.get("status_details") or {}).get("reason", "")),
        fee_pence=read_amount(fee).pence if fee else None,
        happened_at=str(answer.get("update_time") or answer.get("create_time") or ""),
    )


def write_refund(wanted: RefundRequest) -> dict[str, Any]:
    """The body of a refund call: always a sum, never “the rest”."""
    body: dict[str, Any] = {
        "amount": write_amount(wanted.amount_pence),
        "custom_id": wanted.ref,
        "invoice_id": wanted.ref,
    }
    return {**body, "note_to_payer": wanted.note[:255]} if wanted.note else body


def read_refund(answer: Mapping[str, Any]) -> Refund:
    """One refund or reversal; which capture it is of stands in a link alone."""
    if not answer.get("id") or not answer.get("status"):
        raise UnreadableOrder("A refund came without its id or its status.")
    breakdown = answer.get("seller_payable_breakdown") or {}
    total, fee_back = breakdown.get("total_refunded_amount"), breakdown.get("paypal_fee")
    ups = [link.get("href") for link in answer.get("links") or [] if link.get("rel") == "up"]
    return Refund(
        id=str(answer["id"]),
        status=str(answer["status"]),
        amount=read_amount(answer.get("amount") or {}),
        custom_id=str(answer.get("custom_id") or ""),
        capture_id=str(ups[0]).rstrip("/").rpartition("/")[2] if ups else "",
        total_pence=read_amount(total).pence if total else None,
        fee_back_pence=read_amount(fee_back).pence if fee_back else 0,
        reason=str((answer.get("status_details") or {}).get("reason", "")),
        happened_at=str(answer.get("update_time") or answer.get("create_time") or ""),
    )
