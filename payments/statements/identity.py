"""What makes a line the same line in another file, and two equal ones two."""

import hashlib
from collections import Counter

from payments.statements.lines import Line


class Identities:
    """Names the lines of one account's file, in order.

    A line is its day and sum with the bank's own id, or with its words and the balance behind it;
    banks repeat ids for other sums and give them anew, so an id alone is none. Of equal lines the
    first is always the same one: twins are kept, and files that overlap do not double them.
    """

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def name(self, line: Line) -> str:
        told = line.bank_id or f"{''.join(line.text.split()).casefold()}|{line.balance_pence}"
        written = f"{line.on.isoformat()}|{line.pence}|{line.holder}|{told}".encode()
        base = hashlib.blake2b(written, digest_size=15).digest()
        self._seen[base] += 1
        nth = self._seen[base]
        return f"{base.hex()}" if nth == 1 else f"{base.hex()[:26]}~{nth}"
