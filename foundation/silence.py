"""Addresses that are never written to again, because their owner has died.

Only a digest of the address is kept. A letter to it is still written, so that it can be seen what
was held back, and then refused instead of sent.
"""

import datetime as dt
import hashlib

from foundation.models import Silence

WORDS = "held back: never to be written to"


def keep(address: str, *, at: dt.datetime) -> None:
    """Never write to this address again; twice is once."""
    Silence.objects.get_or_create(digest=_digest(address), defaults={"since_at": at})


def end(address: str) -> None:
    """It was a mistake: write again. What was held back stays unsent."""
    Silence.objects.filter(digest=_digest(address)).delete()


def is_kept(address: str) -> bool:
    return Silence.objects.filter(digest=_digest(address)).exists()


def _digest(address: str) -> str:
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()
