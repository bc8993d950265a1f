"""What the pretend PayPal is asked, and what it says: read and written whole."""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs


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
