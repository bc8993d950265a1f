"""The pages of the pretend PayPal, in plain HTML that works without script."""

from html import escape
from typing import Any
from urllib.parse import urlencode, urlsplit

STATUS_WORDS = {
    "CREATED": "Waiting for the payer",
    "PAYER_ACTION_REQUIRED": "Waiting for the payer",
    "APPROVED": "Approved by the payer, not taken yet",
    "COMPLETED": "Paid",
    "PENDING": "Taken, still pending",
    "DECLINED": "Refused",
    "PARTIALLY_REFUNDED": "Paid, refunded in part",
    "REFUNDED": "Refunded",
}
LATER = (
    ("refund", "Refund it here"),
    ("reverse", "Let the bank take it back"),
    ("dispute", "Complain about it"),
)
AFTERWARDS = {
    "PENDING": (("complete", "Let it through"), ("deny", "Refuse it")),
    "COMPLETED": LATER,
    "PARTIALLY_REFUNDED": LATER,
}
CHOICES = (
    ("pay", "Pay", "The payment goes through."),
    ("cancel", "Cancel", "Go back without paying."),
    ("decline", "Decline", "Approve with a card that the bank then refuses."),
    ("pending", "Leave pending", "Approve; PayPal holds the money for review."),
)


def approval_page(order: dict[str, Any]) -> str:
    """What is bought, for how much, and the four things that may happen."""
    unit = order["view"]["purchase_units"][0]
    buttons = "".join(
        f'<li><button name="choice" value="{value}" aria-describedby="about-{value}">{label}'
        f'</button><span id="about-{value}">{about}</span></li>'
        for value, label, about in CHOICES
    )
    return _page(
        f"Pay {_sum(unit)}",
        f"""<dl>
<dt>For</dt><dd>{escape(unit.get("description", ""))}</dd>
<dt>Invoice</dt><dd>{escape(unit.get("invoice_id", ""))}</dd>
<dt>Amount</dt><dd>{_sum(unit)}</dd>
</dl>
<form method="post" action="/checkoutnow">
<input type="hidden" name="token" value="{escape(order["id"])}">
<ul class="choices">{buttons}</ul>
</form>""",
    )


def settled_page(order: dict[str, Any]) -> str:
    """Shown when the payer comes back to an order that no longer waits."""
    back = return_address(order)
    return _page(
        "This order has been answered",
        f"<p>{_state(order)}.</p>"
        f'<p><a href="{escape(back)}">Go back to {escape(urlsplit(back).netloc)}</a></p>',
    )


def orders_page(orders: list[dict[str, Any]]) -> str:
    """The latest orders, and the last word on those that are pending."""
    rows = "".join(_order_row(order) for order in orders)
    table = (
        "<table><thead><tr><th scope='col'>Order</th><th scope='col'>For</th>"
        "<th scope='col'>Amount</th><th scope='col'>State</th>"
        f"</tr></thead><tbody>{rows}</tbody></table>"
    )
    return _page("Latest orders", table if orders else "<p>No orders yet.</p>")


def message_page(title: str, text: str) -> str:
    return _page(title, f"<p>{escape(text)}</p>")


def return_address(order: dict[str, Any]) -> str:
    """Our return address with what PayPal adds to it."""
    return _joined(order["return_url"], {"token": order["id"], "PayerID": "DEMOPAYER0001"})


def cancel_address(order: dict[str, Any]) -> str:
    return _joined(order["cancel_url"], {"token": order["id"]})


def form_targets(order: dict[str, Any]) -> str:
    """Where the approval form may lead, for the page's content security policy."""
    parts = [urlsplit(order[field]) for field in ("return_url", "cancel_url")]
    return " ".join(sorted({f"{part.scheme}://{part.netloc}" for part in parts if part.netloc}))


def _order_row(order: dict[str, Any]) -> str:
    unit = order["view"]["purchase_units"][0]
    return (
        f"<tr><th scope='row'>{escape(order['id'])}</th>"
        f"<td>{escape(unit.get('description', ''))}</td><td>{_sum(unit)}</td>"
        f"<td>{_state(order)}{_afterwards(order)}</td></tr>"
    )


def _afterwards(order: dict[str, Any]) -> str:
    """What may happen to a payment after it was taken."""
    capture = _capture(order)
    choices = AFTERWARDS.get(capture.get("status", ""), ())
    buttons = "".join(
        f'<button name="choice" value="{value}">{label}</button>' for value, label in choices
    )
    if not buttons:
        return ""
    return f"""<form method="post" action="/captures">
<input type="hidden" name="capture" value="{escape(capture["id"])}">
{buttons}
</form>"""


def _state(order: dict[str, Any]) -> str:
    status = str(_capture(order).get("status") or order["view"]["status"])
    return STATUS_WORDS.get(status, "In a state nobody knows")


def _capture(order: dict[str, Any]) -> dict[str, Any]:
    captures = order["view"]["purchase_units"][0].get("payments", {}).get("captures", [{}])
    capture: dict[str, Any] = captures[0]
    return capture


def _sum(unit: dict[str, Any]) -> str:
    amount = unit["amount"]
    sign = "£" if amount["currency_code"] == "GBP" else f"{amount['currency_code']} "
    return escape(f"{sign}{amount['value']}")


def _joined(url: str, extra: dict[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(extra)}"


def _page(title: str, main: str) -> str:
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - Demo PayPal: no money moves</title>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<header><p>Demo PayPal: no money moves</p></header>
<main>
<h1>{title}</h1>
{main}
</main>
<footer><p><a href="/">Latest orders</a></p></footer>
</body>
</html>
"""
