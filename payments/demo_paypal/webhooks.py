"""Events of the pretend PayPal: written with the change they tell of, signed, sent until taken."""

import base64
import hashlib
import hmac
import json
import logging
import secrets
import threading
import time
import uuid
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import requests

from payments.demo_paypal.store import Rows, Store

logger = logging.getLogger(__name__)

MOST_TRIES = 25
LONGEST_WAIT = 300.0


def note_event(rows: Rows, event_type: str, resource_type: str, resource: dict[str, Any]) -> None:
    """Store an event in the transaction of the change, so that neither goes without the other."""
    event_id = f"WH-{secrets.token_hex(9).upper()}"
    raw = json.dumps(
        {
            "id": event_id,
            "event_version": "1.0",
            "create_time": now_text(),
            "resource_type": resource_type,
            "resource_version": "2.0",
            "event_type": event_type,
            "summary": "Demo PayPal: no money moved",
            "resource": resource,
        }
    )
    rows.execute("INSERT INTO deliveries VALUES (?, ?, 0, 0)", (event_id, raw.encode()))


def now_text() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def signed_headers(raw: bytes, *, webhook_id: str, key: bytes) -> dict[str, str]:
    """The headers PayPal sends with an event; the signature covers a checksum of the raw bytes."""
    transmission_id, sent_at = str(uuid.uuid4()), now_text()
    return {
        "Content-Type": "application/json",
        "PAYPAL-AUTH-ALGO": "SHA256withRSA",
        "PAYPAL-CERT-URL": "https://demo.example.org/cert.pem",
        "PAYPAL-TRANSMISSION-ID": transmission_id,
        "PAYPAL-TRANSMISSION-TIME": sent_at,
        "PAYPAL-TRANSMISSION-SIG": _signature(transmission_id, sent_at, webhook_id, raw, key),
    }


def _signature(transmission_id: str, sent_at: str, webhook_id: str, raw: bytes, key: bytes) -> str:
    signed = f"{transmission_id}|{sent_at}|{webhook_id}|{zlib.crc32(raw)}".encode()
    return base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()


def is_signed(
    question: Mapping[str, Any], raw_event: bytes, *, webhook_id: str, key: bytes
) -> bool:
    """Whether a verify call names our subscription and a signature over exactly these bytes."""
    expected = _signature(
        str(question.get("transmission_id", "")),
        str(question.get("transmission_time", "")),
        str(question.get("webhook_id", "")),
        raw_event,
        key,
    )
    given = str(question.get("transmission_sig", ""))
    return question.get("webhook_id") == webhook_id and hmac.compare_digest(expected, given)


def raw_member(text: str, name: str) -> bytes:
    """The very bytes of one member of a JSON object, as they were sent; empty where it has none."""
    decoder = json.JSONDecoder()
    position = text.index("{") + 1
    while text[position:].lstrip()[:1] == '"':
        position = len(text) - len(text[position:].lstrip())
        key, position = decoder.raw_decode(text, position)
        position = text.index(":", position) + 1
        start = len(text) - len(text[position:].lstrip())
        _, position = decoder.raw_decode(text, start)
        if key == name:
            return text[start:position].encode()
        position = len(text) - len(text[position:].lstrip().removeprefix(","))
    return b""


class Courier:
    """Delivers stored events to one address on a thread of its own, again and again until a 2xx."""

    def __init__(self, store: Store, *, webhook_url: str, webhook_id: str) -> None:
        self._store = store
        self._url = webhook_url
        self._webhook_id = webhook_id
        self._wake = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="demo-paypal-courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping = True
        self._wake.set()
        self._thread.join(timeout=30)

    def wake(self) -> None:
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            wait = self.deliver_due()
            self._wake.wait(timeout=wait)

    def deliver_due(self) -> float:
        """Send what is due; seconds until there may be more to do."""
        with self._store.writing() as rows:
            due = rows.execute(
                "SELECT event_id, raw, tries FROM deliveries WHERE next_at <= ?", (time.time(),)
            ).fetchall()
        for event_id, raw, tries in due:
            self._deliver(event_id, bytes(raw), tries + 1)
        return 1.0

    def _deliver(self, event_id: str, raw: bytes, tries: int) -> None:
        taken = self._send(raw)
        logger.info("Event %s: try %d %s", event_id, tries, "was taken" if taken else "failed")
        with self._store.writing() as rows:
            if taken or tries >= MOST_TRIES:
                rows.execute("DELETE FROM deliveries WHERE event_id = ?", (event_id,))
                return
            next_at = time.time() + min(2.0**tries, LONGEST_WAIT)
            rows.execute(
                "UPDATE deliveries SET tries = ?, next_at = ? WHERE event_id = ?",
                (tries, next_at, event_id),
            )

    def _send(self, raw: bytes) -> bool:
        headers = signed_headers(raw, webhook_id=self._webhook_id, key=self._store.signing_key)
        with requests.Session() as session:
            session.trust_env = False
            try:
                answer = session.post(
                    self._url, data=raw, headers=headers, timeout=(3, 20), allow_redirects=False
                )
            except requests.RequestException:
                return False
        return 200 <= answer.status_code < 300
