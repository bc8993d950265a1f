"""Where the pretend PayPal keeps its orders, tokens, replays and undelivered events."""

import json
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS orders (
    id TEXT PRIMARY KEY, invoice_id TEXT NOT NULL, capture_id TEXT NOT NULL, plan TEXT NOT NULL,
    return_url TEXT NOT NULL, cancel_url TEXT NOT NULL, view TEXT NOT NULL, made_at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS orders_capture ON orders (capture_id);
CREATE TABLE IF NOT EXISTS replays (
    path TEXT, request_id TEXT, body TEXT NOT NULL, order_id TEXT NOT NULL,
    PRIMARY KEY (path, request_id));
CREATE TABLE IF NOT EXISTS disputes (
    id TEXT PRIMARY KEY, view TEXT NOT NULL, made_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS signing (key BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, good_until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS deliveries (
    event_id TEXT PRIMARY KEY, raw BLOB NOT NULL, tries INTEGER NOT NULL, next_at REAL NOT NULL);
"""


class Store:
    """One SQLite file. Use `with store.writing() as rows:`; every block is one transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        with self.writing() as rows:
            for statement in SCHEMA.split(";"):
                rows.execute(statement)
            rows.execute(
                "INSERT INTO signing SELECT ? WHERE NOT EXISTS (SELECT 1 FROM signing)",
                (secrets.token_bytes(32),),
            )
            self.signing_key = bytes(rows.execute("SELECT key FROM signing").fetchone()[0])

    @contextmanager
    def writing(self) -> Iterator["Rows"]:
        connection = sqlite3.connect(self._path, timeout=20, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Rows(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        finally:
            connection.close()


class Rows:
    """The few queries there are, inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.execute = connection.execute

    def add_order(self, view: dict[str, Any], *, return_url: str, cancel_url: str) -> None:
        invoice_id = view["purchase_units"][0].get("invoice_id", "")
        self.execute(
            "INSERT INTO orders VALUES (?, ?, '', '', ?, ?, ?, ?)",
            (view["id"], invoice_id, return_url, cancel_url, json.dumps(view), time.time()),
        )

    def order(self, order_id: str) -> dict[str, Any] | None:
        """The row, with PayPal's own picture of the order under "view"."""
        return self._one("SELECT * FROM orders WHERE id = ?", order_id)

    def order_of_capture(self, capture_id: str) -> dict[str, Any] | None:
        return self._one("SELECT * FROM orders WHERE capture_id = ? AND id <> ''", capture_id)

    def latest_orders(self, limit: int = 30) -> list[dict[str, Any]]:
        found = self.execute("SELECT * FROM orders ORDER BY made_at DESC LIMIT ?", (limit,))
        names = [column[0] for column in found.description]
        return [_unpack(names, row) for row in found.fetchall()]

    def save_order(self, order: dict[str, Any]) -> None:
        self.execute(
            "UPDATE orders SET capture_id = ?, plan = ?, view = ? WHERE id = ?",
            (order["capture_id"], order["plan"], json.dumps(order["view"]), order["id"]),
        )

    def invoice_taken(self, invoice_id: str, *, but_order: str = "") -> bool:
        """Whether money was already taken under this invoice number."""
        if not invoice_id:
            return False
        query = "SELECT 1 FROM orders WHERE invoice_id = ? AND capture_id <> '' AND id <> ?"
        return self.execute(query, (invoice_id, but_order)).fetchone() is not None

    def replay(self, path: str, request_id: str) -> tuple[str, str] | None:
        """The body sent and the order made, where this request id was seen before."""
        query = "SELECT body, order_id FROM replays WHERE path = ? AND request_id = ?"
        row = self.execute(query, (path, request_id)).fetchone()
        return (row[0], row[1]) if row else None

    def remember(self, path: str, request_id: str, body: str, order_id: str) -> None:
        if request_id:
            self.execute(
                "INSERT INTO replays VALUES (?, ?, ?, ?)", (path, request_id, body, order_id)
            )

    def _one(self, query: str, key: str) -> dict[str, Any] | None:
        found = self.execute(query, (key,))
        row = found.fetchone()
        return _unpack([column[0] for column in found.description], row) if row else None


def _unpack(names: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    order = dict(zip(names, row, strict=True))
    return {**order, "view": json.loads(order["view"])}
