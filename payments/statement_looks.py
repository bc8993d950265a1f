"""What a worker saw in a long statement, kept with the upload until it is confirmed."""

import datetime as dt
from typing import Any

from payments.bank_import import Tally
from payments.models import BankFile

COUNTED = ("lines_count", "new_count", "credits_pence", "debits_pence")
DAYS = ("first_on", "last_on")


def to_keep(tally: Tally) -> dict[str, Any]:
    """As plain values; `tally_of` gives the same back."""
    days = {name: getattr(tally.file, name) for name in DAYS}
    return {
        "layout": tally.layout,
        "known_file": tally.file.pk if tally.is_known else None,
        "known": tally.known,
        "elsewhere": tally.elsewhere,
        "holders": sorted(tally.holders),
        "counts": tally.counts,
        "file": {name: getattr(tally.file, name) for name in COUNTED}
        | {name: day.isoformat() for name, day in days.items() if day},
    }


def tally_of(look: dict[str, Any]) -> Tally:
    """What importing would do, as it was worked out."""
    known = BankFile.objects.filter(pk=look["known_file"]).first()
    facts = {
        name: dt.date.fromisoformat(value) if name in DAYS else value
        for name, value in look["file"].items()
    }
    return Tally(
        look["layout"],
        known or BankFile(**facts),
        is_known=known is not None,
        known=look["known"],
        elsewhere=look["elsewhere"],
        holders=set(look["holders"]),
        counts={upshot: (count, pence) for upshot, (count, pence) in look["counts"].items()},
    )
