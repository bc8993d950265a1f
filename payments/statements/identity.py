"""What makes a line the same line in another file, and two equal ones two."""

import hashlib
import sqlite3
from types import TracebackType
from typing import Self

from payments.statements.lines import Line

TABLE = "CREATE TABLE seen (base BLOB PRIMARY KEY, nth INTEGER NOT NULL) WITHOUT ROWID"
COUNTED = (
    "INSERT INTO seen VALUES (?, 1) ON CONFLICT (base) DO UPDATE SET nth = nth + 1 RETURNING nth"
)


class Identities:
    """Names the lines of one account's file, in order.

    A line is its day and sum with the bank's own id, or with its words and the balance behind it;
    banks repeat ids for other sums and give them anew, so an id alone is none. Of equal lines the
    first is always the same one: twins are kept, and files that overlap do not double them.

    What was seen is counted in a private file, which ends with this: in memory it would grow with
    the statement.
    """

    def __enter__(self) -> Self:
        self._seen = sqlite3.connect("")
        self._seen.execute(TABLE)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._seen.close()

    def name(self, line: Line) -> str:
        told = line.bank_id or f"{''.join(line.text.split()).casefold()}|{line.balance_pence}"
        written = f"{line.on.isoformat()}|{line.pence}|{line.holder}|{told}".encode()
        base = hashlib.blake2b(written, digest_size=15).digest()
        nth = self._count(base)
        return f"{base.hex()}" if nth == 1 else f"{base.hex()[:26]}~{nth}"

    def _count(self, base: bytes) -> int:
        """How often this was seen, now included."""
        [(nth,)] = self._seen.execute(COUNTED, (base,))
        return int(nth)
