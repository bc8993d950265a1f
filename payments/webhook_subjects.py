"""What a message of PayPal is about: the ids that it names, wherever it puts them. Pure.

A REFUNDED or REVERSED message carries a refund, whose capture stands in a link alone; a dispute
names captures as transactions; older messages name the order by a link only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

REFUNDS = frozenset(
    {
        "PAYMENT.CAPTURE.REFUNDED",
        "PAYMENT.CAPTURE.REVERSED",
        "PAYMENT.REFUND.PENDING",
        "PAYMENT.REFUND.FAILED",
        "PAYMENT.REFUND.COMPLETED",
    }
)
DISPUTE = "CUSTOMER.DISPUTE."
PARENTS = ("/orders/", "/captures/")


@dataclass(frozen=True)
class Subject:
    """Orders and captures under `ids`; `ref` is our own reference."""

    ids: frozenset[str] = frozenset()
    ref: str = ""
    refund_id: str = ""
    dispute_id: str = ""


def read(event_type: str, resource: object) -> Subject:
    """What a message of a type is about; nothing where it cannot be read."""
    if not isinstance(resource, dict):
        return Subject()
    if event_type.startswith(DISPUTE):
        return Subject(dispute_id=_text(resource.get("dispute_id")))
    own_id = _text(resource.get("id"))
    return Subject(
        ids=frozenset({own_id, *_related(resource), *_linked(resource)} - {""}),
        ref=_text(resource.get("custom_id")),
        refund_id=own_id if event_type in REFUNDS else "",
    )


def _related(resource: dict[str, Any]) -> Iterator[str]:
    supplement = resource.get("supplementary_data")
    related = supplement.get("related_ids") if isinstance(supplement, dict) else None
    if isinstance(related, dict):
        yield from (_text(related.get(name)) for name in ("order_id", "capture_id"))


def _linked(resource: dict[str, Any]) -> Iterator[str]:
    links = resource.get("links")
    for link in links if isinstance(links, list) else []:
        href = _text(link.get("href")) if isinstance(link, dict) else ""
        for parent in PARENTS:
            if parent in href:
                yield href.partition(parent)[2].partition("/")[0]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
