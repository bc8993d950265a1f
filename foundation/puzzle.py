"""A puzzle that a browser solves by itself, so that whoever reads with script on is asked nothing.

It is proof of work as ALTCHA describes it (version 2): the browser looks for a number with which
a key that is dear to derive begins with a certain byte. It costs a person part of a second while
they type, and whoever sends thousands of messages as much for each. `static/puzzle.js` solves it.
"""

import datetime as dt
import hashlib
import json

from altcha import create_challenge, verify_solution
from django.core.cache import cache
from django.utils.crypto import salted_hmac

LASTS = dt.timedelta(hours=12)
ALGORITHM = "PBKDF2/SHA-256"
ROUNDS, BEGINS = 5_000, "00"
"""A try is as many rounds; one in 256 begins so."""
LONGEST = 2_000
_SALT = "cmsuk.puzzle"


def pose(*, at: dt.datetime) -> str:
    """A new puzzle as JSON, signed, good for half a day."""
    challenge = create_challenge(
        ALGORITHM, ROUNDS, key_prefix=BEGINS, expires_at=at + LASTS, hmac_secret=_secret()
    )
    return json.dumps(challenge.to_dict())


def is_solved(proof: str) -> bool:
    """Whether this is a right answer to a puzzle of ours that is not too old."""
    return 0 < len(proof) <= LONGEST and verify_solution(proof, _secret()).verified


def is_first_use(proof: str, mark: str) -> bool:
    """Whether the answer goes with what it was first sent with, and with nothing else since."""
    digest = hashlib.sha256(proof.encode()).hexdigest()
    key = f"puzzle:{digest}"
    return cache.add(key, mark, timeout=LASTS.total_seconds()) or cache.get(key) == mark


def _secret() -> bytes:
    return salted_hmac(_SALT, "", algorithm="sha256").digest()
