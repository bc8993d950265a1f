"""PayPal's disputes v1, read as values of our own. An unreadable one raises UnreadableOrder."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from foundation.pence import CURRENCY
from payments.gateways.orders import UnreadableOrder, read_amount


@dataclass(frozen=True)
class Dispute:
    """A payer's complaint. `capture_ids` are the takings of money that it is about."""

    id: str
    status: str
    reason: str = ""
    outcome: str = ""
    amount_pence: int | None = None
    due_text: str = ""
    updated_text: str = ""
    capture_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class DisputePage:
    """Some disputes in short (without their captures), and the token of the next page, if any."""

    disputes: tuple[Dispute, ...]
    next_token: str = ""


def read_dispute(answer: Mapping[str, Any]) -> Dispute:
    """One dispute, whole or in short. Sums in another currency than ours are left out."""
    if not answer.get("dispute_id") or not answer.get("status"):
        raise UnreadableOrder("A dispute came without its id or its status.")
    amount = read_amount(answer["dispute_amount"]) if answer.get("dispute_amount") else None
    transactions = answer.get("disputed_transactions") or []
    return Dispute(
        id=str(answer["dispute_id"]),
        status=str(answer["status"]),
        reason=str(answer.get("reason") or ""),
        outcome=str((answer.get("dispute_outcome") or {}).get("outcome_code") or ""),
        amount_pence=amount.pence if amount and amount.currency == CURRENCY else None,
        due_text=str(answer.get("seller_response_due_date") or ""),
        updated_text=str(answer.get("update_time") or ""),
        capture_ids=tuple(str(one.get("seller_transaction_id", "")) for one in transactions),
    )


def read_dispute_page(answer: Mapping[str, Any]) -> DisputePage:
    """A page of PayPal's list; the link to the next one carries its token."""
    links = {link.get("rel"): str(link.get("href")) for link in answer.get("links") or []}
    query = parse_qs(urlsplit(links.get("next", "")).query)
    return DisputePage(
        disputes=tuple(read_dispute(one) for one in answer.get("items") or []),
        next_token=query.get("next_page_token", [""])[0],
    )
